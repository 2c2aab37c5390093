// The service as a process of its own, for tests that kill it.
import { parseArgs } from "node:util";
import { serveGitHub } from "../../../service/doors/github/main.ts";

const { values } = parseArgs({ options: { port: { type: "string" }, queue: { type: "string" }, workers: { type: "string" }, "on-error": { type: "string" } } });
const { "on-error": onError, ...flags } = values;
void serveGitHub(process.env, { ...flags, ...(onError === undefined ? {} : { onError }) }, { stdout: process.stdout, stderr: process.stderr }).then((code) => {
  process.exitCode = code;
});
