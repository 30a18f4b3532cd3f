import { type Client, createClient, readReply } from "../../shared/contract/client.ts";
import type { Contract, WireReply, WireRequest } from "../../shared/contract/define.ts";

/**
 * The calling end of a contract between main and the engine. Answers are parsed too: either process may
 * have been taken over. `failAll` ends what is waiting when the other side is gone.
 */
export function createCaller<C extends Contract>(contract: C, post: (request: WireRequest) => void) {
  let next = 1;
  const waiting = new Map<number, (reply: WireReply) => void>();
  const call: Client<C> = createClient(
    contract,
    (name, payload) =>
      new Promise((settle) => {
        const id = next++;
        waiting.set(id, settle);
        post({ id, name, payload });
      }),
  );
  return {
    call,
    /** Takes a message; false when it is not an answer to one of our calls. */
    receive(data: unknown): boolean {
      const reply = readReply(data);
      const settle = reply === null ? undefined : waiting.get(reply.id);
      if (reply === null || settle === undefined) return false;
      waiting.delete(reply.id);
      settle(reply);
      return true;
    },
    failAll(message: string): void {
      const gone = [...waiting];
      waiting.clear();
      for (const [id, settle] of gone) settle({ id, ok: false, error: { code: "internal", message } });
    },
  };
}
