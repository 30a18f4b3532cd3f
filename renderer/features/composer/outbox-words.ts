import type { OutboxItem } from "../../../shared/model/mail.ts";

/** How an item reads: to whom, and what it waits for. */
export function outboxWords(item: OutboxItem): { to: string; state: string } {
  const names = item.to.map((address) => address.name || address.email);
  const rest = names.length - 2;
  const to = rest > 0 ? `${names.slice(0, 2).join(", ")} and ${rest} more` : names.join(", ");
  return { to: to === "" ? "No recipients" : `To ${to}`, state: stateWords(item) };
}

function stateWords({ state, reason }: OutboxItem): string {
  if (state === "sending") return "Being sent";
  if (state === "failed") return reason ?? "The server did not take it.";
  return reason ?? "Waits to be sent";
}
