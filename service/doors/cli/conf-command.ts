// natslint conf FILE: the configuration as the server sees it, or where it stops reading; --check: would it start?

import { readConf } from "../../document/conf/read-conf.ts";
import { printed } from "../../document/conf/printed.ts";
import { typed } from "../../document/conf/typed.ts";
import type { ConfError } from "../../document/conf/problem.ts";
import { confText, includedPath, readConfFile } from "../../host/conf-files.ts";
import { Lines } from "../../source/position.ts";
import { readVersion } from "../../model/versions.ts";
import { chartFacts, modelSchema, policyWasm, rules } from "../../host/assets.ts";
import { type Engine, lint } from "../../lint.ts";
import { loadEngine } from "../../policy/engine.ts";
import { catalogue } from "../../rule/rule.ts";
import { type Alone, DEFAULT_SETTINGS } from "../../settings/settings.ts";
import type { World } from "./run.ts";
import { UsageError } from "../../host/usage-error.ts";

export interface ConfFlags {
  readonly typed?: boolean;
  readonly check?: boolean;
  readonly stan?: boolean;
  readonly serverVersion?: string;
  /** NAME=VALUE */
  readonly env?: readonly string[];
}

/** The newest server whose reading is known; what is read is read as by this one unless another is named. */
const NEWEST: readonly number[] = [2, 15, 1];

/** The nats-server inside the last nats-streaming-server. */
const STAN: readonly number[] = [2, 9, 24];

/** Prints JSON and gives 0; or what is wrong, where, as JSON too, and gives 1. */
export async function confCommand(file: string, flags: ConfFlags, world: World): Promise<number> {
  const path = file === "-" ? "stdin.conf" : file;
  const text = await textOf(file, world);
  const texts = new Map([[path, text]]);
  const environment = environmentOf(flags.env ?? []);
  const version = versionOf(flags.serverVersion);
  const document = readConf(text, {
    path,
    origin: (span) => ({ path, span }),
    version: flags.stan === true ? STAN : version,
    environment: (name) => environment.get(name),
    include: (written, from) => {
      const target = includedPath(written, from);
      const read = readConfFile(target, world.cwd);
      if ("problem" in read) return undefined;
      texts.set(target, read.text);
      return { path: target, text: read.text };
    },
    literal: true,
  });
  if (flags.check === true) {
    const limit = document.errors.find((error) => error.kind === "limit");
    if (limit !== undefined) throw new UsageError(`conf --check cannot judge ${file}: ${limit.message}`);
    const server = flags.stan === true ? "stan" : "nats";
    return check(texts, { path, environment, server }, version, world);
  }
  const refused = document.errors.find((error) => error.refused || error.kind === "limit");
  if (refused === undefined) world.stdout.write(`${flags.typed === true ? JSON.stringify(typed(document.root), null, 2) : printed(document.root)}\n`);
  else world.stdout.write(`${JSON.stringify(told(refused, path, texts))}\n`);
  return refused === undefined ? 0 : 1;
}

/** Prints the verdict, and each reason in a line of its own. 0: the server would start. */
async function check(texts: ReadonlyMap<string, string>, alone: Alone, version: readonly number[], world: World): Promise<number> {
  const engine: Engine = { policies: await loadEngine(policyWasm()), rules: catalogue(rules()), schema: modelSchema(), charts: chartFacts };
  const sources = [...texts].map(([path, text]) => ({ path, text }));
  const { findings } = lint(
    sources,
    { ...DEFAULT_SETTINGS, extends: ["strict"], named: [alone.path], alone, assume: { serverVersion: version.join(".") } },
    engine,
  );
  const reasons = findings.filter((one) => one.refuses !== undefined);
  const lines = reasons.map(({ message, path, refuses, rule, start }) => {
    const warned = refuses === "check" ? " (it starts, but nats-server -t fails on the warning)" : "";
    return `${path}:${start.line}:${start.column}: ${message}${warned} [${rule.id}]\n`;
  });
  world.stdout.write(`${reasons.length === 0 ? "accept" : "reject"}\n${lines.join("")}`);
  return reasons.length === 0 ? 0 : 1;
}

/** What is wrong and where; the file's name only where another file includes it. */
function told(error: ConfError, path: string, texts: ReadonlyMap<string, string>): object {
  const { origin, message } = error;
  const { line, column } = new Lines(texts.get(origin.path) ?? "").at(origin.span.start);
  return { error: message, line, column, ...(origin.path !== path && { file: origin.path }) };
}

async function textOf(file: string, world: World): Promise<string> {
  if (file === "-") {
    const parts: Uint8Array[] = [];
    for await (const part of world.stdin) parts.push(typeof part === "string" ? new TextEncoder().encode(part) : part);
    return confText(Buffer.concat(parts));
  }
  const read = readConfFile(file, world.cwd);
  if ("problem" in read) throw new UsageError(`conf: ${read.problem}`);
  return read.text;
}

/** The whole environment: what no flag names is not set. */
function environmentOf(given: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    given.map((one) => {
      const at = one.indexOf("=");
      if (at < 1) throw new UsageError(`conf --env takes NAME=VALUE, not "${at < 0 ? one : "=..."}"`);
      return [one.slice(0, at), one.slice(at + 1)] as const;
    }),
  );
}

function versionOf(text: string | undefined): readonly number[] {
  if (text === undefined) return NEWEST;
  const version = readVersion(text);
  if (version === null) throw new UsageError(`--server-version takes a version such as 2.10.18, not "${text}"`);
  return version.parts;
}
