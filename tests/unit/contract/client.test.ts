import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { createClient } from "../../../shared/contract/client.ts";
import { type CallError, call, event, type WireReply } from "../../../shared/contract/define.ts";

const contract = {
  box: {
    weigh: call({ in: v.object({ id: v.number() }), out: v.object({ grams: v.number() }), errors: ["lost"] }),
    opened: event({ out: v.object({}) }),
  },
};

function clientThat(reply: Omit<WireReply & { ok: true }, "id"> | { ok: false; error: CallError }) {
  const asked: [string, unknown][] = [];
  const client = createClient(contract, async (name, payload) => {
    asked.push([name, payload]);
    return { id: 1, ...reply };
  });
  return { client, asked };
}

describe("a client", () => {
  it("has a function for each call and none for events", () => {
    const { client } = clientThat({ ok: true, value: {} });
    expect(Object.keys(client.box)).toEqual(["weigh"]);
  });

  it("sends under the wire name and parses the answer", async () => {
    const { client, asked } = clientThat({ ok: true, value: { grams: 3, more: "dropped" } });
    expect(await client.box.weigh({ id: 5 })).toEqual({ ok: true, value: { grams: 3 } });
    expect(asked).toEqual([["box.weigh", { id: 5 }]]);
  });

  it("does not let an answer through that does not fit", async () => {
    const { client } = clientThat({ ok: true, value: { grams: "three" } });
    expect(await client.box.weigh({ id: 5 })).toMatchObject({ ok: false, error: { code: "internal" } });
  });

  it.each(["lost", "internal", "invalid"])("keeps the code %s", async (code) => {
    const { client } = clientThat({ ok: false, error: { code, message: "Words." } });
    expect(await client.box.weigh({ id: 5 })).toEqual({ ok: false, error: { code, message: "Words." } });
  });

  it("makes a code that the contract does not name internal, with its words", async () => {
    const { client } = clientThat({ ok: false, error: { code: "toString", message: "Words." } });
    expect(await client.box.weigh({ id: 5 })).toEqual({
      ok: false,
      error: { code: "internal", message: "Words." },
    });
  });
});
