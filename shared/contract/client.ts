import * as v from "valibot";
import { err, ok, type Result } from "../base/result.ts";
import type { CallArg, CallCode, CallError, CallNames, CallOut, Contract, WireReply } from "./define.ts";

/** A function for each call of a contract: `client.mail.page({...})`. */
export type Client<C extends Contract> = {
  readonly [G in keyof C]: {
    readonly [N in CallNames<C[G]>]: (
      arg: CallArg<C[G][N]>,
    ) => Promise<Result<CallOut<C[G][N]>, CallError<CallCode<C[G][N]>>>>;
  };
};

/** Sends one request by its wire name (`group.entry`) and gives its reply. Never rejects. */
export type Send = (name: string, payload: unknown) => Promise<WireReply>;

const ErrorSchema = v.object({ code: v.string(), message: v.string() });
const ReplySchema = v.variant("ok", [
  v.object({ id: v.number(), ok: v.literal(true), value: v.unknown() }),
  v.object({ id: v.number(), ok: v.literal(false), error: ErrorSchema }),
]);

/** Reads the frame of a reply; null when the message is something else. Its value is parsed by the client. */
export function readReply(data: unknown): WireReply | null {
  const reply = v.safeParse(ReplySchema, data);
  if (!reply.success) return null;
  return reply.output.ok ? { ...reply.output, value: reply.output.value } : reply.output;
}

/** A failure of the line itself, in words that can be shown. */
export const UNREADABLE: CallError = {
  code: "internal",
  message: "The mail engine sent an answer that cannot be read.",
};

/**
 * Builds the client of a contract over a way to send. Replies are parsed with the call's schema: an answer
 * that does not fit becomes an `internal` error, an error code the contract does not list becomes `internal`.
 */
export function createClient<C extends Contract>(contract: C, send: Send): Client<C> {
  const client: Record<string, Record<string, (arg: unknown) => Promise<Result<unknown, CallError>>>> = {};
  for (const [groupName, group] of Object.entries(contract)) {
    const calls: Record<string, (arg: unknown) => Promise<Result<unknown, CallError>>> = {};
    for (const [name, entry] of Object.entries(group)) {
      if (entry.kind !== "call") continue;
      const known = new Set([...entry.errors, "internal", "invalid"]);
      calls[name] = async (arg) => {
        const reply = await send(`${groupName}.${name}`, arg);
        if (reply.ok) {
          const value = v.safeParse(entry.out, reply.value);
          return value.success ? ok(value.output) : err(UNREADABLE);
        }
        const error = v.safeParse(ErrorSchema, reply.error);
        if (!error.success) return err(UNREADABLE);
        const { code, message } = error.output;
        return err({ code: known.has(code) ? code : "internal", message });
      };
    }
    client[groupName] = calls;
  }
  // The loop above makes exactly the functions the type names; a mapped type cannot be built step by step.
  return client as unknown as Client<C>;
}
