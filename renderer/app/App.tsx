import { AddAccountForm } from "../features/accounts/AddAccountForm.tsx";
import { VaultScreen } from "../features/accounts/VaultScreen.tsx";
import { Welcome } from "../features/accounts/Welcome.tsx";
import { useAppState, useLive } from "../state/context.tsx";
import { ToastProvider } from "../ui/Toast.tsx";
import { MailScreen } from "./MailScreen.tsx";

/** The one thing to show: a closed store, the welcome, or the mail. */
export function App() {
  const state = useAppState();
  const vault = useLive(state.vault).value;
  if (vault === undefined || vault.state === "opening") return <div className="blank" />;
  if (vault.state !== "ready") return <VaultScreen state={vault.state} message={vault.message} />;
  return <OpenApp />;
}

function OpenApp() {
  const state = useAppState();
  const accounts = useLive(state.accounts);
  const info = useLive(state.info).value;
  if (accounts.value === undefined || info === undefined) {
    return accounts.error === null ? (
      <div className="blank" />
    ) : (
      <Welcome title="Your mail cannot be shown" words={accounts.error.message} />
    );
  }
  if (accounts.value.length === 0) {
    return (
      <Welcome
        title="Welcome to Bulkhead Mail"
        words="Add a work account on Exchange, or on another server that speaks ActiveSync. Mail is stored encrypted on this computer."
      >
        <AddAccountForm demo={info.demo} onAdded={state.accounts.refresh} />
      </Welcome>
    );
  }
  return (
    <ToastProvider>
      <MailScreen accounts={accounts.value} info={info} />
    </ToastProvider>
  );
}
