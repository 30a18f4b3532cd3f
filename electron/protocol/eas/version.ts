/** The protocol versions we speak, best first. */
export const protocolVersions = ["16.1", "16.0", "14.1", "14.0", "12.1"] as const;
export type ProtocolVersion = (typeof protocolVersions)[number];

export function isProtocolVersion(text: string | null): text is ProtocolVersion {
  return protocolVersions.some((version) => version === text);
}

export function atLeast(version: ProtocolVersion, least: ProtocolVersion): boolean {
  return protocolVersions.indexOf(version) <= protocolVersions.indexOf(least);
}

/** The best version that both sides speak, from an MS-ASProtocolVersions header; null when there is none. */
export function negotiate(header: string): ProtocolVersion | null {
  const offered = new Set(header.split(",").map((version) => version.trim()));
  return protocolVersions.find((version) => offered.has(version)) ?? null;
}
