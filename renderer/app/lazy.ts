import { lazy } from "react";

const composer = () => import("../features/composer/Composer.tsx");
const dialogs = () => import("./AppDialogs.tsx");
const palette = () => import("../features/palette/CommandPalette.tsx");

/** Parts that the first view does not need. They come in time, because `preloadParts` asks for them early. */
export const Composer = lazy(async () => ({ default: (await composer()).Composer }));
export const AppDialogs = lazy(async () => ({ default: (await dialogs()).AppDialogs }));
export const CommandPalette = lazy(async () => ({ default: (await palette()).CommandPalette }));

/** Loads them while the window has nothing else to do, so that opening one does not wait. */
export function preloadParts(): () => void {
  const waiting = requestIdleCallback(
    () => {
      void composer();
      void dialogs();
      void palette();
    },
    { timeout: 3_000 },
  );
  return () => cancelIdleCallback(waiting);
}
