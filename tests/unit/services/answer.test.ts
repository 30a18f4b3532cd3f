import { describe, expect, it } from "vitest";
import { answerContent, answerRecipients, answerSubject } from "../../../electron/services/answer.ts";
import type { MessageView } from "../../../shared/model/mail.ts";
import { messageView } from "../../support/mail.ts";

const ada = { name: "Ada Berg", email: "ada@example.test" };
const bo = { name: "Bo", email: "bo@example.test" };
const cy = { name: "", email: "cy@example.test" };
const me = { name: "Me", email: "Me@Example.test" };
const OWN = "me@example.test";
const formatDate = () => "Friday, 20 November 2026 at 14:05";

function view(change: Partial<MessageView> & { from?: typeof ada } = {}): MessageView {
  const base = messageView({ from: change.from ?? ada, subject: "Budget <draft>" });
  return { ...base, to: [me, bo], cc: [cy], ...change };
}

describe("answerSubject", () => {
  it.each([
    ["reply", "Budget", "Re: Budget"],
    ["reply", "Re: Budget", "Re: Budget"],
    ["reply", "RE: re: AW: Budget", "Re: Budget"],
    ["reply-all", "Re[4]: Budget", "Re: Budget"],
    ["reply", "Fwd: Budget", "Re: Fwd: Budget"],
    ["forward", "Budget", "Fwd: Budget"],
    ["forward", "WG: Fwd: Budget", "Fwd: Budget"],
    ["forward", "Re: Budget", "Fwd: Re: Budget"],
    ["reply", "", "Re: "],
    ["reply", "Reply needed: Budget", "Re: Reply needed: Budget"],
    ["new", "Re: kept", "Re: kept"],
  ] as const)("%s of “%s” is “%s”", (mode, subject, expected) => {
    expect(answerSubject(mode, subject)).toBe(expected);
  });

  it("stops peeling a subject made of nothing but prefixes", () => {
    expect(answerSubject("reply", "Re: ".repeat(5000)).length).toBeLessThan(5000 * 4);
  });
});

describe("answerRecipients", () => {
  it("answers the author", () => {
    expect(answerRecipients("reply", view(), OWN)).toEqual({ to: [ada], cc: [] });
  });
  it("answers where the author wants answers", () => {
    expect(answerRecipients("reply", view({ replyTo: [bo] }), OWN)).toEqual({ to: [bo], cc: [] });
  });
  it("answers all but ourselves, each once, whatever the case of the address", () => {
    const twice = view({ cc: [cy, { name: "B", email: "BO@example.test" }, me] });
    expect(answerRecipients("reply-all", twice, OWN)).toEqual({ to: [ada, bo], cc: [cy] });
  });
  it("goes on talking to the same people when the message was ours", () => {
    expect(answerRecipients("reply", view({ from: me, to: [bo, cy], cc: [] }), OWN)).toEqual({
      to: [bo, cy],
      cc: [],
    });
  });
  it("lets us write to ourselves when nobody else is there", () => {
    expect(answerRecipients("reply", view({ from: me, to: [me], cc: [] }), OWN).to).toEqual([me]);
  });
  it("leaves a forward without recipients", () => {
    expect(answerRecipients("forward", view(), OWN)).toEqual({ to: [], cc: [] });
  });
  it("skips recipients without an address", () => {
    const odd = view({ to: [{ name: "undisclosed", email: " " }], cc: [] });
    expect(answerRecipients("reply-all", odd, OWN)).toEqual({ to: [ada], cc: [] });
  });
});

describe("answerContent", () => {
  it("is empty for a new message", () => {
    expect(answerContent("new", null, OWN, formatDate)).toEqual({
      to: [],
      cc: [],
      bcc: [],
      subject: "",
      html: "",
    });
  });
  it("quotes the body without the document around it", () => {
    const html = "<html><head><title>x</title></head><BODY class=a><p>Hello</p></BODY></html>";
    const { html: quoted } = answerContent(
      "reply",
      view({ body: { kind: "html", html, truncated: false } }),
      OWN,
      formatDate,
    );
    expect(quoted).toContain("On Friday, 20 November 2026 at 14:05, Ada Berg wrote:");
    expect(quoted).toContain('<blockquote type="cite"><p>Hello</p></blockquote>');
    expect(quoted).not.toContain("title");
  });
  it("escapes what the original says in plain text", () => {
    const text = "1 < 2 & <script>x</script>\r\nnext";
    const { html } = answerContent(
      "reply",
      view({ body: { kind: "text", text, truncated: false } }),
      OWN,
      formatDate,
    );
    expect(html).toContain("1 &lt; 2 &amp; &lt;script&gt;x&lt;/script&gt;<br>next");
  });
  it("puts the original's header above a forward, escaped", () => {
    const { html, subject } = answerContent("forward", view(), OWN, formatDate);
    expect(subject).toBe("Fwd: Budget <draft>");
    expect(html).toContain("<b>From:</b> Ada Berg &lt;ada@example.test&gt;");
    expect(html).toContain("<b>Subject:</b> Budget &lt;draft&gt;");
    expect(html).toContain("<b>Cc:</b> cy@example.test");
  });
  it("can answer a message whose body is not here", () => {
    const missing = view({ body: { kind: "missing", reason: "offline" } });
    expect(answerContent("reply", missing, OWN, formatDate).html).toContain("wrote:");
  });
});
