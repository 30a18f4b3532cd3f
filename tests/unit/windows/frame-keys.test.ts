import type { Input, WebContents, WebFrameMain } from "electron";
import { describe, expect, it } from "vitest";
import { type FrameKey, forwardFrameKeys, frameKey } from "../../../electron/windows/frame-keys.ts";

function input(change: Partial<Input> = {}): Input {
  return {
    type: "keyDown",
    key: "r",
    code: "KeyR",
    isAutoRepeat: false,
    isComposing: false,
    shift: false,
    control: false,
    alt: false,
    meta: false,
    location: 0,
    modifiers: [],
    ...change,
  };
}

describe("frameKey", () => {
  it("speaks as the window's own key events do", () => {
    expect(frameKey(input({ control: true, shift: true }))).toEqual({
      key: "r",
      ctrlKey: true,
      metaKey: false,
      altKey: false,
      shiftKey: true,
    });
  });
  it.each([{ type: "keyUp" }, { isComposing: true }, { isAutoRepeat: true }] as const)(
    "ignores %j",
    (change) => {
      expect(frameKey(input(change))).toBeNull();
    },
  );
});

describe("forwardFrameKeys", () => {
  const main = {} as WebFrameMain;
  const mail = {} as WebFrameMain;

  function listen(focusedFrame: WebFrameMain | null) {
    let press: (event: unknown, input: Input) => void = () => {};
    const contents = {
      mainFrame: main,
      focusedFrame,
      on: (_name: string, listener: typeof press) => {
        press = listener;
      },
    } as unknown as WebContents;
    const heard: FrameKey[] = [];
    forwardFrameKeys(contents, (key) => heard.push(key));
    return { heard, press: (change: Partial<Input>) => press({}, input(change)) };
  }

  it("tells what was pressed while a mail holds the focus", () => {
    const { heard, press } = listen(mail);
    press({ key: "j" });
    press({ key: "j", type: "keyUp" });
    expect(heard.map(({ key }) => key)).toEqual(["j"]);
  });
  it.each([
    ["the window itself", main],
    ["nothing", null],
  ] as const)("is silent while %s holds it", (_name, frame) => {
    const { heard, press } = listen(frame);
    press({ key: "j" });
    expect(heard).toEqual([]);
  });
});
