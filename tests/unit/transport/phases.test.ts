import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type HttpResponse, TransportError } from "../../../electron/ports/transport.ts";
import { get, httpServer, rawServer, text, transport } from "./server.ts";

const head = "HTTP/1.1 200 OK\r\n";

async function ended(request: ReturnType<ReturnType<typeof transport>["request"]>): Promise<string> {
  const result = await request;
  return result.ok ? bodyEnd(result.value) : result.error.kind;
}

async function bodyEnd(response: HttpResponse): Promise<string> {
  try {
    return await text(response.body);
  } catch (error) {
    if (error instanceof TransportError) return error.fault.kind;
    throw error;
  }
}

/** A server that answers every request on a connection with the same bytes, and then does as told. */
function answering(data: string | Uint8Array, then: "keep" | "close" | "reset" = "keep") {
  return rawServer((socket) => {
    socket.on("data", () => {
      socket.write(data);
      if (then === "close") socket.end();
      if (then === "reset") setImmediate(() => socket.resetAndDestroy());
    });
  });
}

describe("an answer that is cut", () => {
  const whole = `${head}Content-Length: 5\r\nX-Own: 1\r\n\r\nhello`;

  it("anywhere is a cut, never half an answer", async () => {
    const client = transport();
    for (let length = 0; length < whole.length; length += 1) {
      const url = await answering(whole.slice(0, length), "close");
      expect(await ended(client.request(get(url))), String(length)).toBe("cut");
    }
    expect(await ended(client.request(get(await answering(whole, "close"))))).toBe("hello");
  });

  it("by a reset is the same as by an end", async () => {
    const client = transport();
    for (const length of [0, 10, head.length, whole.length - 1]) {
      const url = await answering(whole.slice(0, length), "reset");
      expect(await ended(client.request(get(url))), String(length)).toBe("cut");
    }
  });

  it.each([
    ["gzip", gzipSync("hello ".repeat(300))],
    ["deflate", deflateSync("hello ".repeat(300))],
  ])("within %s is cut, though its length was told right", async (encoding, data) => {
    const client = transport();
    for (let length = 1; length < data.length; length += 3) {
      const url = await httpServer((_request, response) => {
        response.writeHead(200, { "content-encoding": encoding }).end(data.subarray(0, length));
      });
      expect(await ended(client.request(get(url))), String(length)).toBe("cut");
    }
  });

  it("with one byte of its gzip changed is a cut or the text, never another text", async () => {
    const data = gzipSync("hello");
    const client = transport();
    const url = await httpServer((request, response) => {
      const at = Number(request.url?.slice(1));
      const broken = Buffer.from(data);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      response.writeHead(200, { "content-encoding": "gzip" }).end(broken);
    });
    for (let at = 0; at < data.length; at += 1) {
      // Bytes 3 to 9 hold flags, a time and the system's name, which change nothing in the text.
      expect(["cut", "hello"], String(at)).toContain(await ended(client.request(get(`${url}${at}`))));
    }
  });
});

describe("answers of an unusual form", () => {
  it.each([
    [
      "in chunks",
      `${head}Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n`,
      "keep",
      "hello",
    ],
    [
      "in chunks with an extension and a trailer",
      `${head}Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: 1\r\n\r\n`,
      "keep",
      "hello",
    ],
    ["until the connection ends", `${head}Connection: close\r\n\r\nhello`, "close", "hello"],
    [
      "after an interim one",
      `HTTP/1.1 100 Continue\r\n\r\n${head}Content-Length: 5\r\n\r\nhello`,
      "keep",
      "hello",
    ],
    ["of HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", "close", "hello"],
    ["without a body", "HTTP/1.1 204 No Content\r\n\r\n", "keep", ""],
    ["with nothing in it", `${head}Content-Length: 0\r\n\r\n`, "keep", ""],
    [
      "with a chunk length that is no number",
      `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n`,
      "keep",
      "cut",
    ],
    ["with two lengths", `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`, "close", "cut"],
    ["with a length below nought", `${head}Content-Length: -5\r\n\r\nhello`, "close", "cut"],
    [
      "with a length and chunks, as smugglers send it",
      `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      "close",
      "cut",
    ],
    ["with a header that holds a NUL", `${head}X: \0\r\nContent-Length: 5\r\n\r\nhello`, "close", "cut"],
    ["of a status that is none", "HTTP/1.1 abc OK\r\n\r\n", "close", "cut"],
    ["of HTTP/2 in the clear", "\0\0\x12\x04\0\0\0\0\0", "close", "cut"],
  ] as const)("%s", async (_name, data, then, expected) => {
    expect(await ended(transport().request(get(await answering(data, then))))).toBe(expected);
  });

  it("byte by byte: silence counts, not the whole time", async () => {
    const whole = `${head}Content-Length: 5\r\n\r\nhello`;
    const url = await rawServer((socket) => {
      socket.once("data", async () => {
        for (const letter of whole) {
          socket.write(letter);
          await new Promise((resolve) => setTimeout(resolve, 40));
        }
      });
    });
    // More than forty letters at forty milliseconds each take longer than the silence that is allowed.
    expect(await ended(transport().request(get(url, { timeoutMs: 1_500 })))).toBe("hello");
  });

  it.each(["", head, `${head}Content-Length: 5\r\n\r\nhe`])(
    "that stop after %j are a timeout",
    async (data) => {
      expect(await ended(transport().request(get(await answering(data), { timeoutMs: 80 })))).toBe("timeout");
    },
  );
});

describe("kept connections", () => {
  const one = `${head}Content-Length: 1\r\n\r\nx`;

  it("that the server closes while idle are not used again", async () => {
    let connections = 0;
    const closed = Promise.withResolvers<void>();
    const url = await rawServer((socket) => {
      connections += 1;
      socket.on("data", () => {
        socket.write(one);
        if (connections === 1) socket.end();
      });
      socket.once("close", () => closed.resolve());
    });
    const client = transport();
    expect(await ended(client.request(get(url)))).toBe("x");
    await closed.promise;
    await new Promise((resolve) => setImmediate(resolve));
    expect(await ended(client.request(get(url)))).toBe("x");
    expect(connections).toBe(2);
  });

  it("that close on the next request are a cut, never offline: its bytes may have arrived", async () => {
    for (const end of ["end", "resetAndDestroy", "destroy"] as const) {
      let requests = 0;
      const url = await rawServer((socket) => {
        socket.on("data", () => {
          requests += 1;
          if (requests === 1) socket.write(one);
          else socket[end]();
        });
      });
      const client = transport();
      expect(await ended(client.request(get(url)))).toBe("x");
      const result = await client.request(get(url, { method: "POST", body: new Uint8Array(3) }));
      expect(result).toMatchObject({
        ok: false,
        error: { kind: "cut", detail: expect.stringContaining("kept") },
      });
    }
  });

  it("are not used again after an answer that was given up, cut or refused", async () => {
    let connections = 0;
    const url = await rawServer((socket) => {
      connections += 1;
      socket.on("data", () => socket.write(`${head}Content-Length: 100000\r\n\r\n${"x".repeat(100_000)}`));
    });
    const client = transport();
    expect(await ended(client.request(get(url, { maxBytes: 10 })))).toBe("too-large");
    expect((await ended(client.request(get(url)))).length).toBe(100_000);
    expect(connections).toBe(2);
  });

  it("serve many requests at once, six at a time, each with its own answer", async () => {
    let most = 0;
    let open = 0;
    const url = await httpServer(async (request, response) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open -= 1;
      response.end(request.url);
    });
    const client = transport();
    const paths = Array.from({ length: 24 }, (_, index) => `${index}`);
    const answers = await Promise.all(paths.map((path) => ended(client.request(get(`${url}${path}`)))));
    expect(answers).toEqual(paths.map((path) => `/${path}`));
    expect(most).toBeLessThanOrEqual(6);
    expect(most).toBeGreaterThan(1);
  });
});

describe("giving up", () => {
  it("while the body is being sent ends the sending too", async () => {
    const controller = new AbortController();
    let sent = 0;
    const url = await rawServer((socket) => socket.once("data", () => socket.pause()));
    const body = {
      length: 1 << 30,
      async *chunks() {
        for (;;) {
          sent += 1;
          if (sent === 20) controller.abort();
          if (sent > 400) throw new Error("nobody stopped the sending");
          yield new Uint8Array(64 << 10);
        }
      },
    };
    const result = await transport().request(get(url, { method: "POST", body, signal: controller.signal }));
    expect(result).toMatchObject({ ok: false, error: { kind: "cancelled" } });
  });

  it("in the handshake of TLS", async () => {
    const controller = new AbortController();
    const url = await rawServer((socket) => socket.once("data", () => controller.abort()));
    const result = await transport().request(
      get(url.replace("http:", "https:"), { signal: controller.signal }),
    );
    expect(result).toMatchObject({ ok: false, error: { kind: "cancelled" } });
  });

  it("between the first byte and the end of the headers", async () => {
    const controller = new AbortController();
    const url = await rawServer((socket) =>
      socket.once("data", () => socket.write(head, () => setImmediate(() => controller.abort()))),
    );
    expect(await ended(transport().request(get(url, { signal: controller.signal })))).toBe("cancelled");
  });

  it("after the whole answer has been read changes nothing", async () => {
    const controller = new AbortController();
    const client = transport();
    const url = await httpServer((_request, response) => response.end("x"));
    expect(await ended(client.request(get(url, { signal: controller.signal })))).toBe("x");
    controller.abort();
    expect(await ended(client.request(get(url)))).toBe("x");
  });

  it("one of two requests leaves the other alone", async () => {
    const controller = new AbortController();
    const url = await httpServer((request, response) => {
      if (request.url === "/slow") controller.abort();
      else response.end("x");
    });
    const client = transport();
    const [slow, quick] = await Promise.all([
      ended(client.request(get(`${url}slow`, { signal: controller.signal }))),
      ended(client.request(get(`${url}quick`))),
    ]);
    expect([slow, quick]).toEqual(["cancelled", "x"]);
  });
});

describe("a body of ours that fails", () => {
  it.each([0, 1, 3])("after %i pieces is no success, and the server never sees it whole", async (pieces) => {
    let whole = 0;
    const url = await httpServer((request, response) => {
      request.on("error", () => {});
      request.resume();
      request.once("end", () => {
        whole += 1;
        response.end();
      });
    });
    const body = {
      length: 1_000,
      async *chunks() {
        for (let index = 0; index < pieces; index += 1) yield new Uint8Array(100);
        throw new Error("the file is gone");
      },
    };
    const result = await transport().request(get(url, { method: "POST", body }));
    expect(result.ok).toBe(false);
    expect(whole).toBe(0);
  });
});
