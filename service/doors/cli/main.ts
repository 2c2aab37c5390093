// The command line: reads flags and files, calls lint, writes reports, sets the exit code. It knows no rule.

import { run } from "./run.ts";

/** Told to who keeps the code that this run compiled. */
export const ran: { linted: boolean } = { linted: false };

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
  linted: () => {
    ran.linted = true;
  },
}).then((code) => {
  process.exitCode = code;
});
