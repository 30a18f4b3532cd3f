import { Plus } from "lucide-react";
import { useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { Account } from "../../../shared/model/account.ts";
import { useAppState } from "../../state/context.tsx";
import type { Density } from "../../state/density.ts";
import type { ThemeChoice } from "../../state/theme.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import "./settings.css";

export interface SettingsDialogProps {
  readonly accounts: readonly Account[];
  readonly version: string;
  readonly theme: ThemeChoice;
  readonly onTheme: (theme: ThemeChoice) => void;
  readonly density: Density;
  readonly onDensity: (density: Density) => void;
  readonly onAddAccount: () => void;
  readonly onClose: () => void;
}

const THEMES: readonly { id: ThemeChoice; label: string }[] = [
  { id: "system", label: "System" },
  { id: "light", label: "Light" },
  { id: "dark", label: "Dark" },
];
const DENSITIES: readonly { id: Density; label: string }[] = [
  { id: "roomy", label: "Roomy" },
  { id: "medium", label: "Medium" },
  { id: "compact", label: "Compact" },
];

export function SettingsDialog(props: SettingsDialogProps) {
  const { engine } = useAppState().bridge;
  const [removing, setRemoving] = useState<Account | null>(null);
  const [busy, setBusy] = useState(false);
  const remove = async (account: Account) => {
    setBusy(true);
    await engine.accounts.remove({ accountId: account.id });
    setBusy(false);
    setRemoving(null);
  };
  if (removing !== null) {
    return (
      <Dialog
        title="Remove account"
        isOpen
        onClose={() => setRemoving(null)}
        footer={
          <>
            <Button onPress={() => setRemoving(null)}>Cancel</Button>
            <Button variant="danger" isPending={busy} onPress={() => void remove(removing)}>
              Remove {removing.address}
            </Button>
          </>
        }
      >
        <p className="settings-words">
          The mail of <strong>{removing.address}</strong> is removed from this computer, with drafts and
          messages that were not sent. What is on the server stays there.
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog title="Settings" isOpen onClose={props.onClose}>
      <section className="settings-section">
        <h3 className="settings-title">Appearance</h3>
        <Choice label="Colours" options={THEMES} chosen={props.theme} onChoose={props.onTheme} />
        <Choice label="Rows" options={DENSITIES} chosen={props.density} onChoose={props.onDensity} />
      </section>
      <section className="settings-section">
        <h3 className="settings-title">Accounts</h3>
        <ul className="settings-accounts">
          {props.accounts.map((account) => (
            <li key={account.id} className="settings-account">
              <Avatar name={account.displayName} email={account.address} />
              <div className="settings-account-text">
                <div>{account.address}</div>
                <div className="settings-account-more">
                  {serverName(account.server)}
                  {account.protocolVersion === null ? "" : `, ActiveSync ${account.protocolVersion}`}
                </div>
              </div>
              <Button size="small" variant="quiet" onPress={() => setRemoving(account)}>
                Remove
              </Button>
            </li>
          ))}
        </ul>
        <Button size="small" icon={<Plus size={14} aria-hidden />} onPress={props.onAddAccount}>
          Add account
        </Button>
      </section>
      <p className="settings-version">Bulkhead Mail {props.version}</p>
    </Dialog>
  );
}

/** One of a few, side by side. */
function Choice<Id extends string>(props: {
  label: string;
  options: readonly { id: Id; label: string }[];
  chosen: Id;
  onChoose: (id: Id) => void;
}) {
  return (
    <div className="settings-choice">
      <span className="settings-choice-label" aria-hidden>
        {props.label}
      </span>
      <ToggleButtonGroup
        className="settings-themes"
        aria-label={props.label}
        disallowEmptySelection
        selectedKeys={[props.chosen]}
        onSelectionChange={(keys) => {
          const chosen = props.options.find(({ id }) => keys.has(id));
          if (chosen !== undefined) props.onChoose(chosen.id);
        }}
      >
        {props.options.map(({ id, label }) => (
          <ToggleButton key={id} id={id} className="settings-theme">
            {label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}

/** The host of a server's address; what is no address stays as it was typed. */
function serverName(server: string): string {
  return URL.canParse(server) ? new URL(server).host : server;
}
