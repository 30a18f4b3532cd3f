import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import * as v from "valibot";
import { createBridge } from "../../../renderer/bridge/bridge.ts";
import { Composer } from "../../../renderer/features/composer/Composer.tsx";
import { OutboxView } from "../../../renderer/features/composer/OutboxView.tsx";
import { Reader } from "../../../renderer/features/reader/Reader.tsx";
import { createAppState } from "../../../renderer/state/app-state.ts";
import { StateProvider } from "../../../renderer/state/context.tsx";
import { ToastProvider } from "../../../renderer/ui/Toast.tsx";
import "../../../renderer/ui/base.css";
import { DraftIdSchema, MessageIdSchema } from "../../../shared/model/ids.ts";
import { DRAFTS, OUTBOX } from "./drafts.ts";
import { type Answers, createFakeHost, failure } from "./fake-host.ts";
import { VIEWS } from "./views.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("The stage has no root");
const reactRoot = createRoot(root);

const ACCOUNT = "11111111-1111-4111-8111-111111111111";
const actions: unknown[] = [];
const answers: Answers = {
  "app.info": () => ({ version: "1", platform: "linux", demo: null }),
  "accounts.list": () => [
    {
      id: ACCOUNT,
      address: "mara.lind@harbour.example",
      displayName: "Mara Lind",
      userName: "mara",
      server: "mail.harbour.example",
      protocolVersion: "16.1",
    },
  ],
};
let fake = createFakeHost(answers);

/** Puts one feature on the stage, over a state of its own. */
function show(feature: ReactNode): void {
  actions.length = 0;
  const state = createAppState(createBridge(fake.host));
  reactRoot.render(
    <StateProvider key={Math.random()} state={state}>
      <ToastProvider>{feature}</ToastProvider>
    </StateProvider>,
  );
}

/** What the tests call inside the page. */
const stage = {
  theme(name: "light" | "dark") {
    document.documentElement.dataset.theme = name;
  },
  reader(name: string, selectedCount = 0) {
    const view = VIEWS[name];
    fake = createFakeHost({
      ...answers,
      "mail.open": () => view ?? failure("not-found", "Gone."),
      "mail.fetchAttachment": () => failure("offline", "The server cannot be reached."),
    });
    show(
      <Reader
        messageId={name === "none" ? null : v.parse(MessageIdSchema, 1)}
        selectedCount={selectedCount}
        onAction={(action, messageId) => actions.push({ action, messageId })}
        onMailto={(fields) => actions.push({ mailto: fields })}
      />,
    );
  },
  composer(name: string, offline = false) {
    const draft = DRAFTS[name === "interrupted" ? "written" : name];
    let interrupted = name === "interrupted";
    const get = () => {
      const now = interrupted;
      interrupted = false;
      if (now) return failure("internal", "The mail engine started again.");
      return draft ?? failure("not-found", "This draft is no longer there.");
    };
    fake = createFakeHost({
      ...answers,
      "accounts.status": () => [
        {
          accountId: ACCOUNT,
          state: offline ? "offline" : "idle",
          progress: null,
          lastSync: null,
          trouble: null,
          pendingActions: 0,
          outbox: 0,
        },
      ],
      "compose.get": get,
      "compose.save": () => ({ savedAt: 1 }),
      "compose.send": () => ({ undoMs: 10_000 }),
      "compose.attach": ({ name: file, bytes }: { name: string; bytes: Uint8Array }) => ({
        ...draft,
        attachments: [{ id: 9, name: file, type: "", size: bytes.byteLength }],
      }),
      "compose.suggest": () => [
        { name: "Ada Berg", email: "ada.berg@harbour.example" },
        { name: "Adam Ost", email: "adam@other.example" },
      ],
    });
    show(
      <section className="compose-panel" style={{ position: "fixed", inset: 16 }}>
        <Composer draftId={v.parse(DraftIdSchema, 1)} onClose={(result) => actions.push(result)} />
      </section>,
    );
  },
  outbox(name: "full" | "empty") {
    fake = createFakeHost({
      ...answers,
      "compose.outbox": () => (name === "full" ? OUTBOX : []),
      "compose.recall": () => DRAFTS.reply,
    });
    show(<OutboxView onEdit={(draftId) => actions.push({ kind: "edit", draftId })} />);
  },
  calls: () => fake.calls,
  actions: () => actions,
  announceMain: (event: string, payload: unknown) => fake.announceMain(event, payload),
  announceEngine: (event: string, payload: unknown) => fake.announceEngine(event, payload),
};

export type Stage = typeof stage;

Object.assign(window, { stage });
