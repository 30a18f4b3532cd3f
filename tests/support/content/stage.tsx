import { createRoot } from "react-dom/client";
import * as v from "valibot";
import { createBridge } from "../../../renderer/bridge/bridge.ts";
import { Reader } from "../../../renderer/features/reader/Reader.tsx";
import { createAppState } from "../../../renderer/state/app-state.ts";
import { StateProvider } from "../../../renderer/state/context.tsx";
import { ToastProvider } from "../../../renderer/ui/Toast.tsx";
import "../../../renderer/ui/base.css";
import { MessageIdSchema } from "../../../shared/model/ids.ts";
import { type Answers, createFakeHost, failure } from "./fake-host.ts";
import { VIEWS } from "./views.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("The stage has no root");
const reactRoot = createRoot(root);

const actions: unknown[] = [];
const answers: Answers = {
  "app.info": () => ({ version: "1", platform: "linux", demo: null }),
  "accounts.list": () => [
    {
      id: "11111111-1111-4111-8111-111111111111",
      address: "mara.lind@harbour.example",
      displayName: "Mara Lind",
      userName: "mara",
      server: "mail.harbour.example",
      protocolVersion: "16.1",
    },
  ],
};
let fake = createFakeHost(answers);

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
    actions.length = 0;
    const state = createAppState(createBridge(fake.host));
    reactRoot.render(
      <StateProvider key={Math.random()} state={state}>
        <ToastProvider>
          <Reader
            messageId={name === "none" ? null : v.parse(MessageIdSchema, 1)}
            selectedCount={selectedCount}
            onAction={(action, messageId) => actions.push({ action, messageId })}
          />
        </ToastProvider>
      </StateProvider>,
    );
  },
  calls: () => fake.calls,
  actions: () => actions,
  announceMain: (event: string, payload: unknown) => fake.announceMain(event, payload),
  announceEngine: (event: string, payload: unknown) => fake.announceEngine(event, payload),
};
export type Stage = typeof stage;

Object.assign(window, { stage });
