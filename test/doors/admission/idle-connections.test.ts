// Connections that were idle, with the client that the API server has: Go's. Line 59 of the fault list.
// Nearly all of its time is spent waiting, so it stands among the tests that run side by side.
import { execFile, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { SERVICE } from "./api-server-like.ts";
import { good, review } from "./reviews.ts";
import { serve } from "./serve.ts";

const haveGo = spawnSync("go", ["version"]).status === 0;
const name = "59 a connection idle for 4.9, 5, 5.1 and 89 seconds is used again, and after 91 a new one is made (skipped without Go)";

test.skipIf(!haveGo)(name, { timeout: 300_000 }, async () => {
  const served = await serve({ process: true });
  try {
    const [authority, body] = [join(served.folder, "ca.crt"), join(served.folder, "review.json")];
    writeFileSync(authority, served.authority.certificate);
    writeFileSync(body, JSON.stringify(review(good())));
    const url = `https://127.0.0.1:${served.port}/v1/admit?timeout=10s`;
    const args = ["run", join(import.meta.dirname, "idle-connections.go"), url, authority, SERVICE, body, "4.9", "5", "5.1", "89", "91"];
    const { stdout } = await promisify(execFile)("go", args, { env: { ...process.env, GOFLAGS: "-mod=mod", GO111MODULE: "off" } });
    expect(stdout.trim().split("\n").sort()).toEqual(["4.9 200 reused", "5 200 reused", "5.1 200 reused", "89 200 reused", "91 200 new"]);
  } finally {
    await served.stop();
  }
});
