import type { RemoteFault } from "../../../ports/remote.ts";
import { backoff } from "../backoff.ts";
import { faultFacts, type Remedy, remedyFor } from "../faults.ts";
import { setback } from "../gate.ts";
import { type Moment, rememberAll, type State, type Step, succeeded } from "../state.ts";
import type { Effect, SendTask } from "../tasks.ts";

/** A message the server turns away this often, while it answers everything else, will not get through. */
const MOST_ATTEMPTS = 6;
/** A message under which the line breaks this often is probably the reason. */
const MOST_BREAKS = 20;

const WAITING = "Waiting for a connection.";
const TRYING_AGAIN = "The connection broke while sending. Bulkhead tries again without sending it twice.";
const SERVER_WAITS = "The server could not take it yet. Bulkhead tries again.";
const ACCOUNT_WAITS = "Waiting until the account's problem is solved.";
const REFUSED = "The server refused this message. Check the recipients and the size of the attachments.";
const TOO_LARGE = "The message is too large for the server. Remove or shrink attachments.";
const SOURCE_GONE =
  "The original message is no longer on the server, so it cannot be forwarded. Write a new message.";
const UNCERTAIN =
  "The server never confirmed this message. It may have been sent: look in Sent before you send it again.";

function sent(state: State, task: SendTask): Step {
  const folders = new Set(
    (state.work?.collections ?? []).filter(({ role }) => role === "sent").map(({ folderId }) => folderId),
  );
  const after = rememberAll(succeeded(state), { dirty: true }, (id) => folders.has(id));
  return {
    state: { ...after, sendAttempts: 0, sendAfter: 0, plainSend: null },
    effects: [{ kind: "outbox-sent", entry: task.entry }],
  };
}

function failedForGood(state: State, task: SendTask, reason: string): Step {
  return {
    state: { ...state, sendAttempts: 0, sendAfter: 0, plainSend: null },
    effects: [{ kind: "outbox-failed", entry: task.entry, reason, retryAt: null }],
  };
}

function waitingWords(remedy: Remedy): string {
  if (remedy === "offline") return WAITING;
  if (remedy === "broken" || remedy === "cancelled" || remedy === "garbage") return TRYING_AGAIN;
  if (remedy === "busy" || remedy === "server") return SERVER_WAITS;
  return ACCOUNT_WAITS;
}

export function sendSucceeded(state: State, task: SendTask): Step {
  return sent(state, task);
}

/**
 * SendMail, SmartReply or SmartForward failed. Whatever may have reached the server is repeated under the same
 * ClientId, by which the server knows it again (MS-ASCMD 2.2.3.28); so a repeat can be answered "done before".
 */
export function sendFailed(state: State, task: SendTask, fault: RemoteFault, now: Moment): Step {
  const remedy = remedyFor(fault);
  const { entry } = task;
  const log: Effect = { kind: "log", level: "warn", event: "send-failed", facts: faultFacts(fault) };
  if (remedy === "done") return sent(state, task);
  if (fault.kind === "server" && fault.httpStatus === 413) {
    const step = failedForGood(state, task, TOO_LARGE);
    return { ...step, effects: [...step.effects, log] };
  }
  if (remedy === "gone" && task.message.kind === "reply" && task.message.source !== null) {
    // What was quoted is in the message itself, so it can go without its original.
    return {
      state: { ...state, plainSend: entry.draftId },
      effects: [{ kind: "outbox-failed", entry, reason: SERVER_WAITS, retryAt: now.at }, log],
    };
  }
  if (remedy === "give-up" || remedy === "gone") {
    const step = failedForGood(state, task, remedy === "gone" ? SOURCE_GONE : REFUSED);
    return { ...step, effects: [...step.effects, log] };
  }
  const general = setback(state, remedy, fault, now);
  // Waiting longer than the account does lets other work pass a message that never gets through.
  const blamed = general === null || remedy === "server" || remedy === "garbage" || remedy === "broken";
  const sendAttempts = state.sendAttempts + (blamed ? 1 : 0);
  if (sendAttempts >= (remedy === "broken" ? MOST_BREAKS : MOST_ATTEMPTS)) {
    const uncertain = remedy === "garbage" || remedy === "broken";
    const step = failedForGood(general ?? state, task, uncertain ? UNCERTAIN : REFUSED);
    return { ...step, effects: [...step.effects, log] };
  }
  const after = general ?? state;
  const base = remedy === "again-later" ? 30_000 : 3_000;
  const sendAfter = blamed ? now.at + backoff(sendAttempts, now.chance, base, 900_000) : after.sendAfter;
  const reason = general === null ? SERVER_WAITS : waitingWords(remedy);
  return {
    state: { ...after, sendAttempts, sendAfter },
    // Due at once for the store, which keeps the order; the waiting is done here.
    effects: [{ kind: "outbox-failed", entry, reason, retryAt: now.at }, log],
  };
}
