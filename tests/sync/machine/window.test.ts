import { describe, expect, test } from "vitest";
import type { CollectionAnswer, RemoteMessage } from "../../../electron/ports/remote.ts";
import {
  LARGEST_WINDOW,
  windowAfterAnswer,
  windowAfterCut,
  windowAfterGarbage,
} from "../../../electron/sync/machine/window.ts";

function answer(count: number, bodyCharacters = 10): CollectionAnswer {
  const data = "x".repeat(bodyCharacters);
  const added: RemoteMessage[] = Array.from({ length: count }, (_, index) => ({
    serverId: String(index),
    body: { kind: "html", data, truncated: false, size: bodyCharacters },
  }));
  return {
    syncKey: "2",
    moreAvailable: true,
    added,
    changed: [],
    deleted: [],
    verdicts: [],
    unreadable: { count: 0, reason: null },
  };
}

describe("after an answer", () => {
  test("a full one that came quickly widens it, up to what servers honour", () => {
    expect(windowAfterAnswer(100, answer(100), 400)).toBe(200);
    expect(windowAfterAnswer(400, answer(400), 400)).toBe(LARGEST_WINDOW);
    expect(windowAfterAnswer(512, answer(512), 400)).toBe(512);
  });
  test("one that was not full says nothing about the line", () => {
    expect(windowAfterAnswer(100, answer(3), 10)).toBe(100);
  });
  test("one of middling speed leaves it", () => {
    expect(windowAfterAnswer(100, answer(100), 8_000)).toBe(100);
  });
  test("a slow one narrows it, but it stays worth the round trip", () => {
    expect(windowAfterAnswer(100, answer(100), 20_000)).toBe(50);
    expect(windowAfterAnswer(12, answer(12), 20_000)).toBe(10);
  });
  test("a heavy one narrows it even when it was quick", () => {
    expect(windowAfterAnswer(100, answer(100, 50_000), 100)).toBe(50);
  });
});

describe("after a failure", () => {
  test("a cut halves it", () => {
    expect(windowAfterCut(100)).toBe(50);
    expect(windowAfterCut(15)).toBe(10);
    expect(windowAfterCut(3)).toBe(3);
  });
  test("an unreadable answer narrows it to a single item, so that one bad item is found", () => {
    let window = 512;
    for (let round = 0; round < 6; round += 1) window = windowAfterGarbage(window);
    expect(window).toBe(1);
  });
});
