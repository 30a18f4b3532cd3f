import * as v from "valibot";
import { type MessageView, MessageViewSchema } from "../../../shared/model/mail.ts";

const ACCOUNT = "11111111-1111-4111-8111-111111111111";
const DAY = Date.UTC(2026, 10, 20, 9, 30);

type ViewInput = v.InferInput<typeof MessageViewSchema>;

/** A message to be read, with everything a test does not care about filled in. */
export function makeView(
  over: Partial<Omit<ViewInput, "row">> & { row?: Partial<ViewInput["row"]> } = {},
): MessageView {
  const { row, ...rest } = over;
  return v.parse(MessageViewSchema, {
    to: [{ name: "Mara Lind", email: "mara.lind@harbour.example" }],
    cc: [],
    replyTo: [],
    body: { kind: "text", text: "Hello Mara,\n\nsee you at ten.\n\nTom", truncated: false },
    attachments: [],
    meeting: null,
    ...rest,
    row: {
      id: 1,
      accountId: ACCOUNT,
      folderId: 1,
      from: { name: "Tom Falk", email: "tom.falk@harbour.example" },
      to: "Mara Lind",
      subject: "Handover of berth 4",
      preview: "",
      date: DAY,
      unread: false,
      flagged: false,
      attachments: false,
      invitation: false,
      answered: "none",
      pending: false,
      ...row,
    },
  });
}

const html = (text: string) => ({ kind: "html" as const, html: text, truncated: false });

const LONG_QUOTE = Array.from(
  { length: 9 },
  (_, i) => `<p>${i + 1}. The crane on the north quay stays closed until the inspection has been signed.</p>`,
).join("");

const NEWSLETTER = `<html><head><style><!--
 body{margin:0;background:#eef2f4} .h{font:bold 26px Georgia,serif;color:#fff} @media(max-width:480px){.h{font-size:20px}} --></style></head>
<body bgcolor="#eef2f4"><table width="100%" bgcolor="#eef2f4" cellpadding="0" cellspacing="0"><tr><td align="center">
<table width="600" cellpadding="24" cellspacing="0" bgcolor="#ffffff"><tr><td bgcolor="#12425a" background="https://news.example/bg.png"><div class="h">The Harbour Letter</div>
<div style="color:#bcd6e2;font:13px Arial">November 2026, number 41</div></td></tr>
<tr><td><img src="https://news.example/hero.jpg" width="552" height="200" alt="The new pilot boat at the east pier"><h2 style="font:bold 20px Georgia">A quieter pilot boat</h2>
<p style="font:15px/1.5 Arial;color:#333">After two years of planning the electric boat has taken up its work. It runs for nine hours on one charge.</p>
<a href="https://news.example/boat" style="display:inline-block;background:#0a6378;color:#fff;padding:10px 18px;border-radius:4px;text-decoration:none;font:bold 14px Arial">Read the story</a></td></tr>
<tr><td style="color:#778;font:12px Arial">You get this letter because you work in the harbour. <a href="https://news.example/u">Unsubscribe</a></td></tr></table>
</td></tr></table><img src="https://news.example/open.gif?u=4711" width="1" height="1"></body></html>`;

/** One message of each kind a reader meets, by name. */
export const VIEWS: Readonly<Record<string, MessageView>> = {
  text: makeView({
    body: {
      kind: "text",
      truncated: false,
      text: `Hello Mara,\n\nthe handover starts at ten at the east pier. The list is at https://wiki.harbour.example/handover (pages 3 and 4), questions to pier@harbour.example.\n\nTom\n\n> Can we move it by an hour?\n> The tug is late.\n\n${Array.from({ length: 12 }, (_, i) => `> > Line ${i + 1} of what was written before`).join("\n")}`,
    },
  }),
  newsletter: makeView({
    row: {
      subject: "The Harbour Letter: a quieter pilot boat",
      from: { name: "Harbour Letter", email: "letter@news.example" },
    },
    replyTo: [{ name: "", email: "bounce-4711@mailer.example" }],
    body: { kind: "html", html: NEWSLETTER, truncated: true },
  }),
  quote: makeView({
    row: { subject: "Re: Inspection of the north quay", flagged: true },
    cc: [
      { name: "Ada Berg", email: "ada.berg@harbour.example" },
      { name: "Jon Vik", email: "jon.vik@harbour.example" },
      { name: "", email: "quay-office@harbour.example" },
      { name: "Lena Holm", email: "lena.holm@harbour.example" },
    ],
    body: html(
      `<div style="font-family:Calibri;color:#1F497D"><p>Dear Mara,</p><p>signed this morning, see the table. Please check <a href="https://login.evil.example/x">intranet.harbour.example</a> before noon.</p><table border="1" style="border-collapse:collapse"><tr style="background:#DDEBF7"><th>Berth</th><th>Depth</th><th>Free from</th></tr><tr><td>4</td><td>9.5 m</td><td>Monday</td></tr></table><p><span style="background:yellow">Berth 5 stays closed.</span></p><p>Ada</p></div><hr><div id="divRplyFwdMsg"><b>From:</b> Mara Lind<br><b>Subject:</b> Inspection</div><div>${LONG_QUOTE}</div>`,
    ),
  }),
  files: makeView({
    row: { subject: "Plans and figures for the board", attachments: true, unread: true },
    attachments: [
      {
        id: 1,
        name: "Berth plan 2027.pdf",
        type: "application/pdf",
        size: 2_410_000,
        inline: false,
        contentId: null,
        state: "stored",
      },
      {
        id: 2,
        name: "Figures.xlsx",
        type: "application/octet-stream",
        size: 84_300,
        inline: false,
        contentId: null,
        state: "remote",
      },
      {
        id: 3,
        name: "A very long file name that somebody thought was a good idea (final, corrected).docx",
        type: "application/msword",
        size: 812,
        inline: false,
        contentId: null,
        state: "remote",
      },
      {
        id: 4,
        name: "quay.zip",
        type: "application/zip",
        size: 18_400_000,
        inline: false,
        contentId: null,
        state: "remote",
      },
    ],
  }),
  invitation: makeView({
    row: { subject: "Invitation: Safety round", invitation: true },
    meeting: {
      start: Date.UTC(2026, 10, 25, 9),
      end: Date.UTC(2026, 10, 25, 10, 30),
      allDay: false,
      location: "Pier office, room 2",
      organizer: { name: "Ada Berg", email: "ada.berg@harbour.example" },
    },
    body: html("<p>Agenda:</p><ul><li>North quay</li><li>Winter gear</li></ul>"),
  }),
  offline: makeView({ body: { kind: "missing", reason: "offline" } }),
  loading: makeView({ body: { kind: "missing", reason: "loading" } }),
  empty: makeView({ row: { subject: " " }, body: { kind: "text", text: "\n", truncated: false } }),
};
