import * as v from "valibot";
import { type Bridge, createBridge } from "../../../../renderer/bridge/bridge.ts";
import { createDispatcher, type Handlers } from "../../../../shared/contract/dispatch.ts";
import { engineContract } from "../../../../shared/contract/index.ts";
import { type MessageRow, MessageRowSchema } from "../../../../shared/model/mail.ts";

type MailHandlers = Handlers<typeof engineContract>["mail"];

export interface FakeBridge {
  readonly bridge: Bridge;
  readonly calls: string[];
  announce(event: string, payload: unknown): void;
  restart(): void;
}

/** A bridge to an engine that only has the calls of `mail` that a test gives. */
export function fakeBridge(mail: Partial<MailHandlers>): FakeBridge {
  const calls: string[] = [];
  let announce: (event: string, payload: unknown) => void = () => {};
  let restart = () => {};
  const handlers = { mail, accounts: {}, compose: {} } as unknown as Handlers<typeof engineContract>;
  const dispatch = createDispatcher(engineContract, handlers, (name, error) => {
    throw new Error(`${name}: ${String(error)}`);
  });
  const bridge = createBridge({
    ready: () => {},
    invoke: async () => ({ id: 0, ok: false, error: { code: "internal", message: "none" } }),
    onMainEvent: () => {},
    onEnginePort: (give) => {
      restart = () => {
        let receive: (data: unknown) => void = () => {};
        announce = (event, payload) => receive({ event, payload });
        give({
          postMessage: (request) => {
            calls.push(request.name);
            void dispatch(request).then((reply) => receive(reply));
          },
          listen: (listener) => {
            receive = listener;
          },
          close: () => {},
        });
      };
    },
  });
  restart();
  return { bridge, calls, announce: (event, payload) => announce(event, payload), restart: () => restart() };
}

/** A row with these parts; the rest is plain. */
export function rowWith(part: Partial<Record<keyof MessageRow, unknown>>): MessageRow {
  return v.parse(MessageRowSchema, {
    id: 1,
    accountId: "7f3f2c1e-4f0a-4d52-9a55-0d7c3c6f9b10",
    folderId: 1,
    from: { name: "Ada Byron", email: "ada@example.org" },
    to: "Ben",
    subject: "Engines",
    preview: "",
    date: 0,
    unread: false,
    flagged: false,
    attachments: false,
    invitation: false,
    answered: "none",
    pending: false,
    ...part,
  });
}

/** Lets everything that is already promised happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}
