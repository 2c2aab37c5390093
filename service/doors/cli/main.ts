#!/usr/bin/env node
// The command line: reads flags and files, calls lint, writes reports, sets the exit code. It knows no rule.

import { run } from "./run.ts";

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
});
