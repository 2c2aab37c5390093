#!/usr/bin/env node
// The command line: reads flags and files, calls lint, writes reports, sets the exit code. It knows no rule.

import { run } from "./run.ts";

// Whoever reads the output may stop early (`| head`); that is no failure of natslint.
process.stdout.on("error", (error: { readonly code?: string }) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
});
