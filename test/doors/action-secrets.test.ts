// Secrets and commands that people or attackers put into files: nothing of them leaves the step.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundled, checkout, origin, pullRequest, type Step, step, sweep } from "./action-world.ts";
import { PAIR } from "./world.ts";

let bundle: string;
beforeAll(async () => {
  bundle = await bundled();
});
afterAll(sweep);

const TOKEN = `ghp_${"Canary1".repeat(6)}`;
const CANARIES = [
  TOKEN,
  "SUACANARYCANARYCANARYCANARYCANARYCANARYCANARYCANARYCANARYCA",
  `$2a$11$${"CanaryCanary".repeat(4)}`,
  "eyJhbGciOiJDYW5hcnkifQ.eyJjYW5hcnkiOiJjYW5hcnkifQ.Y2FuYXJ5",
  "canary-password-4711",
  "canary-in-a-comment",
];

async function runWith(files: Readonly<Record<string, string>>, branch = "change"): Promise<{ readonly ran: Step; readonly all: string }> {
  const from = origin();
  const base = from.commit("main", { "README.md": "x" });
  const head = from.commit(branch, files, base);
  const workspace = checkout(from, from.merge(5, base, head));
  const ran = await step(bundle, workspace, { event: "pull_request", payload: pullRequest(5, base, head), inputs: { "sarif-file": "natslint.sarif" } });
  const all = [
    ran.stdout,
    ran.stderr,
    ran.summary,
    JSON.stringify(ran.outputs),
    readFileSync(join(workspace, "natslint.sarif"), "utf8"),
    readFileSync(ran.outputs["report-file"] ?? "", "utf8"),
  ].join("\n");
  return { ran, all };
}

test("canaries in values, comments, keys, names of files and of branches stay where they are", async () => {
  const [token, seed, hash, jwt, password, comment] = CANARIES;
  const auth = `\nauthorization { user: canary, password: ${password}, token: "${token}" }\nfoo: $${seed}\n`;
  const { ran, all } = await runWith(
    {
      "natslint.yaml": "environments: {production: ['*']}\nreleases:\n  - {name: nats, chart: nats@2.14.2, values: [values.yaml]}\n",
      "values.yaml": `${PAIR}\n# ${comment}\n${token}: ${seed}\nauth:\n  enabled: ${password}\n  users: [{user: a, password: ${hash}}, {user: b, password: "${jwt}"}]\n`,
      [`prod/${token}/nats.conf`]: `port: 4222x${auth}cluster { routes: ["nats://u:${password}@host:6222"] \n`,
      "nats.conf": `port: 4222\n${auth}cluster { name: x, no_such: ${seed}, routes: ["nats://u:${password}@host:6222"] }\ndebug: true\ntrace: true\n`,
      "broken-nats.yaml": `nats: "${password}\n  ${token}: [\n`,
    },
    `change-${TOKEN}`,
  );
  expect(ran.code).toBeGreaterThan(0);
  expect(Number(ran.outputs["findings"])).toBeGreaterThan(2);
  for (const canary of CANARIES) expect({ canary, where: around(all, canary) }).toEqual({ canary, where: [] });
});

test("no text of a repository is taken for a command", async () => {
  const evil = "::add-mask::x";
  const { ran } = await runWith({
    "natslint.yaml": "environments: {production: ['*']}\nreleases:\n  - {name: nats, chart: nats@2.14.2, values: [values.yaml]}\n",
    "values.yaml": `${PAIR}\n"::error::key": 1\n"x\\n::set-output name=a::b": 1\n"##[add-mask]y": 1\n`,
    [`${evil}\n::error::file nats.conf`]: "port: 4222x\n",
  });
  let stopped: string | null = null;
  for (const line of ran.stdout.split("\n")) {
    const word = /^::stop-commands::(.+)$/.exec(line)?.[1];
    if (word !== undefined) stopped = word;
    else if (stopped !== null && line === `::${stopped}::`) stopped = null;
    else if (stopped === null && line !== "") expect(line).toMatch(/^(::(error|warning|notice) title=natslint|[^:#])/);
  }
  expect(stopped).toBeNull();
  expect(ran.stdout).toContain("cluster-min-replicas");
});

describe("a summary that would be too large", () => {
  test("is cut, and says how much is left out", async () => {
    const many = Object.fromEntries(Array.from({ length: 1_100 }, (_, index) => [`prod/nats-${index}/nats.conf`, "port: 4222\ncluster {\n"]));
    const { ran } = await runWith(many);
    expect(Buffer.byteLength(ran.summary)).toBeLessThan(1_048_576);
    expect(ran.summary).toMatch(/\d+ more findings are not listed here; the report file has them all\./);
    expect(ran.stdout.match(/^::error title=natslint%3A/gm)).toHaveLength(10);
    expect(Number(ran.outputs["findings"])).toBeGreaterThanOrEqual(1_100);
  });
});

function around(text: string, word: string): string[] {
  return text
    .split("\n")
    .filter((line) => line.includes(word))
    .map((line) => line.slice(Math.max(0, line.indexOf(word) - 80), line.indexOf(word) + 20));
}
