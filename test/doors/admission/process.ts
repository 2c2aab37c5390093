// The webhook as a process of its own, for tests that send it signals or take things away from it.
import { serveAdmission } from "../../../service/doors/admission/main.ts";

void serveAdmission(process.env, {}, { stdout: process.stdout, stderr: process.stderr }).then((code) => {
  process.exitCode = code;
});
