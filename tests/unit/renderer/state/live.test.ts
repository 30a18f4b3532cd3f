import { describe, expect, it } from "vitest";
import { createLive } from "../../../../renderer/state/live.ts";
import { err, ok, type Result } from "../../../../shared/base/result.ts";
import type { CallError } from "../../../../shared/contract/define.ts";
import { settle } from "./fake-bridge.ts";

function setUp(answers: Result<number, CallError>[]) {
  const questions: ((answer: Result<number, CallError>) => void)[] = [];
  let changed: (() => void) | null = null;
  const live = createLive<number>(
    () =>
      new Promise((resolve) => {
        const ready = answers.shift();
        if (ready !== undefined) resolve(ready);
        else questions.push(resolve);
      }),
    (listener) => {
      changed = listener;
      return () => {
        changed = null;
      };
    },
  );
  return { live, questions, change: () => changed?.(), watched: () => changed !== null };
}

const failure: CallError = { code: "internal", message: "No." };

describe("a live value", () => {
  it("is asked for when the first listener comes, and not before", async () => {
    const { live, watched } = setUp([ok(1)]);
    expect(watched()).toBe(false);
    live.subscribe(() => {});
    await settle();
    expect(live.snapshot()).toEqual({ value: 1, error: null });
  });

  it("is asked for again after a change, and tells every listener", async () => {
    const { live, change } = setUp([ok(1), ok(2)]);
    const seen: unknown[] = [];
    live.subscribe(() => seen.push(live.snapshot().value));
    live.subscribe(() => seen.push(live.snapshot().value));
    await settle();
    change();
    await settle();
    expect(seen).toEqual([1, 1, 2, 2]);
  });

  it("drops an answer that was overtaken by a change", async () => {
    const { live, change, questions } = setUp([]);
    live.subscribe(() => {});
    change();
    change();
    questions.shift()?.(ok(1));
    await settle();
    expect(live.snapshot().value).toBeUndefined();
    questions.shift()?.(ok(2));
    await settle();
    expect(live.snapshot().value).toBe(2);
    expect(questions).toHaveLength(0);
  });

  it("keeps the last value beside an error, until one succeeds again", async () => {
    const { live, change } = setUp([ok(1), err(failure), ok(3)]);
    live.subscribe(() => {});
    await settle();
    change();
    await settle();
    expect(live.snapshot()).toEqual({ value: 1, error: failure });
    change();
    await settle();
    expect(live.snapshot()).toEqual({ value: 3, error: null });
  });

  it("stops watching with its last listener and shows the old value first when it is looked at again", async () => {
    const { live, watched } = setUp([ok(1), ok(2)]);
    const end = live.subscribe(() => {});
    await settle();
    end();
    expect(watched()).toBe(false);
    live.subscribe(() => {});
    expect(live.snapshot().value).toBe(1);
    await settle();
    expect(live.snapshot().value).toBe(2);
  });

  it("gives the same snapshot until something changed", async () => {
    const { live } = setUp([ok(1)]);
    live.subscribe(() => {});
    await settle();
    expect(live.snapshot()).toBe(live.snapshot());
  });
});
