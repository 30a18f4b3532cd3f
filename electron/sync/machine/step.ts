import { exhaustive } from "../../../shared/base/exhaustive.ts";
import type { RemoteFault } from "../../ports/remote.ts";
import { backoff } from "./backoff.ts";
import { knock, storeSetback, wholeSetback } from "./gate.ts";
import { heartbeatElsewhere } from "./heartbeat.ts";
import { look } from "./look.ts";
import { bodyAnswered, bodyRefused } from "./replies/body.ts";
import { estimated, estimateFailed } from "./replies/estimate.ts";
import { connected, connectFailed, foldersAnswered, foldersFailed } from "./replies/mailbox.ts";
import { movesAnswered, movesFailed } from "./replies/move.ts";
import { pingAnswered, pingFailed } from "./replies/ping.ts";
import { sendFailed, sendSucceeded } from "./replies/send.ts";
import { syncAnswered, syncFailed } from "./replies/sync.ts";
import { type Moment, memoryOf, remember, rememberAll, type State, type Step } from "./state.ts";
import type { Effect, Event, Lane, Reply } from "./tasks.ts";

const LANES: readonly Lane[] = ["main", "body", "ping"];

function settle(state: State, reply: Reply, tookMs: number, now: Moment): Step {
  switch (reply.kind) {
    case "connect":
      return reply.result.ok ? connected(state) : connectFailed(state, reply.result.error, now);
    case "folders":
      return reply.result.ok
        ? foldersAnswered(state, reply.syncKey, reply.result.value)
        : foldersFailed(state, reply.result.error, now);
    case "sync":
      return reply.result.ok
        ? syncAnswered(state, reply.task, reply.result.value, tookMs, now)
        : syncFailed(state, reply.task, reply.result.error, now);
    case "estimate":
      return reply.result.ok
        ? estimated(state, reply.task, reply.result.value)
        : estimateFailed(state, reply.task, reply.result.error, now);
    case "move":
      return reply.result.ok
        ? movesAnswered(state, reply.task, reply.result.value, now)
        : movesFailed(state, reply.task, reply.result.error, now);
    case "send":
      return reply.result.ok
        ? sendSucceeded(state, reply.task)
        : sendFailed(state, reply.task, reply.result.error, now);
    case "body":
      return reply.result.ok
        ? bodyAnswered(state, reply.wanted, reply.result.value)
        : bodyRefused(state, reply.wanted, reply.result.error, now);
    case "ping":
      return reply.result.ok
        ? pingAnswered(state, reply.task, reply.result.value, tookMs, now)
        : pingFailed(state, reply.task, reply.result.error, tookMs, now);
    default:
      return exhaustive(reply);
  }
}

/**
 * Counts how often the server could not be reached. Only what failed to reach it, or a Ping, proves that it can be
 * reached again: a proxy may let some requests through and no others.
 */
function reached(before: State, after: State, reply: Reply): State {
  if (after.offlines > before.offlines) return { ...after, offlineFor: reply.kind };
  const proof = reply.result.ok && (reply.kind === after.offlineFor || reply.kind === "ping");
  return proof && after.offlines > 0 ? { ...after, offlines: 0, offlineFor: null } : after;
}

/** Connections do not survive a sleep or a change of network, even where nobody has told them so. */
function dropAll(state: State): readonly Effect[] {
  return LANES.flatMap((lane) => {
    const flight = state.flights[lane];
    return flight === null ? [] : [{ kind: "cancel" as const, lane, id: flight.id }];
  });
}

/** Everything that was put off for a reason that may have passed is due again. */
function afresh(state: State): State {
  const ping = {
    ...state.ping,
    heartbeat: heartbeatElsewhere(state.ping.heartbeat),
    failures: 0,
    notBefore: 0,
    polling: false,
  };
  return { ...rememberAll(state, { retryAt: 0 }), ping, sendAfter: 0, movesAfter: 0, bodyAfter: 0 };
}

/** The folders we committed were not those the store had: read them again, but not at once. */
function refoldered(state: State, now: Moment): State {
  const fault: RemoteFault = { kind: "garbage", detail: "the hierarchy's key was another" };
  return { ...wholeSetback(state, "garbage", fault, now), foldersDue: true };
}

function inboxDirty(state: State): State {
  const inbox = state.work?.collections.find(({ role }) => role === "inbox");
  return inbox === undefined ? state : rememberAll(state, { dirty: true }, (id) => id === inbox.folderId);
}

/**
 * The engine's one decision: what an event means, and what to do about it. Pure: the same state and event give the
 * same answer. Requests begin only at a `look`, which the driver feeds after every other event, once the effects
 * of that event are in the store.
 */
export function step(state: State, event: Event): Step {
  switch (event.kind) {
    case "look":
      return look(state, event.work, event);
    case "reply": {
      const flight = state.flights[event.lane];
      // The answer of a request that was given up in the meantime.
      if (flight === null || flight.id !== event.id) return { state, effects: [] };
      const landed = { ...state, flights: { ...state.flights, [event.lane]: null } };
      const settled = settle(landed, event.reply, event.at - flight.startedAt, event);
      return { ...settled, state: reached(state, settled.state, event.reply) };
    }
    case "refused": {
      if (event.folderId === null) return { state: refoldered(state, event), effects: [] };
      const { refusals, refusedKey } = memoryOf(state, event.folderId);
      const count = refusedKey === event.key ? refusals + 1 : 1;
      const retryAt = event.at + backoff(count, event.chance, 1_000, 600_000);
      const change = {
        dirty: true,
        quiet: true,
        repeat: null,
        refusals: count,
        refusedKey: event.key,
        retryAt,
      };
      return { state: remember(state, event.folderId, change), effects: [] };
    }
    case "store-failed":
      return { state: storeSetback(rememberAll(state, { dirty: true, quiet: true }), event), effects: [] };
    case "user-action":
      return { state: knock(state, event.kind, event.at), effects: [] };
    case "sync-now": {
      const fresh = rememberAll(afresh(knock(state, event.kind, event.at)), { dirty: true, mutedUntil: 0 });
      return { state: { ...fresh, foldersDue: true }, effects: [] };
    }
    case "wake":
      return {
        state: inboxDirty(afresh(knock(state, event.kind, event.at))),
        effects: dropAll(state),
      };
    case "network": {
      const fresh = afresh(knock(state, event.kind, event.at));
      return { state: inboxDirty({ ...fresh, online: event.online }), effects: dropAll(state) };
    }
    case "credentials": {
      const fresh = afresh(knock(state, event.kind, event.at));
      return { state: { ...fresh, connected: false }, effects: dropAll(state) };
    }
    default:
      return exhaustive(event);
  }
}
