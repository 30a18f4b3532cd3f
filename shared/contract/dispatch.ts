import * as v from "valibot";
import { err, type Result } from "../base/result.ts";
import type {
  CallCode,
  CallError,
  CallIn,
  CallNames,
  CallOut,
  Contract,
  WireReply,
  WireRequest,
} from "./define.ts";

type Reply<C> = Result<CallOut<C>, CallError<CallCode<C>>>;

/** One function for each call of a contract: a missing or misnamed one does not compile. */
export type Handlers<C extends Contract> = {
  readonly [G in keyof C]: {
    readonly [N in CallNames<C[G]>]: (input: CallIn<C[G][N]>) => Promise<Reply<C[G][N]>> | Reply<C[G][N]>;
  };
};

const RequestSchema = v.object({
  id: v.number(),
  name: v.pipe(v.string(), v.maxLength(100)),
  payload: v.unknown(),
});

/** Reads the frame of a request; null when it is not one. */
export function readRequest(data: unknown): WireRequest | null {
  const parsed = v.safeParse(RequestSchema, data);
  return parsed.success ? { ...parsed.output, payload: parsed.output.payload } : null;
}

/** Where an input failed, without repeating what was in it. */
function describe(issues: readonly v.BaseIssue<unknown>[]): string {
  const first = issues[0];
  return first === undefined
    ? "unreadable"
    : `${v.getDotPath(first) ?? "payload"}: expected ${first.expected ?? first.type}`;
}

/**
 * The receiving end of a contract: finds the call, parses its payload, runs its handler. Never throws:
 * what a handler throws is a bug, reported through `onBug` and answered as `internal` without its words.
 */
export function createDispatcher<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  onBug: (name: string, error: unknown) => void,
): (request: WireRequest) => Promise<WireReply> {
  const calls = new Map<string, (payload: unknown) => Promise<Result<unknown, CallError>>>();
  for (const [groupName, group] of Object.entries(contract)) {
    const own = handlers[groupName] as unknown as Record<string, (input: unknown) => unknown>;
    for (const [name, entry] of Object.entries(group)) {
      if (entry.kind !== "call") continue;
      calls.set(`${groupName}.${name}`, async (payload) => {
        const input = v.safeParse(entry.in, payload);
        if (!input.success) return err({ code: "invalid", message: describe(input.issues) });
        return (await own[name]?.(input.output)) as Result<unknown, CallError>;
      });
    }
  }
  return async ({ id, name, payload }) => {
    const handle = calls.get(name);
    if (handle === undefined) return { id, ok: false, error: { code: "invalid", message: "no such call" } };
    try {
      const result = await handle(payload);
      return result.ok ? { id, ok: true, value: result.value } : { id, ok: false, error: result.error };
    } catch (error) {
      onBug(name, error);
      return { id, ok: false, error: { code: "internal", message: "Something went wrong inside the app." } };
    }
  };
}
