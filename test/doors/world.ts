// A world for the command line: a folder of its own, streams that are kept, no terminal unless a test wants one.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";
import { run } from "../../service/doors/cli/run.ts";
import type { PrintedReport } from "../../service/report/json.ts";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Around {
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly terminal?: boolean;
}

/** The day of every run, so that dates in suppressions mean the same for ever. */
const TODAY = "2026-01-01";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with these files; it is gone after the test. */
export function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const made = mkdtempSync(join(tmpdir(), "natslint-"));
  folders.push(made);
  for (const [path, content] of Object.entries(files)) write(made, path, content);
  return made;
}

export function write(base: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), content);
}

export function read(base: string, path: string): string {
  return readFileSync(join(base, path), "utf8");
}

/** Runs the command line in this process. */
export async function natslint(args: readonly string[], around: Around = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = around.terminal === true;
  const code = await run(args, {
    cwd: around.cwd ?? folder(),
    stdin: bytes(around.stdin ?? ""),
    stdout: { isTTY: terminal, write: (text) => out.push(text) },
    stderr: { isTTY: terminal, write: (text) => err.push(text) },
    env: { NATSLINT_TODAY: TODAY, ...around.env },
  });
  return { code, stdout: out.join(""), stderr: err.join("") };
}

async function* bytes(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof text === "string" ? new TextEncoder().encode(text) : text;
}

/** Runs with --format json; the report with the code and the sentences beside it. */
export async function json(args: readonly string[], around: Around = {}): Promise<Ran & { readonly report: PrintedReport }> {
  const ran = await natslint([...args, "--format", "json"], around);
  return { ...ran, report: JSON.parse(ran.stdout) as PrintedReport };
}

/** The findings in one line each: path:line:column severity rule. */
export function lines(report: PrintedReport): string[] {
  return report.findings.map(({ path, start, severity, rule }) => `${path}:${start.line}:${start.column} ${severity} ${rule}`);
}

/** Values of chart nats 2.x without a fault; the examples' test keeps them so. */
export const TRIO: string = readFileSync(join(import.meta.dirname, "../../examples/good/nats/values.yaml"), "utf8");

/** The same with one fault: the error cluster-min-replicas in line 5, column 15, when they are for production. */
export const PAIR: string = TRIO.replace("replicas: 3", "replicas: 2");

/** What the values do not say themselves. */
export const CHART: readonly string[] = ["--chart", "nats@2.14.2", "--release", "nats", "--environment", "production"];
