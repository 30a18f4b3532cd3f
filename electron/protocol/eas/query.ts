import type { ProtocolVersion } from "./version.ts";

/** Commands with their codes in the base64 query (MS-ASHTTP 2.2.1.1.1.1.2). */
export const commandCodes = {
  Sync: 0,
  SendMail: 1,
  SmartForward: 2,
  SmartReply: 3,
  FolderSync: 9,
  MoveItems: 13,
  GetItemEstimate: 14,
  Ping: 18,
  ItemOperations: 19,
  Provision: 20,
} as const;
export type CommandName = keyof typeof commandCodes;

/** What the query of a request says. */
export interface QueryFacts {
  readonly command: CommandName;
  readonly version: ProtocolVersion;
  readonly user: string;
  readonly deviceId: string;
  readonly deviceType: string;
  /** Decimal; "0" for none. */
  readonly policyKey: string;
  /** 12.1 only, where the message is the whole body: keep a copy in Sent Items. */
  readonly saveInSent?: boolean;
}

/** The readable form (MS-ASHTTP 2.2.1.1.1.2); version and policy key travel as headers with it. */
export function plainQuery(facts: QueryFacts): string {
  const { command, user, deviceId, deviceType } = facts;
  const query = new URLSearchParams({ Cmd: command, User: user, DeviceId: deviceId, DeviceType: deviceType });
  if (facts.saveInSent === true) query.set("SaveInSent", "T");
  return query.toString().replaceAll("+", "%20");
}

/** US English, little-endian: servers want a locale and do nothing with it that we could notice. */
const locale = [0x09, 0x04];
const optionsTag = 7;
const userTag = 8;
const saveInSentOption = 1;

/**
 * The base64 form (MS-ASHTTP 2.2.1.1.1.1): version, command, locale, device id, policy key, device type,
 * then tagged parameters, each with a length byte. It carries version and policy key itself.
 */
export function base64Query(facts: QueryFacts): string {
  const counted = (text: string) => {
    const bytes = new TextEncoder().encode(text).subarray(0, 255);
    return [bytes.length, ...bytes];
  };
  const key = Number(facts.policyKey);
  const policyKey =
    key === 0 ? [0] : [4, key & 0xff, (key >>> 8) & 0xff, (key >>> 16) & 0xff, (key >>> 24) & 0xff];
  const bytes = [
    Math.round(Number(facts.version) * 10),
    commandCodes[facts.command],
    ...locale,
    ...counted(facts.deviceId),
    ...policyKey,
    ...counted(facts.deviceType),
    ...(facts.saveInSent === true ? [optionsTag, 1, saveInSentOption] : []),
    userTag,
    ...counted(facts.user),
  ];
  return Buffer.from(bytes).toString("base64");
}
