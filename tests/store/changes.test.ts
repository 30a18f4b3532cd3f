import { describe, expect, test } from "vitest";
import type { StoreChange } from "../../electron/store/api.ts";
import { changeRecorder } from "../../electron/store/changes.ts";
import type { FolderId, MessageId } from "../../shared/model/ids.ts";
import { manualClock } from "./support-core.ts";

const folderId = (n: number) => n as FolderId;
const messageId = (n: number) => n as MessageId;

function recorded() {
  const clock = manualClock();
  const changes = changeRecorder(clock);
  const records: StoreChange[] = [];
  changes.onChange((change) => records.push(change));
  return { clock, changes, records };
}

describe("the change recorder", () => {
  test("tells nothing before the transaction is flushed, nor of one that was discarded", () => {
    const { clock, changes, records } = recorded();
    changes.message(messageId(1), folderId(1));
    clock.advance(100);
    expect(records).toEqual([]);
    changes.discard();
    changes.flush();
    clock.advance(100);
    expect(records).toEqual([]);
    expect(changes.generation()).toBe(0);
  });

  test("puts transactions close together into one record", () => {
    const { clock, changes, records } = recorded();
    for (let n = 1; n <= 3; n += 1) {
      changes.message(messageId(n), folderId(n % 2));
      changes.flush();
    }
    clock.advance(0);
    expect(records).toMatchObject([{ folderIds: [1, 0], messageIds: [1, 2, 3], folders: false }]);
    changes.topic("outbox");
    changes.flush();
    clock.advance(10);
    expect(records).toHaveLength(1);
    clock.advance(30);
    expect(records[1]).toMatchObject({ folderIds: [], messageIds: [], outbox: true, drafts: false });
    expect(changes.generation()).toBe(4);
  });

  test.each([
    [200, true],
    [201, false],
  ])("%i messages by name: %s", (count, named) => {
    const { clock, changes, records } = recorded();
    for (let n = 1; n <= count; n += 1) {
      changes.message(messageId(n), folderId(1));
      changes.flush();
    }
    clock.advance(40);
    expect(records[0]?.messageIds?.length ?? null).toBe(named ? count : null);
    expect(records[0]?.folderIds).toEqual([1]);
  });

  test("wakes the sync of an account at once, and only after the commit", () => {
    const { changes } = recorded();
    const woken: number[] = [];
    changes.onWork(1, () => woken.push(1));
    const stop = changes.onWork(2, () => woken.push(2));
    changes.work(1);
    changes.work(2);
    expect(woken).toEqual([]);
    changes.flush();
    expect(woken).toEqual([1, 2]);
    stop();
    changes.work(2);
    changes.flush();
    changes.work(1);
    changes.discard();
    changes.flush();
    expect(woken).toEqual([1, 2]);
  });

  test("a listener that leaves while it is told does no harm; after the end nothing is told", () => {
    const { clock, changes, records } = recorded();
    let told = 0;
    const stop = changes.onChange(() => {
      told += 1;
      stop();
    });
    for (let n = 0; n < 2; n += 1) {
      changes.topic("drafts");
      changes.flush();
      clock.advance(40);
    }
    expect([told, records.length]).toEqual([1, 2]);
    changes.topic("drafts");
    changes.flush();
    changes.close();
    clock.advance(40);
    expect(records).toHaveLength(2);
  });
});
