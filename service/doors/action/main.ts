// The GitHub Action: reads inputs and the event, has two commits linted, annotates, comments, sets the exit code. It
// knows no rule. The same file is the program of the thread that lints, because an Action is one file.

import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";
import { serveLinting } from "../../lint-thread/serve.ts";
import { engine } from "./knowledge.ts";
import { run } from "./run.ts";

if (parentPort !== null) void serveLinting(parentPort, engine());
else
  void run({ env: process.env, stdout: process.stdout, lintThread: fileURLToPath(import.meta.url) }).then((code) => {
    process.exitCode = code;
  });
