// The GitHub Action: reads inputs and the event, lints two commits, annotates, comments, sets the exit code. It knows no rule.

import { run } from "./run.ts";

void run({ env: process.env, stdout: process.stdout }).then((code) => {
  process.exitCode = code;
});
