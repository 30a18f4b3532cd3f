import * as v from "valibot";

/** Sizes and choices of this window that outlive it. Nothing of the mail is ever kept here. */
const RememberedSchema = v.object({
  theme: v.optional(v.picklist(["system", "light", "dark"]), "system"),
  folderWidth: v.optional(v.pipe(v.number(), v.minValue(160), v.maxValue(480)), 228),
  listWidth: v.optional(v.pipe(v.number(), v.minValue(260), v.maxValue(900)), 384),
  density: v.optional(v.picklist(["roomy", "medium", "compact"]), "roomy"),
  foldersShown: v.optional(v.boolean(), true),
});
export type Remembered = v.InferOutput<typeof RememberedSchema>;

const KEY = "window";

export interface Memory {
  read(): Remembered;
  change(part: Partial<Remembered>): void;
}

/** Reads and writes what is remembered; whatever cannot be read is as if it had never been written. */
export function createMemory(storage: Pick<Storage, "getItem" | "setItem">): Memory {
  const read = (): Remembered => {
    try {
      const parsed = v.safeParse(RememberedSchema, JSON.parse(storage.getItem(KEY) ?? "{}"));
      if (parsed.success) return parsed.output;
    } catch {
      // Not JSON: the defaults below are right.
    }
    return v.parse(RememberedSchema, {});
  };
  return {
    read,
    change: (part) => storage.setItem(KEY, JSON.stringify({ ...read(), ...part })),
  };
}
