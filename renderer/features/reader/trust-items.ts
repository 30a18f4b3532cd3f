import type { MessageView } from "../../../shared/model/mail.ts";
import { isExternal, nameOf, otherReplyTo } from "./reader-words.ts";
import type { TrustItem } from "./TrustStrip.tsx";

/** What is known about a message when its strip is drawn. */
export interface TrustFacts {
  readonly view: MessageView;
  readonly ownAddresses: readonly string[];
  readonly remotePictures: number;
  readonly trackers: number;
  readonly note: string | null;
  readonly picturesShown: boolean;
  readonly completing: boolean;
  readonly onShowPictures: () => void;
  readonly onComplete: () => void;
}

/** The strip's items in the order a person should meet them: who, then what is missing. */
export function trustItems(facts: TrustFacts): TrustItem[] {
  const { view } = facts;
  const items: TrustItem[] = [];
  if (isExternal(view.row.from, facts.ownAddresses)) {
    items.push({
      id: "external",
      label: "External sender",
      explanation: `${view.row.from.email} does not belong to your organisation. Take care with links, attachments and requests.`,
    });
  }
  const others = otherReplyTo(view);
  if (others.length > 0) {
    const addresses = others.map((address) => address.email).join(", ");
    items.push({
      id: "reply-to",
      label: "Replies go elsewhere",
      explanation: `The message comes from ${nameOf(view.row.from)} (${view.row.from.email}), but a reply would go to ${addresses}. Mailing lists do this, and so do impostors.`,
    });
  }
  if (facts.remotePictures > 0 && !facts.picturesShown) {
    items.push({
      id: "pictures",
      label: count(facts.remotePictures, "picture", "not loaded"),
      explanation:
        "These pictures lie on other servers. Loading them tells the sender that, when and from where you read the message.",
      action: { label: "Show pictures", pending: false, onPress: facts.onShowPictures },
    });
  }
  if (facts.trackers > 0) {
    items.push({
      id: "trackers",
      label: count(facts.trackers, "tracker", "blocked"),
      explanation:
        "The message holds pictures too small to be seen, made to report that it was opened. They are never loaded.",
    });
  }
  if (view.body.kind !== "missing" && view.body.truncated) {
    items.push({
      id: "shortened",
      label: "Shortened",
      explanation: "Only the beginning of this message was loaded from the server.",
      action: { label: "Load the whole message", pending: facts.completing, onPress: facts.onComplete },
    });
  }
  if (facts.note !== null) items.push({ id: "note", label: "Shown as text", explanation: facts.note });
  return items;
}

function count(number: number, thing: string, state: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"} ${state}`;
}
