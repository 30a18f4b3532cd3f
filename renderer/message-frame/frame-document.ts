import type { CleanBody } from "../content/index.ts";

/** How the page inside the frame is drawn. */
export interface FrameLook {
  readonly dark: boolean;
  /** Distance from the frame's edge to the text, in CSS pixels. */
  readonly inset: number;
}

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src bulkhead-picture: data:; form-action 'none'; base-uri 'none'";

/**
 * The whole document of the frame. `body` is trusted to be cleaned; the policy comes before anything of it,
 * so that it holds for all of it.
 */
export function frameDocument(body: CleanBody, look: FrameLook): string {
  const darkPage = look.dark && body.layout === "simple";
  return [
    "<!doctype html><html><head>",
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta charset="utf-8"><meta name="referrer" content="no-referrer">',
    '<meta name="viewport" content="width=device-width">',
    `<style>${pageStyle(darkPage, look)}</style>`,
    body.css === "" ? "" : `<style>${body.css}</style>`,
    `<style>${lastWord(body.layout)}</style>`,
    `</head><body><div class="bh-${body.layout}">${body.html}</div></body></html>`,
  ].join("");
}

/** Whether the frame shows a light page although the app is dark. */
export function isPaperInDark(body: CleanBody, look: FrameLook): boolean {
  return look.dark && body.layout === "designed";
}

/** What a mail may override: the app's reading style. */
function pageStyle(dark: boolean, look: FrameLook): string {
  const ink = dark ? "#e4e8ea" : "#16202a";
  const soft = dark ? "#9aa7b0" : "#56636e";
  const link = dark ? "#6cc3d5" : "#0b6478";
  const line = dark ? "#39444c" : "#d5dce1";
  const fill = dark ? "#262e34" : "#f1f4f6";
  return `
:root{color-scheme:${dark ? "dark" : "light"};scrollbar-width:thin;scrollbar-color:${dark ? "#4d5a63" : "#b9c3ca"} transparent}
body{margin:0;padding:${look.inset - 4}px ${look.inset}px ${look.inset + 8}px;color:${ink};background:transparent;
font:15px/1.55 "Segoe UI Variable Text","Segoe UI",system-ui,-apple-system,"SF Pro Text",Cantarell,"Inter Variable",Inter,sans-serif;
overflow-wrap:break-word;-webkit-font-smoothing:antialiased}
p{margin:0 0 .8em}a{color:${link};text-underline-offset:2px}hr{border:0;border-top:1px solid ${line}}
pre,code,kbd,samp,tt{font-family:ui-monospace,"Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
pre{white-space:pre-wrap}blockquote{margin:.6em 0;padding:0 0 0 12px;border-left:2px solid ${line};color:${soft}}
table{font-size:inherit}
.bh-lines{white-space:pre-wrap}
.bh-quote{margin:12px 0}
.bh-quote>summary{display:inline-block;list-style:none;cursor:pointer;padding:2px 10px;border-radius:6px;font-size:13px;
color:${soft};background:${fill};border:1px solid ${line};user-select:none}
.bh-quote>summary::-webkit-details-marker{display:none}
.bh-quote>summary::before{content:"\\203A";display:inline-block;margin-right:6px}
.bh-quote[open]>summary::before{transform:rotate(90deg)}
.bh-quote[open]>summary{margin-bottom:10px}
.bh-quote>summary:hover{color:${ink}}
:focus-visible{outline:2px solid ${link};outline-offset:2px;border-radius:4px}
.bh-picture{display:inline-block;box-sizing:border-box;min-width:22px;min-height:22px;max-width:100%;overflow:hidden;
vertical-align:middle;padding:2px 8px;border:1px dashed ${line};border-radius:4px;background:${fill};color:${soft};
font:12px/1.4 system-ui,sans-serif;text-align:left}
@media print{body{padding:0}}`;
}

/** What no mail may override: it has to fit the window. */
function lastWord(layout: CleanBody["layout"]): string {
  const column = layout === "simple" ? ".bh-simple{max-width:76ch}" : "";
  return `html{overflow:auto!important;height:auto!important}body{min-height:0!important;height:auto!important}
img{max-width:100%!important}img:not([height]){height:auto}${column}`;
}
