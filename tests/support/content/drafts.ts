import * as v from "valibot";
import { type Draft, DraftSchema, type OutboxItem, OutboxItemSchema } from "../../../shared/model/mail.ts";

const ACCOUNT = "11111111-1111-4111-8111-111111111111";

type DraftInput = v.InferInput<typeof DraftSchema>;

function makeDraft(over: Partial<DraftInput>): Draft {
  return v.parse(DraftSchema, {
    id: 1,
    accountId: ACCOUNT,
    mode: "new",
    sourceId: null,
    to: [],
    cc: [],
    bcc: [],
    subject: "",
    html: "",
    attachments: [],
    savedAt: 1,
    ...over,
  });
}

const TOM = { name: "Tom Falk", email: "tom.falk@harbour.example" };

/** Drafts as the engine starts them, by name. */
export const DRAFTS: Readonly<Record<string, Draft>> = {
  new: makeDraft({}),
  reply: makeDraft({
    mode: "reply-all",
    sourceId: 1,
    to: [TOM, { name: "Letters", email: "letter@news.example" }],
    cc: [{ name: "", email: "not an address" }],
    subject: "Re: Handover of berth 4",
    html: `<p></p><p>On Friday, 20 November 2026 at 09:30, Tom Falk wrote:</p><blockquote type="cite"><div style="color:#1F497D;font-family:Calibri">Hello Mara,<script>parent.hit=1</script><table border=1 style="border-collapse:collapse"><tr style="background:#DDEBF7"><th>Berth</th><th>Depth</th></tr><tr><td>4</td><td>9.5 m</td></tr></table><img src="https://x.example/logo.png" width="120" height="40" alt="Logo" onerror="parent.hit=1"><p>see you at ten.</p></div></blockquote>`,
  }),
  written: makeDraft({
    to: [TOM],
    subject: "Plan",
    html: "<p>Please find the plan <strong>attached</strong>.</p>",
  }),
  files: makeDraft({
    mode: "forward",
    sourceId: 1,
    to: [TOM],
    subject: "Fwd: Plans",
    html: '<p></p><p>Forwarded message</p><p><b>From:</b> Ada</p><blockquote type="cite">See the files.</blockquote>',
    attachments: [
      { id: 1, name: "Berth plan 2027.pdf", type: "application/pdf", size: 2_410_000 },
      { id: 2, name: "Figures.xlsx", type: "", size: 84_300 },
    ],
  }),
};

/** One outbox item of each state. */
export const OUTBOX: readonly OutboxItem[] = v.parse(v.array(OutboxItemSchema), [
  {
    id: 1,
    accountId: ACCOUNT,
    subject: "Re: Handover of berth 4",
    to: [TOM],
    queuedAt: 1,
    state: "sending",
    reason: null,
  },
  {
    id: 2,
    accountId: ACCOUNT,
    subject: "Winter gear",
    to: [TOM, TOM, TOM],
    queuedAt: 2,
    state: "queued",
    reason: "Waits until the server can be reached",
  },
  {
    id: 3,
    accountId: ACCOUNT,
    subject: "",
    to: [{ name: "", email: "gone@other.example" }],
    queuedAt: 3,
    state: "failed",
    reason: "The server refused the address gone@other.example.",
  },
]);
