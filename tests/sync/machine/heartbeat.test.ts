import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  firstHeartbeat,
  type Heartbeat,
  heartbeatBound,
  heartbeatCut,
  heartbeatElsewhere,
  heartbeatHeld,
} from "../../../electron/sync/machine/heartbeat.ts";

/** A line that forgets connections which are idle for longer than `limit` seconds. */
function live(limit: number, rounds: number, from: Heartbeat = firstHeartbeat(480)): Heartbeat {
  let heartbeat = from;
  for (let round = 0; round < rounds; round += 1) {
    const asked = heartbeat.seconds;
    heartbeat = asked > limit ? heartbeatCut(heartbeat, asked) : heartbeatHeld(heartbeat, asked);
  }
  return heartbeat;
}

describe("the first heartbeat", () => {
  test("is the one handed in, within what servers accept", () => {
    expect(firstHeartbeat(480).seconds).toBe(480);
    expect(firstHeartbeat(5).seconds).toBe(60);
    expect(firstHeartbeat(1e9).seconds).toBe(3540);
    expect(firstHeartbeat(Number.NaN).seconds).toBe(60);
  });
});

describe("searching", () => {
  test("grows while it is held, up to the longest", () => {
    expect(heartbeatHeld(firstHeartbeat(480), 480).seconds).toBe(720);
    expect(live(100_000, 12).seconds).toBe(3540);
  });

  test("is halved by a cut when nothing is known to work", () => {
    expect(heartbeatCut(firstHeartbeat(480), 480).seconds).toBe(240);
  });

  test("goes back to what worked after a cut", () => {
    const held = heartbeatHeld(firstHeartbeat(480), 480);
    expect(heartbeatCut(held, held.seconds).seconds).toBe(480);
  });

  test("forgets what worked when that is cut too", () => {
    const held = heartbeatHeld(firstHeartbeat(480), 480);
    const cut = heartbeatCut(heartbeatCut(held, 720), 480);
    expect(cut.good).toBeNull();
    expect(cut.seconds).toBe(240);
  });

  test("never asks for less than the server's least", () => {
    let heartbeat = firstHeartbeat(480);
    for (let round = 0; round < 20; round += 1) heartbeat = heartbeatCut(heartbeat, heartbeat.seconds);
    expect(heartbeat.seconds).toBe(60);
  });

  test("settles just below what the line allows, and stays there", () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 3_000 }), (limit) => {
        const settled = live(limit, 30);
        expect(settled.seconds).toBeLessThanOrEqual(limit);
        expect(settled.seconds).toBeGreaterThan(limit - 65);
        expect(live(limit, 1, settled).seconds).toBe(settled.seconds);
      }),
      { seed: 11 },
    );
  });
});

describe("the server's bounds", () => {
  test("too long: the bound is asked for, and never exceeded again", () => {
    let heartbeat = heartbeatBound(firstHeartbeat(480), 480, 300);
    expect(heartbeat.seconds).toBe(300);
    heartbeat = heartbeatHeld(heartbeat, 300);
    expect(heartbeat.seconds).toBe(300);
  });

  test("too short: the bound is asked for, and no cut goes below it", () => {
    let heartbeat = heartbeatBound(firstHeartbeat(60), 60, 600);
    expect(heartbeat.seconds).toBe(600);
    heartbeat = heartbeatCut(heartbeat, 600);
    expect(heartbeat.seconds).toBe(600);
  });

  test("nonsense is bounded", () => {
    expect(heartbeatBound(firstHeartbeat(480), 480, -5).seconds).toBe(1);
    expect(heartbeatBound(firstHeartbeat(480), 480, 1e12).seconds).toBe(3540);
  });
});

test("on another network the search begins anew from where it is", () => {
  const cut = heartbeatCut(heartbeatHeld(firstHeartbeat(480), 480), 720);
  const elsewhere = heartbeatElsewhere(cut);
  expect(elsewhere.seconds).toBe(480);
  expect(heartbeatHeld(elsewhere, 480).seconds).toBe(720);
});
