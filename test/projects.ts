// Small repositories as people have them, and what `npx natslint` says in each: `expected.txt` beside, with the exit code first.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../service/doors/cli/run.ts";
import type { Source } from "../service/source/source.ts";
import { root } from "../tools/opa.ts";

const folder = join(root, "test", "projects");

export function projects(): readonly string[] {
  return readdirSync(folder).sort();
}

export function projectFolder(name: string): string {
  return join(folder, name);
}

/** Empty where nothing was accepted yet. */
export function expectedOf(name: string): string {
  const path = join(folder, name, "expected.txt");
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** All that the command line prints in the repository. */
export async function saidOf(name: string): Promise<string> {
  const printed: string[] = [];
  const stream = { isTTY: false, write: (text: string) => printed.push(text) };
  const world = { cwd: join(folder, name), stdin: nothing(), stdout: stream, stderr: stream, env: { NATSLINT_TODAY: "2026-01-01" } };
  const code = await run([], world);
  return `exit code ${code}\n${printed.join("")}`;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** The repository's files by their paths. */
export function projectSources(name: string): readonly Source[] {
  const paths = readdirSync(join(folder, name), { recursive: true, encoding: "utf8" }).filter((path) => /\.ya?ml$/.test(path));
  return paths.sort().map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(folder, name, path), "utf8") }));
}
