import { expect, test } from "vitest";
import { broken, type KillReport, runKills } from "./run-kills.ts";

test("ten kills at random moments: the store equals the server, and nothing is sent twice or lost", async () => {
  const report = await runKills({ count: 10, seed: 20261121 });
  expect(broken(report)).toEqual([]);
  expect(report.queued.length).toBeGreaterThan(0);
  expect(report.storeLines.length).toBeGreaterThan(150);
}, 120_000);

const GOOD: KillReport = {
  kills: 1,
  queued: ["a"],
  sent: ["a", "b"],
  received: ["<a>", "<b>"],
  serverLines: ["Inbox|x|new|false"],
  storeLines: ["Inbox|x|new|false"],
  damage: [],
  requests: 9,
};

test("the judge lets a good run pass and names each broken promise", () => {
  expect(broken(GOOD)).toEqual([]);
  expect(broken({ ...GOOD, storeLines: ["Inbox|x|read|false"] })[0]).toContain("differs");
  expect(broken({ ...GOOD, storeLines: [] })[0]).toContain("missing");
  expect(broken({ ...GOOD, sent: ["a", "a"] })).toEqual(["a message was accepted twice"]);
  expect(broken({ ...GOOD, received: ["<a>", "<a>"] })).toEqual(["a message was received twice"]);
  expect(broken({ ...GOOD, sent: ["b"] })).toEqual(["queued and never sent: a"]);
  expect(broken({ ...GOOD, damage: ["row 3 missing"] })).toEqual(["database: row 3 missing"]);
});
