import { installHost } from "./fake-host.ts";
import { sceneOf } from "./scenes.ts";

installHost(window, sceneOf(new URLSearchParams(location.search)));
await import("../../../renderer/main.tsx");
