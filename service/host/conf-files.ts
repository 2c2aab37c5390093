// A configuration file and what it includes, from the disk as a server reads them: byte by byte, whatever they hold.

import { readFileSync, statSync } from "node:fs";
import { posix, resolve } from "node:path";

/** The text of a file, or one sentence why there is none. Bytes that are no UTF-8 become U+FFFD; a byte order mark stays. */
export function readConfFile(path: string, cwd: string): { readonly text: string } | { readonly problem: string } {
  const full = resolve(cwd, path);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (stat === undefined) return { problem: `${path} does not exist` };
  if (!stat.isFile()) return { problem: `${path} is ${stat.isDirectory() ? "a directory" : "no regular file"}` };
  try {
    return { text: confText(readFileSync(full)) };
  } catch (thrown) {
    return { problem: `${path} cannot be read (${(thrown as { readonly code?: string }).code ?? "unknown error"})` };
  }
}

/** Bytes as the server takes them. */
export function confText(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** Where an include directive leads: below the including file's folder, even if its path is absolute. */
export function includedPath(written: string, from: string): string {
  return posix.join(posix.dirname(from), written);
}
