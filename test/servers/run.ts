// The one way for tests to ask a real server about a configuration: its check of the file, and a start until it is ready or gone.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** Longer than any server needs; only what hangs is ended by it. */
const LIMIT = 30_000;

export interface Answer {
  readonly accepts: boolean;
  /** What it printed but for the news, in one line. */
  readonly said: string;
}

/** What `nats-server -t` says. `folder` is where it runs: names of files in the configuration are relative to it. */
export async function checks(server: string, file: string, folder: string): Promise<Answer> {
  const child = spawned(server, ["-t", "-c", file], folder);
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "close") as Promise<[number | null]>]);
  return { accepts: code === 0, said: complaints(said) };
}

/** A port that it cannot open is found while it says that it is ready. */
const SETTLED = 60;

/** Does it start? Whatever it does, it is gone afterwards. */
export async function starts(server: string, args: readonly string[], folder: string): Promise<Answer> {
  const child = spawned(server, args, folder);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (more: string) => {
    const before = isReady(said);
    said += more;
    if (!before && isReady(said)) setTimeout(() => child.kill("SIGKILL"), SETTLED);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { accepts: isReady(said) && code === null, said: complaints(said) };
}

function spawned(server: string, args: readonly string[], folder: string): ChildProcess & { readonly stderr: NonNullable<ChildProcess["stderr"]> } {
  return spawn(server, args, {
    cwd: folder,
    env: { PATH: process.env["PATH"], TMPDIR: folder },
    stdio: ["ignore", "ignore", "pipe"],
    timeout: LIMIT,
    killSignal: "SIGKILL",
  });
}

/** nats-streaming-server says so of its nats-server first, and is ready only when it says it of itself. */
function isReady(said: string): boolean {
  return /STREAM: Starting/.test(said) ? /Streaming Server is ready/.test(said) : /Server is ready/.test(said);
}

function complaints(said: string): string {
  return said
    .split("\n")
    .filter((line) => line !== "" && !line.includes("[INF]"))
    .join(" // ")
    .slice(0, 500);
}
