// Spectral, a general linter for YAML in Node, as a peer: installed beside the project, never among its dependencies.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../tools/opa.ts";
import type { Contender } from "./measure.ts";

const folder = join(root, ".cache", "bench");
const program = join(folder, "node_modules", "@stoplight", "spectral-cli", "dist", "index.js");
const version = "6.16.3";

/** Spectral with four rules of its own over `files`; null where it cannot be installed. */
export function spectral(files: string): Contender | null {
  if (!existsSync(program) && !install()) return null;
  const ruleset = join(folder, "ruleset.yaml");
  writeFileSync(ruleset, RULESET);
  return { name: `Spectral ${version}, 4 rules`, args: [program, "lint", "--quiet", "--ruleset", ruleset, files], codes: [0, 1] };
}

function install(): boolean {
  process.stderr.write("Installing Spectral into .cache/bench\n");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify({ private: true })}\n`);
  const args = ["install", "--no-audit", "--no-fund", "--no-save", `@stoplight/spectral-cli@${version}`];
  return spawnSync("npm", args, { cwd: folder, stdio: "ignore", shell: process.platform === "win32" }).status === 0 && existsSync(program);
}

const RULESET = `rules:
  three-servers:
    given: $.config.cluster
    message: a cluster has three servers at least
    severity: warn
    then: {field: replicas, function: schema, functionOptions: {schema: {type: integer, minimum: 3}}}
  storage-on-disk:
    given: $.config.jetstream
    message: streams are kept on disk
    severity: warn
    then: {field: fileStore, function: truthy}
  no-debug:
    given: $.config.merge
    message: debug is off
    severity: warn
    then: {field: debug, function: falsy}
  tag-is-fixed:
    given: $.container.image
    message: the image has a tag
    severity: warn
    then: {field: tag, function: pattern, functionOptions: {notMatch: "^latest$"}}
`;
