// Where the program of the thread that lints lies: beside the bundle, and below the package's folder for the sources.

import { fileURLToPath } from "node:url";

export function threadProgram(): string {
  const here = fileURLToPath(new URL(".", import.meta.url));
  const isSource = /[\\/]service[\\/]doors[\\/]github[\\/]?$/.test(here);
  return fileURLToPath(new URL(isSource ? "../../../dist/lint-thread.js" : "lint-thread.js", import.meta.url));
}
