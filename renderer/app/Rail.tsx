import { Keyboard, Mail, PanelLeft, Settings } from "lucide-react";
import { type CommandId, keysOf } from "../state/commands.ts";
import { IconButton } from "../ui/IconButton.tsx";

/** The narrow bar at the left: where one is, and at its foot what is about the app. */
export function Rail({
  mac,
  foldersShown,
  run,
}: {
  mac: boolean;
  foldersShown: boolean;
  run: (id: CommandId) => void;
}) {
  return (
    <aside className="rail" aria-label="Bulkhead Mail">
      <IconButton
        label={foldersShown ? "Hide folders" : "Show folders"}
        keys={keysOf("toggle-folders", mac)}
        icon={<PanelLeft size={18} strokeWidth={1.75} aria-hidden />}
        onPress={() => run("toggle-folders")}
      />
      <span className="rail-here" aria-hidden>
        <Mail size={20} strokeWidth={1.75} />
      </span>
      <span className="rail-gap" />
      <IconButton
        label="List of keys"
        keys={keysOf("keys", mac)}
        icon={<Keyboard size={18} strokeWidth={1.75} aria-hidden />}
        onPress={() => run("keys")}
      />
      <IconButton
        label="Settings"
        keys={keysOf("settings", mac)}
        icon={<Settings size={18} strokeWidth={1.75} aria-hidden />}
        onPress={() => run("settings")}
      />
    </aside>
  );
}
