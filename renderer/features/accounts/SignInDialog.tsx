import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import type { Account } from "../../../shared/model/account.ts";
import { useAppState } from "../../state/context.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/TextField.tsx";
import "./accounts.css";
import { SIGN_IN_FAILURES } from "./words.ts";

/** Takes a new password after the server refused the old one. */
export function SignInDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { engine } = useAppState().bridge;
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const result = await engine.accounts.signIn({ accountId: account.id, password });
    setBusy(false);
    if (result.ok) onClose();
    else setFailure(SIGN_IN_FAILURES[result.error.code]);
  };
  return (
    <Dialog title="Sign in again" isOpen onClose={onClose}>
      <Form className="account-form" validationBehavior="aria" onSubmit={(event) => void submit(event)}>
        <p className="account-words">
          {account.server === "" ? "The server" : account.server} refused the stored password of{" "}
          <strong>{account.address}</strong>. It may have expired or been changed.
        </p>
        <TextField
          label="Password"
          type="password"
          autoFocus
          isRequired
          autoComplete="off"
          value={password}
          onChange={setPassword}
          error={failure}
        />
        <div className="account-actions account-actions-end">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isPending={busy}>
            Sign in
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
