import type { SyncStatus } from "../../../shared/model/account.ts";

/** One state of the whole app, to be looked at. */
export interface Scene {
  readonly rows: number;
  readonly accounts: number;
  readonly vault: "ready" | "needs-passcode" | "choose-passcode" | "failed";
  readonly status: Pick<SyncStatus, "state" | "progress" | "trouble" | "pendingActions" | "outbox">;
  /** The engine never answers what rows there are. */
  readonly silent: boolean;
  readonly demo: boolean;
  readonly outbox: number;
  readonly drafts: number;
  /** Every so many milliseconds a message arrives; 0 for never. */
  readonly arrivals: number;
}

const IDLE: Scene["status"] = { state: "idle", progress: null, trouble: null, pendingActions: 0, outbox: 0 };
const NORMAL: Scene = {
  rows: 100_000,
  accounts: 1,
  vault: "ready",
  status: IDLE,
  silent: false,
  demo: false,
  outbox: 0,
  drafts: 1,
  arrivals: 0,
};

const SCENES: Readonly<Record<string, Partial<Scene>>> = {
  normal: {},
  arrivals: { arrivals: 300 },
  empty: { rows: 0, drafts: 0 },
  loading: { silent: true, status: { ...IDLE, state: "starting" } },
  syncing: {
    rows: 1240,
    status: { ...IDLE, state: "syncing", progress: { done: 1240, total: 18_000, folder: "Inbox" } },
  },
  offline: { outbox: 2, status: { ...IDLE, state: "offline", pendingActions: 3, outbox: 2 } },
  trouble: {
    status: { ...IDLE, state: "trouble", trouble: { kind: "sign-in", message: "", retryAt: null } },
  },
  welcome: { accounts: 0 },
  demo: { accounts: 0, demo: true },
  passcode: { vault: "needs-passcode" },
  "choose-passcode": { vault: "choose-passcode" },
  "vault-failed": { vault: "failed" },
};

export const SCENE_NAMES: readonly string[] = Object.keys(SCENES);

export function sceneOf(query: URLSearchParams): Scene {
  const rows = query.get("rows");
  const scene = { ...NORMAL, ...SCENES[query.get("scene") ?? "normal"] };
  return rows === null ? scene : { ...scene, rows: Number(rows) };
}
