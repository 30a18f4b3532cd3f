import type { Account } from "../../shared/model/account.ts";
import { AddAccountForm } from "../features/accounts/AddAccountForm.tsx";
import { KeysDialog } from "../features/settings/KeysDialog.tsx";
import { SettingsDialog } from "../features/settings/SettingsDialog.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import type { AppInfo } from "./app-info.ts";
import { usePreferences } from "./preferences.tsx";

export type OpenDialog = "keys" | "settings" | "add-account";

export interface AppDialogsProps {
  readonly open: OpenDialog;
  readonly onOpen: (dialog: OpenDialog | null) => void;
  readonly accounts: readonly Account[];
  readonly info: AppInfo;
}

/** The dialogs about the app itself; one at a time. */
export function AppDialogs({ open, onOpen, accounts, info }: AppDialogsProps) {
  const { values, change } = usePreferences();
  const close = () => onOpen(null);
  if (open === "keys") return <KeysDialog mac={info.platform === "darwin"} onClose={close} />;
  if (open === "add-account") {
    return (
      <Dialog title="Add account" isOpen onClose={close}>
        <AddAccountForm demo={info.demo} onAdded={close} />
      </Dialog>
    );
  }
  return (
    <SettingsDialog
      accounts={accounts}
      version={info.version}
      theme={values.theme}
      density={values.density}
      onDensity={(density) => change({ density }, true)}
      onTheme={(theme) => change({ theme }, true)}
      onAddAccount={() => onOpen("add-account")}
      onClose={close}
    />
  );
}
