import { fileURLToPath } from "node:url";
import * as v from "valibot";
import {
  folderNamed,
  linesOfStore,
  nothingWaits,
  openClient,
  queueMessage,
  someRow,
} from "../integration/parts.ts";
import { seeded } from "../support/fake-clock.ts";

/** How the parent starts a child: one JSON argument. */
export const ChildOrdersSchema = v.object({
  path: v.string(),
  url: v.string(),
  seed: v.number(),
  /** Names this life, so that no two lives send under one id. */
  life: v.number(),
  /** Acts as a user would until killed; otherwise only brings everything in step and waits. */
  busy: v.boolean(),
});
export type ChildOrders = v.InferOutput<typeof ChildOrdersSchema>;

/** One line of a child's output. */
export const ChildLineSchema = v.variant("kind", [
  v.object({ kind: v.literal("ready") }),
  /** Said after the transaction that put the message into the outbox. */
  v.object({ kind: v.literal("queued"), clientId: v.string() }),
  /** What the store holds while nothing waits, said when it changed. */
  v.object({ kind: v.literal("lines"), lines: v.array(v.string()) }),
]);
type ChildLine = v.InferOutput<typeof ChildLineSchema>;

function say(line: ChildLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function live(orders: ChildOrders): void {
  const fraction = seeded(orders.seed);
  const client = openClient({ path: orders.path, url: orders.url, seed: orders.seed });
  const { store } = client;
  client.sync.start();
  say({ kind: "ready" });
  if (!orders.busy) {
    let last = "";
    setInterval(() => {
      if (!nothingWaits(store)) return;
      const lines = linesOfStore(store);
      const text = lines.join("\n");
      if (text !== last) say({ kind: "lines", lines: [...lines] });
      last = text;
    }, 100);
    return;
  }
  let queued = 0;
  const act = () => {
    const message = someRow(store, fraction());
    const what = fraction();
    if (what < 0.25) {
      queued += 1;
      const clientId = `life-${orders.life}-${queued}`;
      if (queueMessage(store, clientId)) say({ kind: "queued", clientId });
    } else if (message !== null) {
      if (what < 0.45) store.mail.setRead([message], fraction() < 0.7);
      else if (what < 0.6) store.mail.setFlag([message], fraction() < 0.7);
      else if (what < 0.72) store.mail.remove([message]);
      else if (what < 0.85) store.mail.move([message], folderNamed(store, "Projects").id);
      else if (what < 0.95) store.mail.open(message);
      else client.sync.syncNow();
    }
    setTimeout(act, 2 + fraction() * 25);
  };
  setTimeout(act, fraction() * 30);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  live(v.parse(ChildOrdersSchema, JSON.parse(process.argv[2] ?? "{}")));
}
