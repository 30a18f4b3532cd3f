import { describe, expect, test } from "vitest";
import { disagreements, History, held, NAMES, shown } from "./history.ts";
import { Fixture } from "./support.ts";

const SEEDS = Array.from({ length: 30 }, (_, index) => index + 1);

describe("whatever the user, the server and a bad line do in whatever order", () => {
  test.each(SEEDS)("the store ends as the server is (history %i)", (seed) => {
    const history = new History(new Fixture(), seed);
    for (let n = 0; n < 8; n += 1) history.newMail(history.pick(NAMES) ?? "in");
    history.settle();
    history.learnMoves();
    for (let n = 0; n < 60; n += 1) {
      history.step();
      if (n % 6 === 0) expect(disagreements(history.f)).toEqual([]);
    }
    history.settle();
    for (const folder of NAMES) expect(shown(history.f, folder)).toEqual(held(history.server, folder));
    expect(disagreements(history.f)).toEqual([]);
    expect(history.f.sync.pendingCount()).toEqual({ actions: 0, outbox: 0 });
    expect(history.f.store.check()).toEqual([]);
  });
});
