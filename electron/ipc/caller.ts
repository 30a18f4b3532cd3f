import * as v from "valibot";
import { err, ok, type Result } from "../../shared/base/result.ts";
import type {
  Call,
  CallArg,
  CallCode,
  CallError,
  CallNames,
  CallOut,
  Contract,
  WireRequest,
} from "../../shared/contract/define.ts";

export type Caller<C extends Contract> = {
  readonly [G in keyof C]: {
    readonly [N in CallNames<C[G]>]: (
      input: CallArg<C[G][N]>,
    ) => Promise<Result<CallOut<C[G][N]>, CallError<CallCode<C[G][N]>>>>;
  };
};

const ReplySchema = v.variant("ok", [
  v.object({ id: v.number(), ok: v.literal(true), value: v.unknown() }),
  v.object({
    id: v.number(),
    ok: v.literal(false),
    error: v.object({ code: v.string(), message: v.string() }),
  }),
]);

type AnyResult = Result<unknown, CallError>;

/**
 * The calling end of a contract between main and the engine. Answers are parsed too: either process may
 * have been taken over. `failAll` ends what is waiting when the other side is gone.
 */
export function createCaller<C extends Contract>(contract: C, post: (request: WireRequest) => void) {
  let next = 1;
  const waiting = new Map<number, { readonly entry: Call; readonly settle: (result: AnyResult) => void }>();
  const groups = Object.entries(contract).map(([groupName, group]) => {
    const calls = Object.entries(group).flatMap(([name, entry]) => {
      if (entry.kind !== "call") return [];
      const run = (payload: unknown): Promise<AnyResult> =>
        new Promise((settle) => {
          const id = next++;
          waiting.set(id, { entry, settle });
          post({ id, name: `${groupName}.${name}`, payload });
        });
      return [[name, run] as const];
    });
    return [groupName, Object.fromEntries(calls)] as const;
  });
  return {
    call: Object.fromEntries(groups) as unknown as Caller<C>,
    /** Takes a message; false when it is not an answer to one of our calls. */
    receive(data: unknown): boolean {
      const parsed = v.safeParse(ReplySchema, data);
      if (!parsed.success) return false;
      const reply = parsed.output;
      const call = waiting.get(reply.id);
      if (call === undefined) return false;
      waiting.delete(reply.id);
      if (!reply.ok) {
        call.settle(err(reply.error));
        return true;
      }
      const value = v.safeParse(call.entry.out, reply.value);
      call.settle(value.success ? ok(value.output) : err({ code: "internal", message: "unreadable answer" }));
      return true;
    },
    failAll(message: string): void {
      const gone = [...waiting.values()];
      waiting.clear();
      for (const call of gone) call.settle(err({ code: "internal", message }));
    },
  };
}
