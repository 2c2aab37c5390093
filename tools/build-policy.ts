// Compiles policies/ into dist/policy.wasm and locks what it was made of. `--check` only compares.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { capabilities, digest, writeCapabilities } from "./capabilities.ts";
import { installOpa, opaVersion, root, runOpa } from "./opa.ts";

/** What dist/policy.wasm was made of: SHA-256 digests, paths relative to the root and sorted. */
export interface PolicyLock {
  readonly opa: string;
  readonly policies: Readonly<Record<string, string>>;
  readonly capabilities: string;
  readonly wasm: string;
}

/**
 * The wasm of all policies but their tests. The same policies give the same bytes.
 * Level 1 ships: it folds the rules into the entrypoint; without it the first evaluation takes ten times as long.
 * `folder` is relative to the root. Throws with OPA's words if the policies do not compile.
 */
export function compilePolicies(opa: string, level: 0 | 1 = 1, folder = "policies"): Uint8Array {
  const cache = join(root, ".cache");
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, "bundle-"));
  try {
    const bundle = join(scratch, "bundle.tar.gz");
    const { ok, stderr } = runOpa(opa, [
      ...["build", "-O", String(level), "-t", "wasm", "-e", "natslint/main/answer"],
      ...["--capabilities", writeCapabilities(), "--ignore", "*_test.rego", "-o", bundle, folder],
    ]);
    if (!ok) throw new Error(`OPA cannot compile ${folder}:\n${stderr.trim()}`);
    return member(gunzipSync(readFileSync(bundle)), "/policy.wasm");
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The lock of a wasm made from the policies as they are now. */
export function lockOf(wasm: Uint8Array): PolicyLock {
  return { opa: opaVersion, policies: policyDigests(), capabilities: digest(capabilities()), wasm: digest(wasm) };
}

/** The digest of each policy that is compiled, by its path. */
export function policyDigests(): Record<string, string> {
  const paths = readdirSync(join(root, "policies"), { recursive: true, encoding: "utf8" })
    .map((path) => `policies/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".rego") && !path.endsWith("_test.rego"))
    .sort();
  return Object.fromEntries(paths.map((path) => [path, digest(readFileSync(join(root, path)))]));
}

/** One file of a tar archive: a header of 512 bytes, then the bytes, padded to the next 512. */
function member(tar: Uint8Array, name: string): Uint8Array {
  const text = (start: number, length: number): string =>
    Buffer.from(tar.subarray(start, start + length))
      .toString("latin1")
      .replace(/\0.*$/s, "");
  for (let header = 0; header + 512 <= tar.length; ) {
    const size = Number.parseInt(text(header + 124, 12), 8) || 0;
    if (text(header, 100) === name) return tar.slice(header + 512, header + 512 + size);
    header += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`The bundle that OPA built has no ${name}`);
}

function main(args: readonly string[]): void {
  const wasm = compilePolicies(installOpa());
  const lock = `${JSON.stringify(lockOf(wasm), null, 2)}\n`;
  const files: [string, Uint8Array][] = [
    [join(root, "dist", "policy.wasm"), wasm],
    [join(root, "dist", "policy.lock.json"), Buffer.from(lock)],
  ];
  if (args.includes("--check")) {
    if (!files.every(([path, bytes]) => Buffer.compare(readFileSync(path), bytes) === 0)) {
      process.stderr.write("dist/policy.wasm is not what the policies compile to: run npm run build:policy\n");
      process.exitCode = 1;
    }
    return;
  }
  mkdirSync(join(root, "dist"), { recursive: true });
  for (const [path, bytes] of files) writeFileSync(path, bytes);
}

if (process.argv[1] === import.meta.filename) main(process.argv.slice(2));
