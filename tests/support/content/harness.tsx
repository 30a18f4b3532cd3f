import { createRoot } from "react-dom/client";
import { cleanHtml, cleanText } from "../../../renderer/content/index.ts";
import { MessageFrame } from "../../../renderer/message-frame/MessageFrame.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("The harness page has no root");
const reactRoot = createRoot(root);

type Options = Parameters<typeof cleanHtml>[1];

/** What the tests call inside the page. */
const harness = {
  cleanHtml,
  cleanText,
  show(html: string, options: Options) {
    const body = cleanHtml(html, options);
    document.body.style.background = options.dark ? "#161b1f" : "#ffffff";
    reactRoot.render(<MessageFrame body={body} dark={options.dark} inset={24} title="Message" />);
    return body;
  },
  showText(text: string, dark: boolean) {
    document.body.style.background = dark ? "#161b1f" : "#ffffff";
    reactRoot.render(<MessageFrame body={cleanText(text)} dark={dark} inset={24} title="Message" />);
  },
};
export type Harness = typeof harness;

Object.assign(window, { harness });
