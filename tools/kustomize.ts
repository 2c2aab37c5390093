// Finds or installs the one version of Kustomize that the builder of Kustomizations is held against.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./opa.ts";

export const kustomizeVersion = "v5.4.3";

const installed = join(root, ".cache", "bin", process.platform === "win32" ? "kustomize.exe" : "kustomize");

/** `$KUSTOMIZE`, else the one in `.cache/bin`; null where there is none. Installs nothing. */
export function kustomizePath(): string | null {
  const wished = process.env.KUSTOMIZE;
  if (wished !== undefined && wished !== "") return wished;
  return existsSync(installed) ? installed : null;
}

/** Installs it into `.cache/bin` through the Go module proxy if it is not there yet. Throws where that fails. */
export function installKustomize(): string {
  const present = kustomizePath();
  if (present !== null) return present;
  const bin = join(root, ".cache", "bin");
  mkdirSync(bin, { recursive: true });
  const install = spawnSync("go", ["install", `sigs.k8s.io/kustomize/kustomize/v5@${kustomizeVersion}`], {
    env: { ...process.env, GOBIN: bin },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (install.status !== 0) throw new Error(`Kustomize ${kustomizeVersion} could not be installed with Go: see its words above`);
  return installed;
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${installKustomize()}\n`);
