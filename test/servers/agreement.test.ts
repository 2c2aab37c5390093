// A real nats-server is asked about configurations made by chance, by its check and by a start: natslint has to say the same.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { natsServerPath, natsServerVersion } from "../../tools/nats-server.ts";
import { reasonsOf } from "../conf-check.ts";
import { checks, starts } from "./run.ts";
import { someConf } from "./some-confs.ts";

const RUNS = Number(process.env["NATSLINT_CONFS"] ?? 500);
const server = process.env["NATS_SERVER"] === undefined ? natsServerPath() : null;

/** By what the server prints: where it and natslint may disagree, and why. */
const EXCEPTIONS: readonly { readonly said: RegExp; readonly because: string }[] = [];

/** "starts", "warns" (its own check fails, and it starts) or "refuses", with what was said. */
async function serverOn(text: string, folder: string): Promise<readonly [string, string]> {
  writeFileSync(join(folder, "a.conf"), text);
  const checked = await checks(server ?? "", "a.conf", folder);
  const started = await starts(server ?? "", ["-c", "a.conf"], folder);
  return [started.accepts ? (checked.accepts ? "starts" : "warns") : "refuses", `${checked.said} // ${started.said}`];
}

function natslintOn(text: string): readonly [string, string] {
  const reasons = reasonsOf([{ path: "a.conf", text }], { version: natsServerVersion });
  const said = reasons.map((one) => `${one.start.line}: ${one.message} [${one.rule.id}]`).join(" // ");
  return [reasons.length === 0 ? "starts" : reasons.every((one) => one.refuses === "check") ? "warns" : "refuses", said];
}

test.skipIf(server !== null)("no nats-server to ask: node tools/run.mjs tools/nats-server.ts installs it", () => undefined);

describe.skipIf(server === null)(`nats-server ${natsServerVersion} and natslint, on configurations by chance`, () => {
  test(`agree on ${RUNS} of them, others in each run`, { timeout: 600_000 }, async () => {
    const seed = Number(process.env["NATSLINT_SEED"] ?? Date.now() % 1_000_000);
    process.stdout.write(`configurations by chance: seed ${seed}\n`);
    const confs = fc.sample(someConf, { seed, numRuns: RUNS });
    const different: string[] = [];
    const counts: Record<string, number> = {};
    const work = async (): Promise<void> => {
      for (let text = confs.pop(); text !== undefined; text = confs.pop()) {
        const folder = mkdtempSync(join(tmpdir(), "natslint-conf-"));
        const [theirs, said] = await serverOn(text, folder);
        rmSync(folder, { recursive: true, force: true });
        const [ours, reasons] = natslintOn(text);
        counts[theirs] = (counts[theirs] ?? 0) + 1;
        if (ours !== theirs && !EXCEPTIONS.some((one) => one.said.test(said)))
          different.push(`${text}\nserver ${theirs}: ${said}\nnatslint ${ours}: ${reasons}`);
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    process.stdout.write(`${JSON.stringify(counts)}\n`);
    // Neither only right nor only wrong ones, which would ask little.
    expect(Math.min(counts["starts"] ?? 0, counts["refuses"] ?? 0), JSON.stringify(counts)).toBeGreaterThan(RUNS / 20);
    expect(different, `seed ${seed}`).toEqual([]);
  });
});
