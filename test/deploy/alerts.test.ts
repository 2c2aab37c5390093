// The alerts, judged by promtool: each is raised by what it is about and by nothing else, and asks for metrics that there are.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { programPath } from "../../tools/kubernetes.ts";
import { root } from "../../tools/opa.ts";

const path = join(root, "deploy/helm/natslint/files/alerts.yaml");
const promtool = programPath("promtool");

interface Rule {
  readonly alert: string;
  readonly expr: string;
}

const rules = (parse(readFileSync(path, "utf8")) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules: all }) => all);

describe.skipIf(promtool === null)("promtool", () => {
  test.each([
    ["finds nothing wrong with the rules", ["check", "rules", "--lint=all", "--lint-fatal", path]],
    ["raises what test/deploy/alerts.yaml says", ["test", "rules", join(root, "test/deploy/alerts.yaml")]],
  ])("%s", (_what, args) => {
    const { status, stdout, stderr } = spawnSync(promtool ?? "", args, { encoding: "utf8" });
    expect(status, `${stdout}${stderr}`).toBe(0);
  });
});

test("every alert asks for metrics that the webhook or the API server has", () => {
  const door = join(root, "service/doors/admission");
  const sources = readdirSync(door).map((name) => readFileSync(join(door, name), "utf8"));
  const own = sources.join("\n");
  for (const { alert, expr } of rules) {
    for (const [name] of expr.matchAll(/\bnatslint_\w+/g)) {
      const written = name.replace(/^natslint_/, "").replace(/_bucket$/, "");
      expect(own, `${alert} asks for ${name}`).toContain(written);
    }
  }
  expect(rules.length).toBeGreaterThan(0);
});

test("every alert has its line in the guide", () => {
  const guide = readFileSync(join(root, "docs/in-cluster.md"), "utf8");
  expect(rules.map(({ alert }) => alert).filter((alert) => !guide.includes(`\`${alert}\``))).toEqual([]);
});
