import { parseArgs } from "node:util";
import { drawInvitation, messageOf } from "./generator/content.ts";
import { generateMailbox } from "./generator/mailbox.ts";
import { COLLEAGUES, DOMAIN } from "./generator/people.ts";
import type { Kind } from "./generator/plan.ts";
import { Dice } from "./generator/random.ts";
import { startFakeExchange } from "./index.ts";

/**
 * The server as a process of its own, for the demo. Prints one line of JSON when it is ready, then nothing; ends on
 * SIGTERM, or when whoever started it closes its standard input with `--watch-stdin`.
 */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    messages: { type: "string", default: "400" },
    seed: { type: "string", default: "7" },
    "inbox-only": { type: "boolean", default: false },
    live: { type: "boolean", default: false },
    // Seconds of live mail: until the first comes, and between two, half as long to one and a half times.
    "first-after": { type: "string", default: "20" },
    every: { type: "string", default: "60" },
    "watch-stdin": { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const owner = { name: "Anna Lindqvist", email: `anna.lindqvist@${DOMAIN}` };
const password = "demo";
const userName = "anna";

const server = await startFakeExchange({
  port: Number(values.port),
  users: [
    {
      name: userName,
      password,
      address: owner.email,
      displayName: owner.name,
      mailbox: generateMailbox({
        ...{ seed, owner, now: Date.now() },
        count: Number(values.messages),
        inboxOnly: values["inbox-only"],
      }),
    },
    ...COLLEAGUES.map((one) => ({
      name: one.email.split("@")[0] ?? one.email,
      password,
      address: one.email,
      displayName: one.name,
    })),
  ],
});

const dice = new Dice(seed);
/** The second live message is a meeting request, so that a visitor sees one soon. */
const ROUND: readonly Kind[] = ["conversation", "invitation", "bulletin", "foreign", "conversation"];
let arrived = 0;
function deliverNext(): void {
  const kind = ROUND[arrived % ROUND.length] ?? "conversation";
  const thread = 1_000_000 + arrived++;
  const date = Date.now();
  const planned = { kind, thread, position: 0, date, dates: [date] };
  let message =
    kind === "invitation" ? drawInvitation(seed, thread, date, owner) : messageOf(seed, planned, owner);
  // In a conversation that the owner opens, the first message from outside is the answer.
  if (message.from.email === owner.email) message = { ...message, from: message.to[0] ?? owner, to: [owner] };
  void server.deliver(userName, message);
  timer = setTimeout(deliverNext, Number(values.every) * dice.int(500, 1500));
}
let timer = values.live ? setTimeout(deliverNext, Number(values["first-after"]) * 1000) : undefined;

const end = (): void => {
  clearTimeout(timer);
  void server.close().then(() => process.exit(0));
};
process.on("SIGTERM", end);
process.on("SIGINT", end);
if (values["watch-stdin"]) process.stdin.on("end", end).resume();
console.log(
  JSON.stringify({ url: server.url, address: owner.email, displayName: owner.name, userName, password }),
);
