import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { useAppState } from "../../state/context.tsx";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/TextField.tsx";
import "./accounts.css";
import { Welcome } from "./Welcome.tsx";

/** Shortest passcode that is taken, as the contract says. */
const SHORTEST = 8;

export type ClosedVault = "needs-passcode" | "choose-passcode" | "failed";

/** Opens the store with a passcode, chooses the first one, or says why it cannot be opened. */
export function VaultScreen({ state, message }: { state: ClosedVault; message: string }) {
  const { main } = useAppState().bridge;
  const [passcode, setPasscode] = useState("");
  const [again, setAgain] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  if (state === "failed") {
    return <Welcome title="Your mail cannot be opened" words={message} />;
  }
  const choosing = state === "choose-passcode";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (passcode.length < SHORTEST) return setFailure(`A passcode has at least ${SHORTEST} characters.`);
    if (choosing && passcode !== again) return setFailure("The two passcodes are not the same.");
    setBusy(true);
    const result = await main.app.unlock({ passcode });
    setBusy(false);
    if (result.ok) return setFailure(null);
    setPasscode("");
    setAgain("");
    setFailure(result.error.code === "wrong-passcode" ? "This is not the passcode." : result.error.message);
  };
  return (
    <Welcome
      title={choosing ? "Choose a passcode" : "Bulkhead is locked"}
      words={
        choosing
          ? "This system has no keychain that could keep the key to your mail, so a passcode protects it. Nobody can restore it: write it down."
          : message === ""
            ? "Enter the passcode that protects the mail on this computer."
            : message
      }
    >
      <Form className="account-form" validationBehavior="aria" onSubmit={(event) => void submit(event)}>
        <TextField
          label="Passcode"
          type="password"
          autoFocus
          autoComplete="off"
          value={passcode}
          onChange={setPasscode}
          error={failure}
          {...(choosing ? { hint: `At least ${SHORTEST} characters.` } : {})}
        />
        {choosing ? (
          <TextField
            label="Passcode again"
            type="password"
            autoComplete="off"
            value={again}
            onChange={setAgain}
          />
        ) : null}
        <div className="account-actions">
          <Button type="submit" variant="primary" isPending={busy}>
            {choosing ? "Protect my mail" : "Unlock"}
          </Button>
        </div>
      </Form>
    </Welcome>
  );
}
