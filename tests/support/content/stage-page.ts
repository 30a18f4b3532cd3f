import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import type { DraftContent } from "../../../shared/model/mail.ts";
import type { MadeCall } from "./fake-host.ts";
import { openTestPage, type Seen, takeSeen } from "./launch.ts";
import type { Stage } from "./stage.tsx";

/** One feature at a time, in a real window over an engine that answers from a table. */
export interface StagePage {
  readonly page: Page;
  theme(name: "light" | "dark"): Promise<void>;
  reader(name: string, selectedCount?: number): Promise<void>;
  composer(name: string, offline?: boolean): Promise<void>;
  outbox(name: "full" | "empty"): Promise<void>;
  /** Payloads of the calls by one name since the feature was put on. */
  calls(name: string): Promise<unknown[]>;
  /** What the feature handed up since it was put on. */
  outcomes(): Promise<unknown[]>;
  sentContents(): Promise<[DraftContent]>;
  announceMain(event: string, payload: unknown): Promise<void>;
  /** Pastes text into what has the focus. */
  paste(text: string): Promise<void>;
  /** Drops a file of this many bytes onto the composer. */
  drop(name: string, size: number): Promise<void>;
  /** What axe finds wrong, as rule and element. */
  violations(): Promise<string[]>;
  seen(): Promise<Seen>;
  close(): Promise<void>;
}

export async function openStage(): Promise<StagePage> {
  const { app, page, close } = await openTestPage("stage.html");
  const call = <T>(name: keyof Stage, ...args: unknown[]): Promise<T> =>
    page.evaluate(`window.stage[${JSON.stringify(name)}](...${JSON.stringify(args)})`);
  const calls = async (name: string) => {
    const made = await call<MadeCall[]>("calls");
    return made.filter((one) => one.name === name).map((one) => one.payload);
  };
  return {
    page,
    theme: (name) => call("theme", name),
    reader: (name, selectedCount = 0) => call("reader", name, selectedCount),
    async composer(name, offline = false) {
      await call("composer", name, offline);
      await page.locator(".composer-head, .empty").waitFor();
    },
    outbox: (name) => call("outbox", name),
    calls,
    outcomes: () => call("actions"),
    async sentContents() {
      const made = await call<{ name: string; payload: { content: DraftContent } }[]>("calls");
      const [first] = made.filter((one) => one.name === "compose.send");
      if (first === undefined) throw new Error("Nothing was sent");
      return [first.payload.content];
    },
    announceMain: (event, payload) => call("announceMain", event, payload),
    paste: (text) =>
      page.evaluate((data) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", data);
        const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
        document.activeElement?.dispatchEvent(event);
      }, text),
    drop: (name, size) =>
      page.evaluate(
        ([fileName, bytes]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([new Uint8Array(bytes)], fileName, { type: "application/pdf" }));
          const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
          document.querySelector(".editor-text")?.dispatchEvent(event);
        },
        [name, size] as const,
      ),
    async violations() {
      const found = await new AxeBuilder({ page })
        .setLegacyMode()
        .exclude("iframe")
        .exclude("[data-live-announcer]")
        .analyze();
      return found.violations.flatMap((rule) =>
        rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`),
      );
    },
    seen: () => takeSeen(app),
    close,
  };
}
