// A wire that can be cut, or go silent as one does whose other end is gone: between natslint and a real API server.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface TcpProxy {
  readonly port: number;
  /** Ends every connection that is open, without a word. */
  readonly cut: () => void;
  /** From now on nothing passes, and nothing is closed, on old connections and new ones; false: as before, on new ones. */
  readonly silence: (on: boolean) => void;
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

export async function tcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let silent = false;
  let count = 0;
  const server = createServer((near) => {
    count++;
    const far = connect(target, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      let lost = silent;
      one.on("data", (part) => {
        lost ||= silent;
        if (!lost) other.write(part);
      });
      one.on("close", () => {
        sockets.delete(one);
        if (!lost) other.destroy();
      });
      one.on("error", () => one.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    silence: (on) => {
      silent = on;
    },
    connections: () => count,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
