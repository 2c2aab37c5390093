// Reading files: walking directories as git sees them, and texts as they are.

import { isUtf8 } from "node:buffer";
import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import type { Source } from "../source/source.ts";
import { isForeignFolder, isReadableName } from "./file-names.ts";

/** What reading one path gave: its text, or one sentence why there is none. */
export type ReadFile =
  | { readonly source: Source }
  | { readonly path: string; readonly problem: string; readonly kind: "unreadable" | "binary" | "empty" | "too large" | "too hard" }
  /** `roughly` is the text with what could not be decoded taken out: good for looking for words only. */
  | { readonly path: string; readonly problem: string; readonly kind: "encoding"; readonly roughly: string };

/** Files of more bytes are not read: nothing that people write for NATS comes near. */
const LARGEST = 64 * 1024 * 1024;

/** What a walk came upon, as posix paths relative to `cwd`, in order. */
interface Walked {
  readonly files: readonly string[];
  /** Links that lead out of the repository. */
  readonly outward: readonly string[];
  /** Sentences about what cannot be read. */
  readonly problems: readonly string[];
}

/** May a path (posix, relative to `cwd`) be passed over? */
type IsIgnored = (path: string, folder: boolean) => boolean;

/**
 * All files below a directory that natslint may understand, posix paths relative to `cwd`, in one order; folders that
 * cannot be read. What git ignores is passed over, but not the directory itself. A file or folder that links lead to is
 * found once, by its own path where it has one below the directory. Links out of the repository are not followed.
 */
export function walk(directory: string, cwd: string, isIgnored: IsIgnored): Walked {
  const found: string[] = [];
  const outward: string[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  const links: { readonly path: string; readonly shown: string; readonly scopes: readonly Scoped[] }[] = [];
  const top = resolve(cwd, directory);
  visit(top, shownPath(top, cwd), gitIgnores(top));
  for (let link = links.shift(); link !== undefined; link = links.shift()) follow(link.path, link.shown, link.scopes);
  return { files: found.sort(), outward: outward.sort(), problems };

  /** `shown` is the folder as reports name it: what is in it begins with that, so nothing is made relative ten thousand times. */
  function visit(folder: string, shownFolder: string, above: readonly Scoped[]): void {
    let entries: Dirent[];
    try {
      const real = realpathSync(folder);
      if (seen.has(real)) return;
      seen.add(real);
      entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (thrown) {
      problems.push(`${shownFolder}: ${sentence(thrown)}`);
      return;
    }
    const scopes = entries.some((entry) => entry.name === ".gitignore" && entry.isFile()) ? [...above, scoped(folder)] : above;
    for (const entry of entries) {
      const { name } = entry;
      const path = folder.endsWith(sep) ? folder + name : folder + sep + name;
      const shown = ABOVE.test(shownFolder) ? shownPath(path, cwd) : shownFolder === "." ? name : `${shownFolder}/${name}`;
      if (entry.isSymbolicLink()) links.push({ path, shown, scopes });
      else if (entry.isDirectory()) {
        if (!isPassedOver(path, shown, "directory", scopes)) visit(path, shown, scopes);
      } else if (entry.isFile() && !isPassedOver(path, shown, "file", scopes)) take(path, shown, path);
    }
  }

  /** Links come last: what they lead to may have been found already. A link to nothing is no file. */
  function follow(path: string, shown: string, scopes: readonly Scoped[]): void {
    const kind = targetKind(path);
    if (kind === null || isPassedOver(path, shown, kind, scopes)) return;
    if (isOutOf(repositoryAround(top, cwd), path)) outward.push(shown);
    else if (kind === "directory") visit(path, shown, scopes);
    else take(path, shown, realpathSync(path));
  }

  function take(path: string, shown: string, real: string): void {
    if (real !== path && seen.has(real)) return;
    seen.add(real);
    found.push(shown);
  }

  function isPassedOver(path: string, shown: string, kind: "file" | "directory", scopes: readonly Scoped[]): boolean {
    const name = basename(path);
    if (kind === "directory" ? isForeignFolder(name) : !isReadableName(name)) return true;
    return isGitIgnored(path, kind, scopes) || isIgnored(shown, kind === "directory");
  }
}

/** Folders above the working directory, where what is in one may lie on the way down to it, and the root of a drive. */
const ABOVE = /(?:^|\/)(?:\.\.)?$/;

/** Reads a file as UTF-8. Bytes that are no UTF-8, binary and empty files are said, not guessed at. */
export function readFile(path: string, cwd: string): ReadFile {
  let bytes: Buffer;
  try {
    const full = resolve(cwd, path);
    const stat = statSync(full);
    if (!stat.isFile()) return { path, kind: "unreadable", problem: stat.isDirectory() ? "it is a directory" : "it is no regular file" };
    const { size } = stat;
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
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { path, kind: "encoding", problem: "it is UTF-16; save it as UTF-8", roughly: roughly(bytes) };
  if (bytes.subarray(0, 8192).includes(0)) return { path, kind: "binary", problem: "it is binary" };
  if (!isUtf8(bytes)) return { path, kind: "encoding", problem: "it is not UTF-8; save it as UTF-8", roughly: roughly(bytes) };
  return { source: { path, text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8") } };
}

/** ASCII as it is in any of the encodings that people save by mistake. */
function roughly(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1").replaceAll("\0", "");
}

/**
 * Does a link take a path out of the repository, or where there is none, out of the working directory? What lies there
 * is not what is linted, and whoever wrote the link need not be who runs natslint.
 */
export function leadsOut(path: string, cwd: string): boolean {
  return isOutOf(repositoryAround(cwd, cwd), resolve(cwd, path));
}

function isOutOf(home: string, path: string): boolean {
  return isBelow(path, home) && targetKind(path) !== null && !isBelow(realpathSync(path), realpathSync(home));
}

/** The folder of the repository that a folder belongs to; without one the working directory, or the folder itself where it lies elsewhere. */
function repositoryAround(inside: string, cwd: string): string {
  for (let folder = inside; ; folder = resolve(folder, "..")) {
    if (isThere(join(folder, ".git"))) return folder;
    if (folder === resolve(folder, "..")) return isBelow(inside, cwd) ? cwd : inside;
  }
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
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

/** The .gitignore files above a directory, up to the repository's root; without those that ignore the directory itself. */
function gitIgnores(top: string): Scoped[] {
  const scopes: Scoped[] = [];
  for (let folder = top; ; ) {
    if (isThere(join(folder, ".git"))) return scopes;
    const parent = resolve(folder, "..");
    if (parent === folder) return [];
    folder = parent;
    const scope = isThere(join(folder, ".gitignore")) ? scoped(folder) : null;
    if (scope !== null && !isGitIgnored(top, "directory", [scope])) scopes.unshift(scope);
  }
}

/** As git decides it: the nearest .gitignore that speaks of the path counts. */
function isGitIgnored(path: string, kind: "file" | "directory", scopes: readonly Scoped[]): boolean {
  let answer = false;
  for (const { folder, rules } of scopes) {
    const below = path.slice(folder.endsWith(sep) ? folder.length : folder.length + 1);
    const { ignored, unignored } = rules.test(posixPath(below) + (kind === "directory" ? "/" : ""));
    if (ignored || unignored) answer = ignored;
  }
  return answer;
}

function scoped(folder: string): Scoped {
  try {
    return { folder, rules: ignore().add(readFileSync(join(folder, ".gitignore"), "utf8")) };
  } catch {
    return { folder, rules: ignore() };
  }
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
