/**
 * Undoes `format=flowed` (RFC 3676): lines that end in a space are joined with the next of the same quote depth.
 * Quote marks are kept once per paragraph. `delSp` says that the trailing space is not part of the text.
 */
export function unflow(text: string, delSp: boolean): string {
  const out: string[] = [];
  let paragraph: string[] = [];
  let paragraphDepth = 0;
  let open = false;
  const finish = () => {
    if (open) out.push(withQuotes(paragraphDepth, paragraph.join("")));
    paragraph = [];
    open = false;
  };
  for (const raw of text.split("\n")) {
    const depth = quoteDepth(raw);
    let line = raw.slice(depth);
    if (line.startsWith(" ")) line = line.slice(1);
    if (open && depth !== paragraphDepth) finish();
    // A signature's mark ends in a space and flows nowhere.
    if (line === "-- ") {
      finish();
      out.push(withQuotes(depth, line));
      continue;
    }
    const flows = line.endsWith(" ");
    paragraph.push(flows && delSp ? line.slice(0, -1) : line);
    paragraphDepth = depth;
    open = true;
    if (!flows) finish();
  }
  finish();
  return out.join("\n");
}

function quoteDepth(line: string): number {
  let depth = 0;
  while (line[depth] === ">") depth += 1;
  return depth;
}

function withQuotes(depth: number, line: string): string {
  return depth === 0 ? line : `${">".repeat(depth)} ${line}`;
}
