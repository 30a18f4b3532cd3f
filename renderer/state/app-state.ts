import type { MessageId } from "../../shared/model/ids.ts";
import type { MessageView } from "../../shared/model/mail.ts";
import type { Bridge } from "../bridge/bridge.ts";
import { createLive, type Live } from "./live.ts";

type Value<Call extends (arg: never) => Promise<unknown>> =
  Awaited<ReturnType<Call>> extends infer R ? (R extends { ok: true; value: infer T } ? T : never) : never;

/** Every live value a view can show; the message list has a file of its own. */
export interface AppState {
  readonly bridge: Bridge;
  readonly info: Live<Value<Bridge["main"]["app"]["info"]>>;
  readonly vault: Live<Value<Bridge["main"]["app"]["vault"]>>;
  readonly accounts: Live<Value<Bridge["engine"]["accounts"]["list"]>>;
  readonly status: Live<Value<Bridge["engine"]["accounts"]["status"]>>;
  readonly folders: Live<Value<Bridge["engine"]["mail"]["folders"]>>;
  readonly drafts: Live<Value<Bridge["engine"]["compose"]["list"]>>;
  readonly outbox: Live<Value<Bridge["engine"]["compose"]["outbox"]>>;
  /** One message opened for reading. */
  message(id: MessageId): Live<MessageView>;
}

/** Messages whose last view is kept, so that going back to one shows it at once. */
const KEPT_MESSAGES = 16;

export function createAppState(bridge: Bridge): AppState {
  const { engine, main } = bridge;
  const all =
    (...watches: ((changed: () => void) => () => void)[]) =>
    (changed: () => void) => {
      const ends = watches.map((watch) => watch(changed));
      return () => {
        for (const end of ends) end();
      };
    };
  const fresh = bridge.onFreshEngine;
  const messages = new Map<MessageId, Live<MessageView>>();

  return {
    bridge,
    info: createLive(
      () => main.app.info({}),
      () => () => {},
    ),
    vault: createLive(
      () => main.app.vault({}),
      (changed) => bridge.on("app.vaultChanged", changed),
    ),
    accounts: createLive(
      () => engine.accounts.list({}),
      all(fresh, (changed) => bridge.on("accounts.changed", changed)),
    ),
    status: createLive(
      () => engine.accounts.status({}),
      all(
        fresh,
        (changed) => bridge.on("accounts.changed", changed),
        (changed) => bridge.on("accounts.statusChanged", changed),
      ),
    ),
    folders: createLive(
      () => engine.mail.folders({}),
      all(
        fresh,
        (changed) => bridge.on("mail.foldersChanged", changed),
        (changed) => bridge.on("accounts.changed", changed),
      ),
    ),
    drafts: createLive(
      () => engine.compose.list({}),
      all(fresh, (changed) => bridge.on("compose.changed", changed)),
    ),
    outbox: createLive(
      () => engine.compose.outbox({}),
      all(fresh, (changed) => bridge.on("compose.changed", changed)),
    ),
    message(id) {
      const live =
        messages.get(id) ??
        createLive(
          () => engine.mail.open({ messageId: id }),
          all(fresh, (changed) =>
            bridge.on("mail.changed", ({ messageIds }) => {
              if (messageIds === null || messageIds.includes(id)) changed();
            }),
          ),
        );
      messages.delete(id);
      messages.set(id, live);
      const [oldest] = messages.keys();
      if (messages.size > KEPT_MESSAGES && oldest !== undefined) messages.delete(oldest);
      return live;
    },
  };
}
