import type { WebContents } from "electron";
import * as v from "valibot";

const AttachedSchema = v.object({ sessionId: v.string() });
const ScriptSchema = v.object({
  executionContextAuxData: v.optional(v.object({ frameId: v.optional(v.string()) })),
});
const TreeSchema = v.object({ frameTree: v.object({ frame: v.object({ id: v.string() }) }) });

/**
 * Calls back for every script that any frame but the page itself compiles, and for every dialog of any frame,
 * also of frames that Chromium runs in a process of their own. Uses the DevTools protocol.
 */
export async function watchScripts(
  contents: WebContents,
  on: { readonly script: () => void; readonly dialog: () => void },
): Promise<void> {
  const { debugger: tools } = contents;
  tools.attach("1.3");
  const enable = async (sessionId?: string) => {
    for (const domain of ["Page", "Debugger"]) await tools.sendCommand(`${domain}.enable`, {}, sessionId);
  };
  const tree = v.parse(TreeSchema, await tools.sendCommand("Page.getFrameTree"));
  const page = tree.frameTree.frame.id;
  tools.on("message", (_event, method, params: unknown) => {
    if (method === "Page.javascriptDialogOpening") on.dialog();
    if (method === "Target.attachedToTarget") {
      // A frame may be gone before it can be watched; then it ran nothing.
      enable(v.parse(AttachedSchema, params).sessionId).catch(() => undefined);
    }
    if (method === "Debugger.scriptParsed") {
      const frame = v.parse(ScriptSchema, params).executionContextAuxData?.frameId;
      if (frame !== undefined && frame !== page) on.script();
    }
  });
  await enable();
  await tools.sendCommand("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: true,
  });
}
