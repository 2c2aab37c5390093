// What a Service is to the API server: one address before several replicas. A connection stays with the replica that it was made to,
// also when that is no longer among those which get new ones.
import { once } from "node:events";
import { createServer, connect, type Socket } from "node:net";

export interface Balancer {
  readonly port: number;
  /** Which ports get new connections from now on. */
  readonly lead: (...ports: number[]) => void;
  readonly close: () => Promise<void>;
}

export async function balancer(...ports: number[]): Promise<Balancer> {
  let [backends, turn] = [ports, 0];
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const backend = connect({ port: backends[turn++ % backends.length] ?? 0, host: "127.0.0.1", noDelay: true });
    for (const [socket, other] of [
      [client, backend],
      [backend, client],
    ] as const) {
      open.add(socket);
      socket.pipe(other);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as { port: number }).port,
    lead: (...others) => {
      backends = others;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
