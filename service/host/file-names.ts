// Which files natslint may understand, by their names alone: in a folder of this machine as in a commit.

import { posix } from "node:path";

const NAMES = /\.(ya?ml|json|conf|config|cfg|jsonnet|libsonnet)$|\.(ya?ml|conf)\.(tpl|tmpl|gotmpl)$/i;
const OTHERS = /^(package(-lock)?\.json|tsconfig.*\.json|composer\.(json|lock)|yarn\.lock)$/;
const FOREIGN = new Set([".git", "node_modules", ".terraform", ".venv"]);

/** May a file of that name, without its folder, be read? */
export function isReadableName(name: string): boolean {
  return NAMES.test(name) && !OTHERS.test(name);
}

/** Is a folder of that name full of what other programs put there? */
export function isForeignFolder(name: string): boolean {
  return FOREIGN.has(name);
}

/** The same of a whole path, posix. */
export function mayBeLinted(path: string): boolean {
  return isReadableName(posix.basename(path)) && !posix.dirname(path).split("/").some(isForeignFolder);
}
