import { expect, test } from "vitest";
import { furnish, makeWorld, serverPicture } from "./support/world.ts";

test("a first pass stores every folder, the inbox first, and then waits in a Ping", async () => {
  const world = makeWorld();
  furnish(world.server, 730);
  world.sync.start();
  expect(await world.inStep()).toBe(true);
  expect(world.store.picture()).toEqual(serverPicture(world.server));
  await world.clock.pass(1_000);
  const synced = world.server.calls
    .filter(({ command }) => command === "sync")
    .map(({ detail }) =>
      typeof detail === "object" && detail !== null && "collectionId" in detail ? detail.collectionId : "",
    );
  expect(synced.indexOf("sent")).toBeGreaterThan(synced.lastIndexOf("inbox"));
  expect(world.server.count("ping")).toBe(1);
  expect(world.status().state).toBe("idle");
  expect(world.status().trouble).toBeNull();
});
