// The webhook for tests: in this process, or as a process of its own, with certificates made for the run.
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { makeAuthority, makeLeaf, type Signed } from "../../../service/doors/admission/authority.ts";
import { serveAdmission } from "../../../service/doors/admission/main.ts";
import { bundle } from "../github/bundle.ts";
import { type Caller, caller, SERVICE } from "./api-server-like.ts";

export interface Served extends Caller {
  readonly port: number;
  readonly healthPort: number;
  readonly folder: string;
  readonly authority: Signed;
  /** All that it logged, one JSON object each. */
  readonly log: () => Record<string, unknown>[];
  readonly text: () => string;
  readonly health: (path: string) => Promise<{ readonly status: number; readonly text: string }>;
  readonly metric: (pattern: RegExp) => Promise<number | null>;
  /** Gives the exit code. */
  readonly stop: () => Promise<number>;
}

export interface How {
  readonly env?: Readonly<Record<string, string>>;
  /** natslint.yaml */
  readonly settings?: string;
  /** Waits until it is ready. */
  readonly ready?: boolean;
  readonly pair?: Signed;
  /** A process of its own; words are put in front of its command. */
  readonly process?: boolean | readonly string[];
  /** A program that runs the thread, in place of the service's own. */
  readonly thread?: string;
}

/** Where a pair is written for the service. */
export function writePair(folder: string, pair: Signed): void {
  writeFileSync(join(folder, "tls.crt"), pair.certificate);
  writeFileSync(join(folder, "tls.key"), pair.key);
}

export const threadProgram = (): Promise<string> => bundle("service/doors/admission/thread.ts", "admission-thread.js");

export async function serve({ env = {}, settings, ready = true, pair, process: own = false, thread }: How = {}): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), "natslint-admission-"));
  // Whoever the process runs as has to read it.
  chmodSync(folder, 0o755);
  const authority = await makeAuthority(Date.now(), 10);
  writePair(folder, pair ?? (await makeLeaf(authority, [SERVICE], Date.now(), 2)));
  if (settings !== undefined) writeFileSync(join(folder, "natslint.yaml"), settings);
  const environment: Record<string, string> = {
    HOST: "127.0.0.1",
    PORT: "0",
    NATSLINT_HEALTH_PORT: "0",
    NATSLINT_TLS_CERT: join(folder, "tls.crt"),
    NATSLINT_TLS_KEY: join(folder, "tls.key"),
    NATSLINT_SERVICE_NAME: SERVICE,
    NATSLINT_CLUSTER_STATE: "off",
    NATSLINT_MAX_MODE: "deny",
    NATSLINT_DRAIN_SECONDS: "0",
    NATSLINT_DRAIN_QUIET_SECONDS: "0",
    NATSLINT_CERTIFICATE_SECONDS: "1",
    // The machines of tests are busy.
    NATSLINT_SMALL_MILLISECONDS: "8000",
    ...(settings === undefined ? {} : { NATSLINT_CONFIG: join(folder, "natslint.yaml") }),
    ...env,
  };
  const out: string[] = [];
  const write = (text: string): void => void out.push(text);
  const { ended, end } = own !== false ? await asProcess(environment, write, own === true ? [] : own) : await here(environment, write, thread);
  const text = (): string => out.join("");
  const log = (): Record<string, unknown>[] =>
    text()
      .split("\n")
      .filter((line) => line.startsWith("{") && line.endsWith("}"))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const listening = await until(
    () => log().find(({ msg }) => msg === "listening"),
    () => `not listening: ${text()}`,
  );
  const [port, healthPort] = [listening["port"] as number, listening["healthPort"] as number];
  const health = async (path: string): Promise<{ readonly status: number; readonly text: string }> => {
    const response = await fetch(`http://127.0.0.1:${healthPort}${path}`);
    return { status: response.status, text: await response.text() };
  };
  let seen = "";
  if (ready)
    await until(
      async () => {
        const { status, text: said } = await health("/readyz");
        seen = said;
        return status === 200 || undefined;
      },
      () => `not ready: ${seen} ${text()}`,
    );
  const call = caller(port, authority.certificate);
  return {
    ...call,
    port,
    healthPort,
    folder,
    authority,
    log,
    text,
    health,
    metric: async (pattern) => {
      const row = (await health("/metrics")).text.split("\n").find((one) => pattern.test(one));
      return row === undefined ? null : Number(row.split(" ").at(-1));
    },
    stop: async () => {
      call.close();
      end();
      return await ended;
    },
  };
}

/** Asks until there is an answer. */
export async function until<T>(ask: () => T | undefined | Promise<T | undefined>, why: () => string, patience = 30_000): Promise<T> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; await pause(25)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(why());
}

interface Running {
  readonly ended: Promise<number>;
  readonly end: () => void;
}

async function here(env: Record<string, string>, write: (text: string) => void, thread: string | undefined): Promise<Running> {
  const stopping = new AbortController();
  const program = thread ?? (await threadProgram());
  const ended = serveAdmission(env, {}, { stdout: { write }, stderr: { write }, stop: stopping.signal, thread: program });
  return { ended, end: () => stopping.abort() };
}

/** The last process that was started: for signals. */
export let started: ChildProcess | undefined;

async function asProcess(env: Record<string, string>, write: (text: string) => void, before: readonly string[]): Promise<Running> {
  const [program = "", ...args] = [...before, process.execPath, await servicePath()];
  const child = spawn(program, args, { env: { PATH: process.env["PATH"] ?? "", ...env }, stdio: ["ignore", "pipe", "pipe"] });
  started = child;
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", write);
  const ended = new Promise<number>((resolve) => child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGKILL" ? 137 : 1))));
  return { ended, end: () => child.kill("SIGTERM") };
}

/** A program that runs the service with the process's own environment. */
export async function servicePath(): Promise<string> {
  await threadProgram();
  return await bundle("test/doors/admission/process.ts", "admission-test.js");
}
