// Finding the settings file that holds for a path: the nearest one upwards.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { shownPath } from "./files.ts";

const NAMES = ["natslint.yaml", ".natslint.yaml"];

/** The settings file for a folder (an absolute path), or null. The search ends at the repository's root. */
export function findSettings(folder: string): string | null {
  for (let here = folder; ; here = dirname(here)) {
    for (const name of NAMES) if (existsSync(join(here, name))) return join(here, name);
    const manifest = join(here, "package.json");
    if (existsSync(manifest) && /"natslint"\s*:\s*\{/.test(readFileSync(manifest, "utf8")) && hasSettings(manifest)) return manifest;
    if (existsSync(join(here, ".git")) || dirname(here) === here) return null;
  }
}

/** Where the patterns of a settings file start, seen from the working directory. */
export function settingsBase(file: string, cwd: string): { readonly strip: string; readonly prepend: string } {
  const folder = dirname(resolve(cwd, file));
  const down = shownPath(folder, cwd);
  if (down === ".") return { strip: "", prepend: "" };
  if (!down.startsWith("..")) return { strip: `${down}/`, prepend: "" };
  return { strip: "", prepend: `${relative(folder, cwd).split(/[\\/]/).join("/")}/` };
}

function hasSettings(manifest: string): boolean {
  try {
    return typeof (JSON.parse(readFileSync(manifest, "utf8")) as { natslint?: unknown }).natslint === "object";
  } catch {
    return false;
  }
}
