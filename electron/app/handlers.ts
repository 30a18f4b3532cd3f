import { join } from "node:path";
import { BrowserWindow, dialog, app as electronApp, nativeTheme, shell, type WebContents } from "electron";
import { err, ok } from "../../shared/base/result.ts";
import type { Demo } from "../../shared/contract/control.ts";
import type { Handlers } from "../../shared/contract/dispatch.ts";
import type { mainContract } from "../../shared/contract/index.ts";
import { isProgram } from "../content/programs.ts";
import type { EngineHost } from "./engine-host.ts";
import type { createOpenedFiles } from "./opened-files.ts";
import type { VaultKeeper } from "./vault-keeper.ts";

/** What may be handed to the system: a web page, a letter, a call. */
const EXTERNAL = new Set(["https:", "http:", "mailto:", "tel:"]);

function platform(): "linux" | "darwin" | "win32" {
  return process.platform === "darwin" || process.platform === "win32" ? process.platform : "linux";
}

/** Main's answers to one window. */
export function createMainHandlers(
  contents: WebContents,
  parts: {
    readonly engine: EngineHost;
    readonly vault: VaultKeeper;
    readonly opened: ReturnType<typeof createOpenedFiles>;
    readonly demo: Demo | null;
  },
): Handlers<typeof mainContract> {
  const engine = parts.engine.control;

  return {
    app: {
      info: () =>
        ok({
          version: electronApp.getVersion(),
          platform: platform(),
          demo:
            parts.demo === null
              ? null
              : { server: parts.demo.url, address: parts.demo.address, password: parts.demo.password },
        }),
      theme: ({ source }) => {
        nativeTheme.themeSource = source;
        return ok({});
      },
      openExternal: async ({ url }) => {
        const parsed = URL.canParse(url) ? new URL(url) : null;
        if (parsed === null || !EXTERNAL.has(parsed.protocol)) {
          return err({ code: "refused", message: "Only web, mail and phone addresses are opened." });
        }
        await shell.openExternal(parsed.href);
        return ok({});
      },
      saveAttachment: async ({ attachmentId }) => {
        const facts = await engine.attachment({ attachmentId });
        if (!facts.ok) return err({ code: "not-found", message: "This attachment is no longer there." });
        const parent = BrowserWindow.fromWebContents(contents);
        const options = { defaultPath: join(electronApp.getPath("downloads"), facts.value.name) };
        const chosen = await (parent === null
          ? dialog.showSaveDialog(options)
          : dialog.showSaveDialog(parent, options));
        if (chosen.canceled || chosen.filePath === "") return ok({ saved: false });
        const written = await engine.exportAttachment({ attachmentId, path: chosen.filePath });
        return written.ok ? ok({ saved: true }) : exportFailed(written.error);
      },
      openAttachment: async ({ attachmentId }) => {
        const facts = await engine.attachment({ attachmentId });
        if (!facts.ok) return err({ code: "not-found", message: "This attachment is no longer there." });
        if (isProgram(facts.value.name)) {
          return err({
            code: "refused",
            message: `“${facts.value.name}” can run as a program, so it is not opened from here.`,
          });
        }
        const path = await parts.opened.place(facts.value.name);
        const written = await engine.exportAttachment({ attachmentId, path });
        if (!written.ok) return exportFailed(written.error);
        await parts.opened.seal(path);
        const problem = await shell.openPath(path);
        return problem === ""
          ? ok({})
          : err({ code: "failed", message: "No program on this computer opens this kind of file." });
      },
      vault: () => ok(parts.vault.state()),
      unlock: ({ passcode }) => parts.vault.unlock(passcode),
    },
  };
}

function exportFailed(error: { readonly code: string; readonly message: string }) {
  const code = error.code === "offline" || error.code === "not-found" ? error.code : "failed";
  return err({ code: code as "offline" | "not-found" | "failed", message: error.message });
}
