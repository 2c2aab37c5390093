#!/usr/bin/env node
// The command line: reads flags and files, calls lint, writes reports, sets the exit code. It knows no rule.

import { run } from "./run.ts";

// No await at the top: the bundle is CommonJS, which starts faster.
void run(process.argv.slice(2), {
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
}).then((code) => {
  process.exitCode = code;
});
