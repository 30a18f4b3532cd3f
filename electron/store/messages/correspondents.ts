import type { Address } from "../../../shared/model/mail.ts";
import type { RemoteMessageFields } from "../../ports/remote.ts";
import type { Db } from "../db/database.ts";
import { folded } from "../search-text.ts";

/** Addresses of one message beyond this are a list, not correspondents. */
const MAX_PER_MESSAGE = 20;
const MAX_LENGTH = 320;

/** Whom the user writes to and hears from, for suggestions. */
export interface Correspondents {
  /** Within the caller's transaction. */
  note(place: { account: number; role: string }, message: RemoteMessageFields, date: number): void;
  suggest(text: string, limit: number): Address[];
}

export function correspondents(db: Db): Correspondents {
  const put = db.sql.prepare<Record<string, string | number>>(
    `INSERT INTO correspondents (account, email, name, folded, written, seen, last_at) VALUES (@account, @email, @name, @words, @written, @seen, @date)
     ON CONFLICT (account, email) DO UPDATE SET written = written + @written, seen = seen + @seen,
       name = CASE WHEN @name <> '' AND @date >= last_at THEN @name ELSE name END,
       folded = CASE WHEN @name <> '' AND @date >= last_at THEN @words ELSE folded END,
       last_at = max(last_at, @date)`,
  );
  const find = db.sql.prepare<[string, number], Address>(
    `SELECT name, email FROM correspondents WHERE instr(folded, ?) > 0
     GROUP BY email ORDER BY sum(written) > 0 DESC, sum(written) * 5 + sum(seen) DESC, max(last_at) DESC, email LIMIT ?`,
  );

  return {
    note(place, message, date) {
      const written = place.role === "sent";
      if (place.role === "junk" || place.role === "drafts") return;
      const people = written ? [...(message.to ?? []), ...(message.cc ?? [])] : (message.from ?? []);
      for (const person of people.slice(0, MAX_PER_MESSAGE)) {
        const email = person.email.trim().toLowerCase().slice(0, MAX_LENGTH);
        if (!email.includes("@")) continue;
        const name = person.name.trim().slice(0, MAX_LENGTH);
        // Each word begins after a blank, so that one search finds beginnings of words only.
        const words = ` ${folded(name).replace(/[\s"'(),.]+/g, " ")} ${folded(email)}`;
        put.run({
          account: place.account,
          email,
          name,
          words,
          written: Number(written),
          seen: Number(!written),
          date,
        });
      }
    },
    suggest(text, limit) {
      const wanted = folded(text).trim().replace(/\s+/g, " ");
      return wanted === "" ? [] : find.all(` ${wanted}`, limit);
    },
  };
}
