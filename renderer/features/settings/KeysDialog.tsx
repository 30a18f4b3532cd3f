import { COMMANDS, writeKeys } from "../../state/commands.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { Keys } from "../../ui/Keys.tsx";
import "./settings.css";

const GROUPS = ["Go", "Read", "Sort", "Write", "App"] as const;

/** Every command with its keys. */
export function KeysDialog({ mac, onClose }: { mac: boolean; onClose: () => void }) {
  return (
    <Dialog title="Keys" size="wide" isOpen onClose={onClose}>
      <div className="keys-columns">
        {GROUPS.map((group) => (
          <section key={group} className="keys-group">
            <h3 className="keys-title">{group}</h3>
            <dl className="keys-list">
              {COMMANDS.filter((command) => command.group === group).map((command) => (
                <div key={command.id} className="keys-row">
                  <dt>{command.title}</dt>
                  <dd>
                    {command.keys.map((keys) => (
                      <Keys key={keys} keys={writeKeys(keys, mac)} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
