// Harnesses of one file of tests, each closed after its test, and the shared linter after the last.
import { afterAll, afterEach } from "vitest";
import { type Harness, harness, sharedLinter } from "./harness.ts";
import { checks } from "./serve.ts";

const open: Harness[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(async () => await (await sharedLinter()).close());

export async function made(...how: Parameters<typeof harness>): Promise<Harness> {
  const one = await harness(...how);
  open.push(one);
  return one;
}

/** The checks without their commits. */
export const said = ({ repository }: Harness): string[] => checks(repository).map((line) => line.slice(8));
