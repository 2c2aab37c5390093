// Finds or installs the one version of OPA that policies are compiled with. Runs nothing else of OPA itself.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** Another version may compile other bytes, so nothing else is accepted. */
export const opaVersion = "1.22.2";

/** The repository's root: where OPA runs, because the paths it is given end up in what it compiles. */
export const root: string = join(import.meta.dirname, "..");

const suffix = process.platform === "win32" ? ".exe" : "";
const installed = join(root, ".cache", "bin", `opa${suffix}`);
let found: string | undefined;

/**
 * OPA 1.22.2, or null where there is none: `$OPA`, then `.cache/bin`, then the search path. Installs nothing.
 * Throws when `$OPA` names something else, because a wish that cannot be met is not silently replaced by another.
 */
export function opaPath(): string | null {
  if (found !== undefined) return found;
  const wished = process.env.OPA;
  if (wished !== undefined && wished !== "") {
    const version = versionOf(wished);
    if (version !== opaVersion) {
      throw new Error(`OPA=${wished} is ${version ?? "no OPA that runs"}, but policies compile with ${opaVersion}`);
    }
    found = wished;
    return found;
  }
  found = (existsSync(installed) && versionOf(installed) === opaVersion ? installed : undefined) ?? (versionOf("opa") === opaVersion ? "opa" : undefined);
  return found ?? null;
}

/** OPA 1.22.2, installed into `.cache/bin` through the Go module proxy if it is not there yet (some minutes, once). */
export function installOpa(): string {
  const present = opaPath();
  if (present !== null) return present;
  const bin = join(root, ".cache", "bin");
  mkdirSync(bin, { recursive: true });
  process.stderr.write(`Installing OPA ${opaVersion} into .cache/bin, which takes some minutes\n`);
  const install = spawnSync("go", ["install", `github.com/open-policy-agent/opa@v${opaVersion}`], {
    env: { ...process.env, GOBIN: bin },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (install.error !== undefined) {
    throw new Error(`OPA ${opaVersion} is not here and Go, which installs it, is not either: set OPA to the path of one`);
  }
  if (install.status !== 0) throw new Error(`Go could not install OPA ${opaVersion}: see its words above`);
  found = installed;
  return found;
}

/** What OPA said when it was run. */
export interface OpaRun {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs OPA in the repository's root and waits for it. Throws only if it cannot be started. */
export function runOpa(opa: string, args: readonly string[]): OpaRun {
  const run = spawnSync(opa, args, { cwd: root, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 });
  if (run.error !== undefined) throw new Error(`${opa} cannot be started`, { cause: run.error });
  return { ok: run.status === 0, stdout: run.stdout, stderr: run.stderr };
}

function versionOf(opa: string): string | undefined {
  const run = spawnSync(opa, ["version"], { encoding: "utf8" });
  return run.status === 0 ? /^Version: (\S+)/m.exec(run.stdout)?.[1] : undefined;
}
