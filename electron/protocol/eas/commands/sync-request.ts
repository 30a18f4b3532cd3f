import type { CollectionRequest, SyncCommand } from "../../../ports/remote.ts";
import { atLeast, type ProtocolVersion } from "../version.ts";
import { el, type WbxmlElement } from "../wbxml/index.ts";

/** The longest preview a server makes (MS-ASAIRS 2.2.2.35.1). */
const previewLength = "255";

/** A Sync of one mail collection (MS-ASCMD 2.2.1.21). */
export function syncRequest(request: CollectionRequest, version: ProtocolVersion): WbxmlElement {
  const initial = request.syncKey === "0";
  const collection = el(
    "AirSync",
    "Collection",
    el("AirSync", "SyncKey", request.syncKey),
    el("AirSync", "CollectionId", request.collectionId),
    // The first request only sets the collection up; asking for changes in it is an error (2.2.3.84).
    ...(initial
      ? []
      : [
          el("AirSync", "DeletesAsMoves", "1"),
          el("AirSync", "GetChanges", "1"),
          el("AirSync", "WindowSize", String(request.windowSize)),
        ]),
    options(request, version),
    ...(initial || request.commands.length === 0
      ? []
      : [el("AirSync", "Commands", ...request.commands.map(command))]),
  );
  return el("AirSync", "Sync", el("AirSync", "Collections", collection));
}

function options(request: CollectionRequest, version: ProtocolVersion): WbxmlElement {
  return el(
    "AirSync",
    "Options",
    el("AirSync", "FilterType", String(request.filterType)),
    // Without MIMESupport the server may choose MIME for signed mail, and bodies would not be readable text.
    el("AirSync", "MIMESupport", "0"),
    el(
      "AirSyncBase",
      "BodyPreference",
      el("AirSyncBase", "Type", "2"),
      el("AirSyncBase", "TruncationSize", String(request.bodyBytes)),
      atLeast(version, "14.0") ? el("AirSyncBase", "Preview", previewLength) : null,
    ),
  );
}

function command(change: SyncCommand): WbxmlElement {
  const serverId = el("AirSync", "ServerId", change.serverId);
  if (change.kind === "delete") return el("AirSync", "Delete", serverId);
  const { read, flagged } = change;
  return el(
    "AirSync",
    "Change",
    serverId,
    el(
      "AirSync",
      "ApplicationData",
      read === undefined ? null : el("Email", "Read", read ? "1" : "0"),
      flagged === undefined ? null : flag(flagged),
    ),
  );
}

/** An empty Flag clears; a set one must say its kind (MS-ASEMAIL 2.2.2.34 and 2.2.2.35). */
function flag(flagged: boolean): WbxmlElement {
  return flagged
    ? el("Email", "Flag", el("Email", "Status", "2"), el("Email", "FlagType", "Flag for follow up"))
    : el("Email", "Flag");
}
