/** "812 bytes", "34 KB", "1.2 MB": decimal units, as file managers show them. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
  const unit = bytes < 999_950_000 ? ([1e6, "MB"] as const) : ([1e9, "GB"] as const);
  return `${(bytes / unit[0]).toFixed(1).replace(/\.0$/, "")} ${unit[1]}`;
}

/** A long name with its middle left out, so that the beginning and the extension stay. */
export function shortName(name: string, max: number): string {
  if (name.length <= max) return name;
  const tail = Math.min(12, Math.floor(max / 3));
  return `${name.slice(0, max - tail - 1)}…${name.slice(-tail)}`;
}
