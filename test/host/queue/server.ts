// A real nats-server for tests: started on a free port, killed and started again on the same one, gone after the file.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:net";
import { natsServerPath } from "../../../tools/nats-server.ts";

export interface NatsServer {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  /** SIGKILL, as a node that dies. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Of the process, to freeze it. */
  readonly pid: () => number | undefined;
  /** Kills it and removes what it stored. */
  readonly end: () => Promise<void>;
}

/** Null, with a sentence, where no nats-server is installed: tests that need one are skipped then. */
export function natsServerThere(): boolean {
  if (natsServerPath() !== null) return true;
  process.stderr.write("skipped: no nats-server here; node tools/run.mjs tools/nats-server.ts builds one\n");
  return false;
}

/** `flags` are the server's own, besides port and store. */
export async function natsServer(flags: readonly string[] = ["-js"]): Promise<NatsServer> {
  const binary = natsServerPath();
  if (binary === null) throw new Error("no nats-server");
  const folder = mkdtempSync(join(tmpdir(), "natslint-queue-"));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn(binary, ["-a", "127.0.0.1", "-p", String(port), "-sd", join(folder, "store"), ...flags], { stdio: "ignore" });
    await listening(port, child);
  };
  const kill = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    folder,
    kill,
    start,
    pid: () => child?.pid,
    end: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`nats-server ended with ${child.exitCode}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.on("error", () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("nats-server does not listen");
}
