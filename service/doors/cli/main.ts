#!/usr/bin/env node
// The command line: reads flags and files, calls lint, writes reports, sets the exit code. It knows no rule.

import { setFlagsFromString } from "node:v8";
import { run } from "./run.ts";

// The V8 of Node 20 optimises functions long before a run of a fifth of a second gains by it, which takes a fifth of its
// work and half of a repository's. Later ones know better, and do not know the flag.
if (process.versions.node.startsWith("20.")) setFlagsFromString("--interrupt-budget=1000000");

let output: typeof process.stdout | undefined;

/** Whoever reads the output may stop early (`| head`): that is no failure of natslint. */
function stopped(error: { readonly code?: string }): void {
  if (error.code !== "EPIPE") throw error;
}

// No await at the top: the bundle is CommonJS, which starts faster. Node makes its streams when they are first asked for.
void run(process.argv.slice(2), {
  cwd: process.cwd(),
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    output ??= process.stdout.on("error", stopped);
    return output;
  },
  get stderr() {
    return process.stderr;
  },
  env: process.env,
}).then((code) => {
  process.exitCode = code;
});
