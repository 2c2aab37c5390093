// Finds or installs the two servers that natslint is about, for tests and benches to run. Starts nothing.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./opa.ts";

/** The newest whose reading is known; also what `natslint conf` takes where no version is named. */
export const natsServerVersion = "2.15.1";
/** The last one. */
export const streamingServerVersion = "0.25.6";

interface Program {
  readonly name: string;
  readonly version: string;
  readonly package: string;
  /** Names another one, for trying other versions. */
  readonly variable: string;
}

const NATS: Program = { name: "nats-server", version: natsServerVersion, package: "github.com/nats-io/nats-server/v2", variable: "NATS_SERVER" };
const STAN: Program = {
  name: "nats-streaming-server",
  version: streamingServerVersion,
  package: "github.com/nats-io/nats-streaming-server",
  variable: "NATS_STREAMING_SERVER",
};

const suffix = process.platform === "win32" ? ".exe" : "";

/**
 * A nats-server, or null where there is none: `$NATS_SERVER` (any version, for trying others), then `.cache/bin`.
 * The search path is not asked: what stands there is some version. Installs nothing.
 */
export function natsServerPath(): string | null {
  return pathOf(NATS);
}

/** The same of nats-streaming-server, with `$NATS_STREAMING_SERVER`. */
export function streamingServerPath(): string | null {
  return pathOf(STAN);
}

/** Both, built into `.cache/bin` from the Go module proxy if they are not there yet (some minutes, once); their paths. */
export function installServers(): readonly string[] {
  return [NATS, STAN].map((program) => pathOf(program) ?? install(program));
}

function pathOf({ name, variable, version }: Program): string | null {
  const wished = process.env[variable];
  if (wished !== undefined && wished !== "") {
    if (versionOf(wished, name) === undefined) throw new Error(`${variable}=${wished} is no ${name} that runs`);
    return wished;
  }
  const installed = placeOf(name);
  return existsSync(installed) && versionOf(installed, name) === version ? installed : null;
}

function placeOf(name: string): string {
  return join(root, ".cache", "bin", `${name}${suffix}`);
}

function install({ name, package: from, variable, version }: Program): string {
  const bin = join(root, ".cache", "bin");
  mkdirSync(bin, { recursive: true });
  process.stderr.write(`Installing ${name} ${version} into .cache/bin, which takes some minutes\n`);
  const run = spawnSync("go", ["install", "-trimpath", "-ldflags=-s -w", `${from}@v${version}`], {
    env: { ...process.env, GOBIN: bin, CGO_ENABLED: "0" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (run.error !== undefined) throw new Error(`${name} ${version} is not here and Go, which installs it, is not either: set ${variable} to the path of one`);
  if (run.status !== 0) throw new Error(`Go could not install ${name} ${version}: see its words above`);
  return placeOf(name);
}

/** What the server says of itself: `nats-server: v2.15.1`, `nats-streaming-server version 0.25.6, ...`. */
function versionOf(server: string, name: string): string | undefined {
  const run = spawnSync(server, ["--version"], { encoding: "utf8" });
  return run.status === 0 ? new RegExp(`^${name}(?:: v| version )([^\\s,]+)`, "m").exec(run.stdout)?.[1] : undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.stdout.write(`${installServers().join("\n")}\n`);
