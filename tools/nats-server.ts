// Finds or installs the one nats-server that tests of the queue run against. Starts nothing.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./opa.ts";

/** The newest that the chart in `charts/` ships; any later one does as well, an older one may not. */
export const natsServerVersion = "2.14.2";

const suffix = process.platform === "win32" ? ".exe" : "";
const installed = join(root, ".cache", "bin", `nats-server${suffix}`);

/**
 * A nats-server, or null where there is none: `$NATS_SERVER` (any version, for trying others), then `.cache/bin`.
 * The search path is not asked: what stands there is some version. Installs nothing.
 */
export function natsServerPath(): string | null {
  const wished = process.env["NATS_SERVER"];
  if (wished !== undefined && wished !== "") {
    if (versionOf(wished) === undefined) throw new Error(`NATS_SERVER=${wished} is no nats-server that runs`);
    return wished;
  }
  return existsSync(installed) && versionOf(installed) === natsServerVersion ? installed : null;
}

/** The nats-server of that version, built into `.cache/bin` from the Go module proxy if it is not there yet (some minutes, once). */
export function installNatsServer(): string {
  const present = natsServerPath();
  if (present !== null) return present;
  const bin = join(root, ".cache", "bin");
  mkdirSync(bin, { recursive: true });
  process.stderr.write(`Installing nats-server ${natsServerVersion} into .cache/bin, which takes some minutes\n`);
  const install = spawnSync("go", ["install", "-trimpath", "-ldflags=-s -w", `github.com/nats-io/nats-server/v2@v${natsServerVersion}`], {
    env: { ...process.env, GOBIN: bin, CGO_ENABLED: "0" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (install.error !== undefined)
    throw new Error(`nats-server ${natsServerVersion} is not here and Go, which installs it, is not either: set NATS_SERVER to the path of one`);
  if (install.status !== 0) throw new Error(`Go could not install nats-server ${natsServerVersion}: see its words above`);
  return installed;
}

/** What the server says of itself: `nats-server: v2.14.2`. */
function versionOf(server: string): string | undefined {
  const run = spawnSync(server, ["--version"], { encoding: "utf8" });
  return run.status === 0 ? /^nats-server: v(\S+)/m.exec(run.stdout)?.[1] : undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.stdout.write(`${installNatsServer()}\n`);
