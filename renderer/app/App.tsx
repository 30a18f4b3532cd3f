import { AddAccountForm } from "../features/accounts/AddAccountForm.tsx";
import { VaultScreen } from "../features/accounts/VaultScreen.tsx";
import { Welcome } from "../features/accounts/Welcome.tsx";
import { useAppState, useLive } from "../state/context.tsx";
import { ToastProvider } from "../ui/Toast.tsx";
import { CommandsProvider } from "./commands.tsx";
import { MailScreen } from "./MailScreen.tsx";

/** The one thing to show: a closed store, the welcome, or the mail. */
export function App() {
  const state = useAppState();
  const { value: vault, error } = useLive(state.vault);
  if (vault === undefined && error !== null) return <Failed words={error.message} />;
  if (vault === undefined || vault.state === "opening") return <div className="blank" />;
  if (vault.state !== "ready") return <VaultScreen state={vault.state} message={vault.message} />;
  return <OpenApp />;
}

function OpenApp() {
  const state = useAppState();
  const accounts = useLive(state.accounts);
  const info = useLive(state.info);
  if (accounts.value === undefined || info.value === undefined) {
    const error = accounts.error ?? info.error;
    return error === null ? <div className="blank" /> : <Failed words={error.message} />;
  }
  if (accounts.value.length === 0) {
    return (
      <Welcome
        title="Welcome to Bulkhead Mail"
        words="Add a work account on Exchange, or on another server that speaks ActiveSync. Mail is stored encrypted on this computer."
      >
        <AddAccountForm demo={info.value.demo} onAdded={state.accounts.refresh} />
      </Welcome>
    );
  }
  return (
    <ToastProvider>
      <CommandsProvider mac={info.value.platform === "darwin"}>
        <MailScreen accounts={accounts.value} info={info.value} />
      </CommandsProvider>
    </ToastProvider>
  );
}

function Failed({ words }: { words: string }) {
  return <Welcome title="Your mail cannot be shown" words={words} />;
}
