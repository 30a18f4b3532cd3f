import { airNotify } from "./air-notify.ts";
import { airSync } from "./air-sync.ts";
import { airSyncBase } from "./air-sync-base.ts";
import { calendar } from "./calendar.ts";
import { composeMail } from "./compose-mail.ts";
import { contacts } from "./contacts.ts";
import { contacts2 } from "./contacts2.ts";
import { documentLibrary } from "./document-library.ts";
import { email } from "./email.ts";
import { email2 } from "./email2.ts";
import { find } from "./find.ts";
import { folderHierarchy } from "./folder-hierarchy.ts";
import { gal } from "./gal.ts";
import { getItemEstimate } from "./get-item-estimate.ts";
import { itemOperations } from "./item-operations.ts";
import { meetingResponse } from "./meeting-response.ts";
import { move } from "./move.ts";
import { notes } from "./notes.ts";
import { ping } from "./ping.ts";
import { provision } from "./provision.ts";
import { resolveRecipients } from "./resolve-recipients.ts";
import { rightsManagement } from "./rights-management.ts";
import { search } from "./search.ts";
import { settings } from "./settings.ts";
import { tasks } from "./tasks.ts";
import { validateCert } from "./validate-cert.ts";

const pages = [
  airSync,
  contacts,
  email,
  airNotify,
  calendar,
  move,
  getItemEstimate,
  folderHierarchy,
  meetingResponse,
  tasks,
  resolveRecipients,
  validateCert,
  contacts2,
  ping,
  provision,
  search,
  gal,
  airSyncBase,
  settings,
  documentLibrary,
  itemOperations,
  composeMail,
  email2,
  notes,
  rightsManagement,
  find,
] as const;

type Page = (typeof pages)[number];

/** Namespaces as MS-ASWBXML names its code pages: "AirSync", "Email", "AirSyncBase" ... */
export type Namespace = Page["namespace"];
type PageOf<N extends Namespace> = Extract<Page, { namespace: N }>;
/** The element names of one code page. */
export type TagName<N extends Namespace> = PageOf<N>["tags"][keyof PageOf<N>["tags"]] & string;

interface CodePage {
  readonly page: number;
  readonly namespace: string;
  readonly nameOf: ReadonlyMap<number, string>;
  readonly tokenOf: ReadonlyMap<string, number>;
}

function codePage({ page, namespace, tags }: Page): CodePage {
  const entries = Object.entries(tags).map(([token, name]): [number, string] => [Number(token), name]);
  return {
    page,
    namespace,
    nameOf: new Map(entries),
    tokenOf: new Map(entries.map(([token, name]) => [name, token])),
  };
}

/** The 26 code pages, by number. */
export const codePages: readonly CodePage[] = pages.map(codePage);

/** The same pages by namespace, for readers of XML (`inspect`) and the stand-in server. */
export const codePageByNamespace: ReadonlyMap<string, CodePage> = new Map(
  codePages.map((page) => [page.namespace, page]),
);
