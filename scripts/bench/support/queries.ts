/** Queries as people type them, each at most once. */
export interface Queries {
  /** The first two to four letters of a word. */
  readonly typed: readonly string[];
  /** Two words that occur together, and the beginning of a third. */
  readonly complex: readonly string[];
}

/** Draws queries from the words of subjects; fewer than `count` where the words do not suffice. */
export function drawQueries(subjects: readonly string[], count: number, fraction: () => number): Queries {
  const typed = new Set<string>();
  const complex = new Set<string>();
  // Some drawings repeat a query or find a short subject.
  for (let attempt = 0; attempt < count * 50; attempt += 1) {
    const words = wordsOf(subjects[Math.floor(fraction() * subjects.length)] ?? "");
    const [first, second, third] = words;
    const picked = words[Math.floor(fraction() * words.length)];
    if (picked !== undefined && typed.size < count)
      typed.add(picked.slice(0, 2 + Math.floor(fraction() * 3)));
    if (first !== undefined && second !== undefined && third !== undefined && complex.size < count)
      complex.add(`${first} ${second} ${third.slice(0, 3)}`);
    if (typed.size === count && complex.size === count) break;
  }
  return { typed: [...typed], complex: [...complex] };
}

/** Different words of four letters or more, in lower case. */
function wordsOf(subject: string): string[] {
  return [...new Set(subject.toLowerCase().match(/\p{Script=Latin}{4,}/gu) ?? [])];
}
