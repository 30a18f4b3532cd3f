import type { OnBeforeRequestListenerDetails, Session } from "electron";
import { describe, expect, it } from "vitest";
import {
  applySessionRules,
  CONTENT_SECURITY_POLICY,
  type SeenRequest,
} from "../../../electron/windows/session-rules.ts";

/** A session that remembers what was set on it. */
function fakeSession() {
  const kept: Record<string, unknown> = {};
  let gate: (details: OnBeforeRequestListenerDetails, answer: (reply: { cancel?: boolean }) => void) => void =
    () => {};
  let onDownload: (event: { preventDefault(): void }) => void = () => {};
  const keep = (name: string) => (value: unknown) => {
    kept[name] = value;
  };
  const session = {
    setPermissionRequestHandler: keep("request"),
    setPermissionCheckHandler: keep("check"),
    setDevicePermissionHandler: keep("device"),
    setDisplayMediaRequestHandler: keep("display"),
    setSpellCheckerEnabled: keep("spell"),
    setProxy: async (value: unknown) => keep("proxy")(value),
    on: (_name: string, listener: typeof onDownload) => {
      onDownload = listener;
    },
    webRequest: {
      onBeforeRequest: (listener: typeof gate) => {
        gate = listener;
      },
    },
  } as unknown as Session;
  const asks = (url: string): boolean => {
    let cancelled = false;
    gate({ url, resourceType: "image" } as OnBeforeRequestListenerDetails, ({ cancel }) => {
      cancelled = cancel === true;
    });
    return !cancelled;
  };
  return { session, kept, asks, download: (event: { preventDefault(): void }) => onDownload(event) };
}

describe("the session of a window", () => {
  it.each([
    "bulkhead://app/index.html",
    "bulkhead-picture://remote/x?m=1",
    "data:image/png;base64,AA",
    "blob:bulkhead://app/1",
  ])("lets %s through", (url) => {
    const { session, asks } = fakeSession();
    applySessionRules(session);
    expect(asks(url)).toBe(true);
  });

  it.each([
    "https://example.test/",
    "http://127.0.0.1:1/",
    "file:///etc/passwd",
    "ws://example.test/",
    "wss://example.test/",
    "ftp://example.test/",
    "bulkhead://evil/index.html",
    "bulkhead://app.evil/index.html",
    "blob:https://example.test/1",
    "chrome://gpu",
    "about:blank#blocked",
  ])("stops %s and tells of it", (url) => {
    const { session, asks } = fakeSession();
    const seen: SeenRequest[] = [];
    applySessionRules(session, (request) => seen.push(request));
    expect(asks(url)).toBe(false);
    expect(seen).toEqual([{ url, type: "image", allowed: false }]);
  });

  it("grants nothing, downloads nothing, and has a proxy that leads nowhere, loopback included", () => {
    const { session, kept, download } = fakeSession();
    applySessionRules(session);
    let answered: unknown = null;
    const request = kept.request as (c: unknown, p: string, answer: (granted: boolean) => void) => void;
    request(null, "notifications", (granted) => {
      answered = granted;
    });
    expect(answered).toBe(false);
    expect((kept.check as () => boolean)()).toBe(false);
    expect((kept.device as () => boolean)()).toBe(false);
    expect(kept.spell).toBe(false);
    expect(kept.proxy).toMatchObject({ mode: "fixed_servers", proxyBypassRules: "<-loopback>" });
    let prevented = false;
    download({
      preventDefault: () => {
        prevented = true;
      },
    });
    expect(prevented).toBe(true);
  });
});

describe("the content security policy", () => {
  const directives = new Map(
    CONTENT_SECURITY_POLICY.split("; ").map((text) => {
      const [name = "", ...values] = text.split(" ");
      return [name, values] as const;
    }),
  );

  it("allows the app's own scripts only, and nothing by default", () => {
    expect(directives.get("default-src")).toEqual(["'none'"]);
    expect(directives.get("script-src")).toEqual(["'self'"]);
    expect(directives.get("connect-src")).toEqual(["'none'"]);
    expect(directives.get("object-src")).toEqual(["'none'"]);
    expect(directives.get("form-action")).toEqual(["'none'"]);
    expect(directives.get("base-uri")).toEqual(["'none'"]);
    expect(directives.get("frame-ancestors")).toEqual(["'none'"]);
  });
  it("never lets a script or a picture come from the network, and evaluates nothing", () => {
    expect(CONTENT_SECURITY_POLICY).not.toContain("unsafe-eval");
    expect(directives.get("script-src")).not.toContain("'unsafe-inline'");
    expect(directives.get("img-src")).toEqual(["'self'", "data:", "blob:", "bulkhead-picture:"]);
    expect(directives.get("font-src")).toEqual(["'self'"]);
  });
});
