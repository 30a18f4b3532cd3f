import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@fontsource-variable/inter";
import "./ui/base.css";
import "./app/app.css";
import { App } from "./app/App.tsx";
import { PreferencesProvider } from "./app/preferences.tsx";
import { createBridge } from "./bridge/bridge.ts";
import { windowHost } from "./bridge/host.ts";
import { createAppState } from "./state/app-state.ts";
import { StateProvider } from "./state/context.tsx";
import { createMemory } from "./state/remembered.ts";
import { createTheme } from "./state/theme.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no root");

const dark = matchMedia("(prefers-color-scheme: dark)");
const memory = createMemory(localStorage);
const chosen = memory.read().theme;
const theme = createTheme(
  {
    prefersDark: () => dark.matches,
    onPreference: (listener) => dark.addEventListener("change", listener),
    apply: (name) => {
      document.documentElement.dataset.theme = name;
    },
  },
  chosen,
);
const bridge = createBridge(windowHost(window));
void bridge.main.app.theme({ source: chosen });

createRoot(root).render(
  <StrictMode>
    <StateProvider state={createAppState(bridge)}>
      <PreferencesProvider memory={memory} theme={theme}>
        <App />
      </PreferencesProvider>
    </StateProvider>
  </StrictMode>,
);
