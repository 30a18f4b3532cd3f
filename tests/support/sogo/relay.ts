import { connect, createServer, type Server, type Socket } from "node:net";

/** A cable that can be pulled out: a port of its own in front of a server that keeps running. */
export interface Relay {
  readonly port: number;
  /** Cuts every connection and takes no more. */
  cut(): Promise<void>;
  /** Listens again, on the same port. */
  join(): Promise<void>;
}

export async function startRelay(host: string, target: number): Promise<Relay> {
  const sockets = new Set<Socket>();
  let server: Server | null = null;

  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // A side that breaks off takes the other along, which is all that happens here.
    socket.on("error", () => {});
  };
  const pair = (client: Socket) => {
    const upstream = connect({ host, port: target });
    keep(client);
    keep(upstream);
    client.pipe(upstream).pipe(client);
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  };
  const listen = async (port: number): Promise<number> => {
    const opened = createServer(pair);
    await new Promise<void>((resolve, reject) => {
      opened.once("error", reject);
      opened.listen(port, host, resolve);
    });
    server = opened;
    const address = opened.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return address.port;
  };
  const port = await listen(0);
  return {
    port,
    async cut() {
      const closing = server;
      if (closing === null) return;
      server = null;
      const closed = new Promise<void>((resolve) => closing.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async join() {
      if (server === null) await listen(port);
    },
  };
}
