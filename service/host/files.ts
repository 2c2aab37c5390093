// Reading files: walking directories as git sees them, and texts as they are.

import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import type { Source } from "../source/source.ts";

/** What reading one path gave: its text, or one sentence why there is none. */
export type ReadFile = { readonly source: Source } | { readonly path: string; readonly problem: string; readonly kind: "unreadable" | "binary" | "empty" | "too large" };

/** Files of more bytes are not read: nothing that people write for NATS comes near. */
const LARGEST = 64 * 1024 * 1024;

const NAMES = /\.(ya?ml|json|conf|config|cfg)$|\.(ya?ml|conf)\.(tpl|tmpl|gotmpl)$/i;
const NEVER = new Set([".git", "node_modules", ".terraform", ".venv"]);
const NEVER_FILES = /^(package(-lock)?\.json|tsconfig.*\.json|composer\.(json|lock)|yarn\.lock)$/;

/** All files below a directory that natslint may understand, posix paths relative to `cwd`, in one order; folders that cannot be read. */
export function walk(directory: string, cwd: string, ignored: readonly string[]): { readonly files: string[]; readonly problems: string[] } {
  const found: string[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  const top = resolve(cwd, directory);
  const settings = ignore().add([...ignored]);
  visit(top, gitIgnores(top));
  return { files: found.sort(), problems };

  function visit(folder: string, above: readonly Scoped[]): void {
    const real = realpathSync(folder);
    if (seen.has(real)) return;
    seen.add(real);
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (thrown) {
      problems.push(`${shownPath(folder, cwd)}: ${sentence(thrown)}`);
      return;
    }
    const scopes = entries.some((entry) => entry.name === ".gitignore") ? [...above, scoped(folder)] : above;
    for (const entry of entries) {
      const path = join(folder, entry.name);
      const kind = entry.isSymbolicLink() ? targetKind(path) : entry.isDirectory() ? "directory" : entry.isFile() ? "file" : null;
      if (kind === null || (kind === "directory" && NEVER.has(entry.name))) continue;
      if (kind === "file" && (!NAMES.test(entry.name) || NEVER_FILES.test(entry.name))) continue;
      if (scopes.some((scope) => scope.rules.ignores(posixPath(relative(scope.folder, path)) + (kind === "directory" ? "/" : "")))) continue;
      const shown = posixPath(relative(cwd, path));
      if (!shown.startsWith("..") && settings.ignores(kind === "directory" ? `${shown}/` : shown)) continue;
      if (kind === "directory") visit(path, scopes);
      else found.push(shown);
    }
  }
}

/** Reads a file as UTF-8. Bytes that are no UTF-8, binary and empty files are said, not guessed at. */
export function readFile(path: string, cwd: string): ReadFile {
  let bytes: Buffer;
  try {
    const full = resolve(cwd, path);
    const { size } = statSync(full);
    if (size > LARGEST) return { path, kind: "too large", problem: `it has ${Math.round(size / 1024 / 1024)} MiB; natslint reads up to 64 MiB` };
    bytes = readFileSync(full);
  } catch (thrown) {
    return { path, kind: "unreadable", problem: sentence(thrown) };
  }
  return decode(path, bytes);
}

/** Bytes from anywhere as a source. */
export function decode(path: string, bytes: Uint8Array): ReadFile {
  if (bytes.length === 0) return { path, kind: "empty", problem: "it is empty" };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { path, kind: "unreadable", problem: "it is UTF-16; save it as UTF-8" };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { path, kind: "unreadable", problem: "it is UTF-16; save it as UTF-8" };
  if (bytes.subarray(0, 8192).includes(0)) return { path, kind: "binary", problem: "it is binary" };
  try {
    return { source: { path, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) } };
  } catch {
    return { path, kind: "unreadable", problem: "it is not UTF-8; save it as UTF-8" };
  }
}

/** What a path is, links followed; null when there is nothing. */
export function pathKind(path: string, cwd: string): "file" | "directory" | null {
  return targetKind(resolve(cwd, path));
}

/** A path as reports show it: posix, relative to the working directory where it lies below it. */
export function shownPath(path: string, cwd: string): string {
  const shown = posixPath(relative(cwd, resolve(cwd, path)));
  return shown === "" ? "." : shown;
}

interface Scoped {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The .gitignore files above a directory, up to the repository's root. */
function gitIgnores(top: string): Scoped[] {
  const scopes: Scoped[] = [];
  for (let folder = top; ; ) {
    if (isThere(join(folder, ".git"))) break;
    const parent = resolve(folder, "..");
    if (parent === folder) return [];
    folder = parent;
    if (isThere(join(folder, ".gitignore"))) scopes.unshift(scoped(folder));
  }
  return scopes;
}

function scoped(folder: string): Scoped {
  return { folder, rules: ignore().add(readFileSync(join(folder, ".gitignore"), "utf8")) };
}

function targetKind(path: string): "file" | "directory" | null {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? "directory" : stat.isFile() ? "file" : null;
  } catch {
    return null;
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function posixPath(path: string): string {
  return sep === "/" ? path : path.split(sep).join("/");
}

function sentence(thrown: unknown): string {
  const code = (thrown as { readonly code?: string }).code;
  if (code === "ENOENT") return "it does not exist";
  if (code === "EACCES" || code === "EPERM") return "permission to read it is denied";
  if (code === "EISDIR") return "it is a directory";
  if (code === "ELOOP") return "it is a loop of links";
  return `it cannot be read (${code ?? "unknown error"})`;
}
