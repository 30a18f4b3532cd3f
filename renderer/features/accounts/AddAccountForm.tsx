import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { useAppState } from "../../state/context.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/TextField.tsx";
import "./accounts.css";
import { ADD_FAILURES } from "./words.ts";

interface Fields {
  readonly displayName: string;
  readonly address: string;
  readonly userName: string;
  readonly password: string;
  readonly server: string;
}

const EMPTY: Fields = { displayName: "", address: "", userName: "", password: "", server: "" };

export interface AddAccountFormProps {
  readonly onAdded: () => void;
  /** The demo server's account, where there is one. */
  readonly demo: { readonly server: string; readonly address: string; readonly password: string } | null;
}

/** Asks for what signing in needs; the rest can be left empty. */
export function AddAccountForm({ onAdded, demo }: AddAccountFormProps) {
  const { engine } = useAppState().bridge;
  const [fields, setFields] = useState(EMPTY);
  const [busy, setBusy] = useState<"no" | "account" | "demo">("no");
  const [failure, setFailure] = useState<string | null>(null);
  const field = (name: keyof Fields) => ({
    value: fields[name],
    onChange: (value: string) => setFields((now) => ({ ...now, [name]: value })),
    isDisabled: busy !== "no",
  });

  const add = async (values: Fields, kind: "account" | "demo") => {
    setBusy(kind);
    setFailure(null);
    const userName = values.userName.trim() === "" ? values.address : values.userName;
    const result = await engine.accounts.add({ ...values, userName });
    setBusy("no");
    if (result.ok) onAdded();
    else setFailure(ADD_FAILURES[result.error.code] ?? result.error.message);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void add(fields, "account");
  };

  return (
    <Form className="account-form" onSubmit={submit}>
      {failure === null ? null : <Banner kind="danger">{failure}</Banner>}
      <TextField
        label="Mail address"
        type="email"
        autoFocus
        isRequired
        autoComplete="off"
        placeholder="name@example.org"
        {...field("address")}
      />
      <TextField label="Password" type="password" isRequired autoComplete="off" {...field("password")} />
      <TextField
        label="Server"
        hint="Leave empty to use the address's own domain."
        placeholder="mail.example.org"
        autoComplete="off"
        {...field("server")}
      />
      <div className="account-pair">
        <TextField
          label="User name"
          hint="If it is not the address."
          autoComplete="off"
          {...field("userName")}
        />
        <TextField label="Your name" hint="As others see it." autoComplete="off" {...field("displayName")} />
      </div>
      <div className="account-actions">
        <Button type="submit" variant="primary" isPending={busy === "account"} isDisabled={busy === "demo"}>
          {busy === "account" ? "Signing in" : "Add account"}
        </Button>
        {demo === null ? null : (
          <Button
            isPending={busy === "demo"}
            isDisabled={busy === "account"}
            onPress={() =>
              void add(
                {
                  displayName: "",
                  address: demo.address,
                  userName: "",
                  password: demo.password,
                  server: demo.server,
                },
                "demo",
              )
            }
          >
            Try the demo mailbox
          </Button>
        )}
      </div>
    </Form>
  );
}
