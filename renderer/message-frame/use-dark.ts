import { useSyncExternalStore } from "react";

/** Whether the window is dark now; follows the theme on the root element. */
export function useDark(): boolean {
  return useSyncExternalStore(watchTheme, isDark);
}

function isDark(): boolean {
  return document.documentElement.dataset.theme === "dark";
}

function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
