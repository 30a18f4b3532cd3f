import type { Session } from "electron";

/** The window's own origin. A custom scheme, so that no file:// and no web origin is ever involved. */
export const APP_ORIGIN = "bulkhead://app";

/** What the window may load: its own files, pictures through the engine's gate, nothing else. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // The message frame (srcdoc) inherits this policy and needs the styles of the mail itself.
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob: bulkhead-picture:",
  "connect-src 'none'",
  // A link followed in the message frame must get as far as the navigation lock, which stops it and tells the
  // window; were it refused here, the frame would lose the mail. The request gate stops it a second time.
  "frame-src http: https: mailto: tel:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const ALLOWED = /^(bulkhead:\/\/app\/|bulkhead-picture:\/\/|data:|blob:bulkhead:\/\/app\/|devtools:)/;

/** One request that a window made or tried to make. */
export interface SeenRequest {
  readonly url: string;
  readonly type: string;
  readonly allowed: boolean;
}

/**
 * Closes a session: no permission, no device, no download, no spell-check download, and no request that
 * leaves the machine. Three layers, each enough: the CSP, this gate, and a proxy that leads nowhere
 * (which also keeps names from being looked up).
 */
export function applySessionRules(session: Session, onRequest?: (request: SeenRequest) => void): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.setSpellCheckerEnabled(false);
  session.on("will-download", (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    const allowed = ALLOWED.test(details.url);
    onRequest?.({ url: details.url, type: details.resourceType, allowed });
    answer({ cancel: !allowed });
  });
  void session.setProxy({
    mode: "fixed_servers",
    proxyRules: "http://127.0.0.1:1",
    proxyBypassRules: "<-loopback>",
  });
}

/** Chromium switches for the whole app; to be set before `ready`. The engine's own network code is Node's. */
export const CHROMIUM_SWITCHES: readonly (readonly [name: string, value: string])[] = [
  ["host-resolver-rules", "MAP * ~NOTFOUND"],
  ["disable-background-networking", ""],
  ["dns-prefetch-disable", ""],
  ["no-pings", ""],
  ["disable-http-cache", ""],
  ["force-webrtc-ip-handling-policy", "disable_non_proxied_udp"],
];
