/** Something worth asking about before a message goes out. */
export interface Doubt {
  readonly id: "no-subject" | "no-attachment";
  readonly question: string;
}

/** "Attached" in the languages our people write; as a whole word, or as the stem of one. */
const ATTACHED =
  /(?<!\p{L})(?:attach(?:ed|ment|ments|ing)?|enclosed|angehängt|anhang|anbei|im anhang|beigefügt|ci-joint|pièces? jointes?|adjunto|allegat[oi]|bijlage|bifogad|vedlagt|bilagt|liitteenä)(?!\p{L})/iu;

/**
 * What to ask before sending. `text` is what the person wrote, without the quoted original, which may speak
 * of its own attachments.
 */
export function doubtsAbout(draft: {
  readonly subject: string;
  readonly text: string;
  readonly attachments: number;
}): Doubt[] {
  const doubts: Doubt[] = [];
  if (draft.subject.trim() === "") {
    doubts.push({ id: "no-subject", question: "This message has no subject." });
  }
  if (draft.attachments === 0 && ATTACHED.test(`${draft.subject}\n${draft.text}`)) {
    doubts.push({ id: "no-attachment", question: "You mention an attachment, but nothing is attached." });
  }
  return doubts;
}

/** Whether a draft holds nothing worth keeping. */
export function isEmptyDraft(draft: {
  readonly people: number;
  readonly subject: string;
  readonly text: string;
  readonly attachments: number;
  readonly quoted: boolean;
}): boolean {
  return (
    draft.people === 0 &&
    draft.attachments === 0 &&
    !draft.quoted &&
    draft.subject.trim() === "" &&
    draft.text.trim() === ""
  );
}
