import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type HttpResponse, TransportError } from "../../../electron/ports/transport.ts";
import { get, httpServer, httpsServer, rawServer, selfSigned, text, transport } from "./server.ts";

async function answered(result: ReturnType<ReturnType<typeof transport>["request"]>): Promise<HttpResponse> {
  const settled = await result;
  if (!settled.ok) throw new Error(`${settled.error.kind}: ${settled.error.detail}`);
  return settled.value;
}

/** The fault with which reading a body ends. */
async function bodyFault(response: HttpResponse): Promise<string> {
  try {
    await text(response.body);
  } catch (error) {
    if (error instanceof TransportError) return error.fault.kind;
    throw error;
  }
  return "none";
}

describe("requests", () => {
  it("carry method, headers and a whole body", async () => {
    const url = await httpServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      response.setHeader("X-Twice", ["a", "b"]);
      response.end(
        JSON.stringify({
          method: request.method,
          own: request.headers["x-own"],
          length: request.headers["content-length"],
          encoding: request.headers["accept-encoding"],
          body: Buffer.concat(parts).toString(),
        }),
      );
    });
    const response = await answered(
      transport().request(
        get(url, { method: "POST", headers: { "x-own": "1" }, body: Buffer.from("hällo") }),
      ),
    );
    expect(response.status).toBe(200);
    expect(response.headers.get("x-twice")).toBe("a, b");
    expect(JSON.parse(await text(response.body))).toEqual({
      method: "POST",
      own: "1",
      length: "6",
      encoding: "gzip, deflate",
      body: "hällo",
    });
  });

  it("stream a body of a stated length, waiting for a slow server", async () => {
    const url = await httpServer(async (request, response) => {
      let bytes = 0;
      for await (const part of request) {
        bytes += part.length;
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end(`${request.headers["content-length"]} ${bytes} ${request.headers["transfer-encoding"]}`);
    });
    const chunk = new Uint8Array(64 << 10);
    const body = {
      length: chunk.length * 40,
      async *chunks() {
        for (let index = 0; index < 40; index += 1) yield chunk;
      },
    };
    const response = await answered(transport().request(get(url, { method: "POST", body })));
    expect(await text(response.body)).toBe(`${body.length} ${body.length} undefined`);
  });

  it("without a body say so when they post", async () => {
    const url = await httpServer((request, response) => response.end(request.headers["content-length"]));
    const post = await answered(transport().request(get(url, { method: "POST" })));
    expect(await text(post.body)).toBe("0");
  });

  it("are answered before their body is sent, when the server does so", async () => {
    const url = await rawServer((socket) => {
      socket.once("data", () =>
        socket.end("HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
      );
    });
    const chunk = new Uint8Array(256 << 10);
    const body = {
      length: chunk.length * 64,
      async *chunks() {
        for (let index = 0; index < 64; index += 1) yield chunk;
      },
    };
    const settled = await transport().request(get(url, { method: "POST", body }));
    // A server may close before its answer has been read: then the fate of the request is unknown.
    if (settled.ok) expect(settled.value.status).toBe(401);
    else expect(settled.error.kind).toBe("cut");
  });

  it("use a connection again once its answer has been read", async () => {
    const ports = new Set<number | undefined>();
    const url = await httpServer((request, response) => {
      ports.add(request.socket.remotePort);
      response.end("x");
    });
    const client = transport();
    for (let index = 0; index < 5; index += 1) await text((await answered(client.request(get(url)))).body);
    expect(ports.size).toBe(1);
  });

  it("follow no redirects", async () => {
    const url = await httpServer((_request, response) => {
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    const response = await answered(transport().request(get(url)));
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe("/elsewhere");
  });

  it.each(["ftp://127.0.0.1/", "nonsense", "file:///etc/passwd"])("%s is no address for us", async (url) => {
    expect(await transport().request(get(url))).toMatchObject({ ok: false, error: { kind: "offline" } });
  });
});

describe("bodies", () => {
  it.each([
    ["gzip", gzipSync("hello ".repeat(1_000))],
    ["x-gzip", gzipSync("hello ".repeat(1_000))],
    ["deflate", deflateSync("hello ".repeat(1_000))],
    ["identity", Buffer.from("hello ".repeat(1_000))],
    ["", Buffer.from("hello ".repeat(1_000))],
  ])("in %j are decoded", async (encoding, data) => {
    const url = await httpServer((_request, response) => {
      response.writeHead(200, encoding === "" ? {} : { "content-encoding": encoding }).end(data);
    });
    expect(await text((await answered(transport().request(get(url)))).body)).toBe("hello ".repeat(1_000));
  });

  it("in an encoding that nobody asked for are refused", async () => {
    const url = await httpServer((_request, response) => {
      response.writeHead(200, { "content-encoding": "br" }).end("x");
    });
    expect(await transport().request(get(url))).toMatchObject({ ok: false, error: { kind: "cut" } });
  });

  it("of gzip that is none, or is cut short, are cut", async () => {
    const whole = gzipSync("hello ".repeat(1_000));
    for (const data of [Buffer.from("garbage"), whole.subarray(0, whole.length - 20)]) {
      const url = await httpServer((_request, response) => {
        response.writeHead(200, { "content-encoding": "gzip" }).end(data);
      });
      expect(await bodyFault(await answered(transport().request(get(url))))).toBe("cut");
    }
  });

  it("may be as long as allowed and not a byte longer, encoded or not", async () => {
    const url = await httpServer((request, response) => {
      const size = Number(request.url?.slice(1));
      const zipped = request.headers["x-zip"] === "1";
      response.writeHead(200, zipped ? { "content-encoding": "gzip" } : {});
      response.end(zipped ? gzipSync(Buffer.alloc(size)) : Buffer.alloc(size));
    });
    const client = transport();
    const ask = async (size: number, zip: string) =>
      bodyFault(
        await answered(client.request(get(`${url}${size}`, { headers: { "x-zip": zip }, maxBytes: 50_000 }))),
      );
    expect(await ask(50_000, "0")).toBe("none");
    expect(await ask(50_001, "0")).toBe("too-large");
    expect(await ask(50_000, "1")).toBe("none");
    expect(await ask(50_001, "1")).toBe("too-large");
  });

  it("that unpack to a thousand times their size are refused before the limit", async () => {
    const bomb = gzipSync(Buffer.alloc(64 << 20));
    const url = await httpServer((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    });
    const response = await answered(transport().request(get(url, { maxBytes: 1 << 30 })));
    expect(await bodyFault(response)).toBe("too-large");
  });

  it("that nobody reads to the end do not harm the next request", async () => {
    const url = await httpServer((_request, response) => response.end(Buffer.alloc(5 << 20)));
    const client = transport();
    const first = await answered(client.request(get(url, { maxBytes: 10 << 20 })));
    for await (const part of first.body) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
    const second = await answered(client.request(get(url, { maxBytes: 10 << 20 })));
    expect((await text(second.body)).length).toBe(5 << 20);
  });
});

describe("failures", () => {
  it("nobody listening is offline", async () => {
    expect(await transport().request(get("http://127.0.0.1:1/"))).toEqual({
      ok: false,
      error: { kind: "offline", detail: "ECONNREFUSED" },
    });
  });

  it("a name that nobody has is offline", async () => {
    const result = await transport().request(get("http://nobody.invalid/"));
    expect(result).toMatchObject({ ok: false, error: { kind: "offline" } });
  });

  it("a connection that closes without an answer is cut: the server may have acted", async () => {
    const url = await rawServer((socket) => socket.once("data", () => socket.destroy()));
    expect(await transport().request(get(url))).toMatchObject({ ok: false, error: { kind: "cut" } });
  });

  it("a kept connection that the server closes is cut, not offline", async () => {
    let connections = 0;
    const url = await rawServer((socket) => {
      connections += 1;
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
        socket.once("data", () => socket.destroy());
      });
    });
    const client = transport();
    expect(await text((await answered(client.request(get(url)))).body)).toBe("x");
    expect(await client.request(get(url))).toEqual({
      ok: false,
      error: { kind: "cut", detail: "ECONNRESET on a kept connection" },
    });
    expect(connections).toBe(1);
  });

  it("an answer that is no HTTP is cut", async () => {
    const url = await rawServer((socket) => socket.once("data", () => socket.end("SSH-2.0-OpenSSH\r\n")));
    expect(await transport().request(get(url))).toMatchObject({ ok: false, error: { kind: "cut" } });
  });

  it("a body that ends before its length is cut", async () => {
    const url = await rawServer((socket) =>
      socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")),
    );
    expect(await bodyFault(await answered(transport().request(get(url))))).toBe("cut");
  });

  it("a chunked body without its last chunk is cut", async () => {
    const url = await rawServer((socket) =>
      socket.once("data", () =>
        socket.end("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
      ),
    );
    expect(await bodyFault(await answered(transport().request(get(url))))).toBe("cut");
  });

  it("silence before the answer is a timeout", async () => {
    const url = await rawServer(() => {});
    expect(await transport().request(get(url, { timeoutMs: 60 }))).toMatchObject({
      ok: false,
      error: { kind: "timeout" },
    });
  });

  it("silence within the body is a timeout", async () => {
    const url = await rawServer((socket) =>
      socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")),
    );
    expect(await bodyFault(await answered(transport().request(get(url, { timeoutMs: 60 }))))).toBe("timeout");
  });

  it("headers without end are refused", async () => {
    const url = await rawServer((socket) =>
      socket.once("data", () => socket.write(`HTTP/1.1 200 OK\r\nX: ${"x".repeat(200_000)}`)),
    );
    expect(await transport().request(get(url))).toMatchObject({ ok: false, error: { kind: "cut" } });
  });
});

describe("cancelling", () => {
  it("before the request sends nothing", async () => {
    let requests = 0;
    const url = await httpServer((_request, response) => {
      requests += 1;
      response.end();
    });
    const result = await transport().request(get(url, { signal: AbortSignal.abort() }));
    expect(result).toMatchObject({ ok: false, error: { kind: "cancelled" } });
    expect(requests).toBe(0);
  });

  it("while waiting for the answer", async () => {
    const controller = new AbortController();
    const url = await rawServer((socket) => socket.once("data", () => controller.abort()));
    const result = await transport().request(get(url, { signal: controller.signal }));
    expect(result).toMatchObject({ ok: false, error: { kind: "cancelled" } });
  });

  it("while reading the body", async () => {
    const controller = new AbortController();
    const url = await rawServer((socket) =>
      socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")),
    );
    const response = await answered(transport().request(get(url, { signal: controller.signal })));
    const fault = bodyFault(response);
    controller.abort();
    expect(await fault).toBe("cancelled");
  });

  it("by closing the transport leaves later requests working", async () => {
    const url = await httpServer((_request, response) => response.end("x"));
    const client = transport();
    expect(await text((await answered(client.request(get(url)))).body)).toBe("x");
    client.close();
    expect(await text((await answered(client.request(get(url)))).body)).toBe("x");
  });
});

describe("TLS", () => {
  const own = selfSigned("127.0.0.1");

  it("an added authority is believed", async () => {
    const url = await httpsServer(own, (_request, response) => response.end("safe"));
    expect(await text((await answered(transport([own.cert]).request(get(url)))).body)).toBe("safe");
  });

  it("an unknown one is not", async () => {
    let requests = 0;
    const url = await httpsServer(own, (_request, response) => {
      requests += 1;
      response.end();
    });
    expect(await transport().request(get(url))).toEqual({
      ok: false,
      error: { kind: "tls", detail: "DEPTH_ZERO_SELF_SIGNED_CERT" },
    });
    expect(requests).toBe(0);
  });

  it("a certificate for another name is refused", async () => {
    const other = selfSigned("elsewhere");
    const url = await httpsServer(other, (_request, response) => response.end());
    expect(await transport([other.cert]).request(get(url))).toEqual({
      ok: false,
      error: { kind: "tls", detail: "ERR_TLS_CERT_ALTNAME_INVALID" },
    });
  });

  it.each(["TLSv1.1", "TLSv1.2"] as const)("a server that speaks %s at best", async (maxVersion) => {
    const url = await httpsServer({ ...own, maxVersion }, (_request, response) => response.end("x"));
    const result = await transport([own.cert]).request(get(url));
    if (maxVersion === "TLSv1.2") expect(result.ok).toBe(true);
    else expect(result).toMatchObject({ ok: false, error: { kind: "tls" } });
  });

  it("a server that speaks no TLS is a fault of TLS", async () => {
    const url = await httpServer((_request, response) => response.end());
    const result = await transport().request(get(url.replace("http:", "https:")));
    expect(result).toMatchObject({ ok: false, error: { kind: "tls" } });
  });

  it("a server that breaks off the handshake has carried nothing", async () => {
    const url = await rawServer((socket) => socket.once("data", () => socket.destroy()));
    const result = await transport().request(get(url.replace("http:", "https:")));
    expect(result).toMatchObject({ ok: false, error: { kind: "offline" } });
  });

  it("a server that stays silent in the handshake has carried nothing", async () => {
    const url = await rawServer(() => {});
    const result = await transport().request(get(url.replace("http:", "https:"), { timeoutMs: 60 }));
    expect(result).toMatchObject({ ok: false, error: { kind: "offline" } });
  });

  it("connections are kept under TLS too", async () => {
    const ports = new Set<number | undefined>();
    const url = await httpsServer(own, (request, response) => {
      ports.add(request.socket.remotePort);
      response.end("x");
    });
    const client = transport([own.cert]);
    for (let index = 0; index < 3; index += 1) await text((await answered(client.request(get(url)))).body);
    expect(ports.size).toBe(1);
  });
});
