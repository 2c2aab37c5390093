// Asks a server and natslint about the same configurations, each in a folder of its own, and collects where they disagree.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc, { type Arbitrary } from "fast-check";
import type { Finding } from "../../service/finding/finding.ts";

/** `warns`: it starts, but its own check of the file fails. */
export type Verdict = "starts" | "warns" | "refuses";

export interface Parties {
  /** With what it said. The folder is gone afterwards. */
  readonly server: (text: string, folder: string) => Promise<readonly [Verdict, string]>;
  readonly natslint: (text: string) => readonly Finding[];
  /** By what the server prints or the text holds: where the two may disagree, and why. */
  readonly exceptions: readonly { readonly sign: RegExp; readonly because: string }[];
}

export interface Outcome {
  readonly seed: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Text and answers. */
  readonly different: readonly string[];
}

/** `NATSLINT_SEED` repeats a run, `NATSLINT_CONFS` makes it longer. */
export async function ask(confs: Arbitrary<string>, runs: number, { server, natslint, exceptions }: Parties): Promise<Outcome> {
  const seed = Number(process.env["NATSLINT_SEED"] ?? Date.now() % 1_000_000);
  const numRuns = Number(process.env["NATSLINT_CONFS"] ?? runs);
  const counts = { starts: 0, warns: 0, refuses: 0 };
  const different: string[] = [];
  const left = fc.sample(confs, { seed, numRuns });
  const work = async (): Promise<void> => {
    for (let text = left.pop(); text !== undefined; text = left.pop()) {
      const folder = mkdtempSync(join(tmpdir(), "natslint-conf-"));
      const [theirs, said] = await server(text, folder);
      rmSync(folder, { recursive: true, force: true });
      const reasons = natslint(text);
      const ours = reasons.length === 0 ? "starts" : reasons.every((one) => one.refuses === "check") ? "warns" : "refuses";
      counts[theirs]++;
      if (ours === theirs || exceptions.some(({ sign }) => sign.test(said) || sign.test(text))) continue;
      const told = reasons.map((one) => `${one.start.line}: ${one.message} [${one.rule.id}]`).join(" // ");
      different.push(`${text}\nserver ${theirs}: ${said}\nnatslint ${ours}: ${told}`);
    }
  };
  await Promise.all([work(), work(), work()]);
  process.stdout.write(`configurations by chance: seed ${seed}, ${JSON.stringify(counts)}\n`);
  return { seed, counts, different };
}
