// Tells whether the build is older than what it is made of, by digest: clones and checkouts set all times alike.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./opa.ts";

const made = [
  "dist/cli.js",
  "dist/natslint.js",
  "dist/index.mjs",
  "dist/index.d.mts",
  "dist/package.json",
  "dist/rules.json",
  "dist/pages.br",
  "dist/validators.mjs",
  "dist/validators.d.mts",
];
const file = join(root, ".cache", "build.txt");

export function isStale(): boolean {
  return !made.every((path) => existsSync(join(root, path))) || !existsSync(file) || readFileSync(file, "utf8") !== digestOfInputs();
}

/** Remembers what the build is made of. */
export function stamp(): void {
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeFileSync(file, digestOfInputs());
}

function digestOfInputs(): string {
  const hash = createHash("sha256");
  for (const folder of ["service", "rules", "schemas", "tools"])
    for (const path of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).sort())
      if (/\.(ts|mjs|md|json)$/.test(path)) hash.update(`${folder}/${path}\0`).update(readFileSync(join(root, folder, path)));
  return hash.update(readFileSync(join(root, "package-lock.json"))).digest("hex");
}
