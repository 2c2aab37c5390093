// Finding the settings file that holds for a path: the nearest one upwards.

import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { shownPath } from "./files.ts";

/** The names of files with natslint's settings and nothing else; in one folder the first counts. */
export const SETTINGS_NAMES: readonly string[] = ["natslint.yaml", ".natslint.yaml"];

/**
 * Finds the settings file for a folder (an absolute path), or null. The search ends at the repository's root. The finder
 * remembers what it saw.
 */
export function settingsFinder(): (folder: string) => string | null {
  const found = new Map<string, string | null>();
  const find = (folder: string): string | null => {
    let file = found.get(folder);
    if (file === undefined) {
      const above = dirname(folder);
      file = settingsIn(folder) ?? (existsSync(join(folder, ".git")) || above === folder ? null : find(above));
      found.set(folder, file);
    }
    return file;
  };
  return find;
}

/** Is a path that of a file with natslint's settings and nothing else? */
export function isSettingsName(path: string): boolean {
  return SETTINGS_NAMES.includes(basename(path));
}

function settingsIn(folder: string): string | null {
  for (const name of SETTINGS_NAMES) if (existsSync(join(folder, name))) return join(folder, name);
  const manifest = join(folder, "package.json");
  return existsSync(manifest) && hasSettings(readManifest(manifest)) ? manifest : null;
}

/** Where the patterns of a settings file start, seen from the working directory. */
export function settingsBase(file: string, cwd: string): { readonly strip: string; readonly prepend: string } {
  const folder = dirname(resolve(cwd, file));
  const down = shownPath(folder, cwd);
  if (down === ".") return { strip: "", prepend: "" };
  if (!/^\.\.(\/\.\.)*$/.test(down)) return { strip: `${down}/`, prepend: "" };
  return { strip: "", prepend: `${relative(folder, cwd).split(/[\\/]/).join("/")}/` };
}

/** Does a package.json hold natslint's settings? */
export function hasSettings(manifest: string): boolean {
  try {
    return manifest.includes('"natslint"') && typeof (JSON.parse(manifest) as { readonly natslint?: unknown } | null)?.natslint === "object";
  } catch {
    return false;
  }
}

function readManifest(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
