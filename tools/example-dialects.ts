// In which dialects an example shows its rule, found by reading it as natslint does: what a page claims is held against that.
import { at, text } from "../service/document/node.ts";
import { type Engine, questions } from "../service/lint.ts";
import { CHARTS } from "../service/model/charts.ts";
import { type Release, readReleases } from "../service/model/releases.ts";
import { NACK_LISTS } from "../service/model/nack/resource.ts";
import type { TakenFor } from "../service/model/taken-for.ts";
import type { Dialect } from "../service/rule/rule.ts";
import type { ExampleFile } from "./example-files.ts";
import type { Example } from "./page-examples.ts";

export interface Shown {
  /** In which the rule says something. */
  readonly fires: ReadonlySet<Dialect>;
  /** In which there is something to look at and the rule is silent. */
  readonly silent: ReadonlySet<Dialect>;
}

/** By rule: what all its examples show. That reports are what lint says is a test of its own. */
export function shownDialects(files: readonly ExampleFile[], engine: Engine): ReadonlyMap<string, Shown> {
  const shown = new Map<string, { readonly fires: Set<Dialect>; readonly silent: Set<Dialect> }>();
  for (const { rule, examples } of files) {
    const own = shown.get(rule) ?? { fires: new Set(), silent: new Set() };
    shown.set(rule, own);
    for (const example of examples) for (const dialect of exampleDialects(example, rule, engine)) (isFiring(example) ? own.fires : own.silent).add(dialect);
  }
  return shown;
}

function isFiring({ report }: Example): boolean {
  return report !== null && report.length > 0;
}

/** The dialects of the releases that the example's findings are about; without findings, of all that it holds. */
export function exampleDialects(example: Example, rule: string, engine: Engine): Dialect[] {
  const { releases, repository, taken } = readReleases(example.sources, example.settings, engine);
  const asked = [...questions(releases, example.settings, engine, { ...example, repository })].filter(({ release }) => releases.includes(release));
  const of = (found: typeof asked, files: Iterable<string>): Dialect[] =>
    found.length > 0
      ? found.flatMap(({ release }) => releaseDialects(release, taken))
      : [...files].flatMap((path) => (taken.get(path) ?? []).flatMap(takenDialect));
  if (!isFiring(example)) return of(asked, taken.keys());
  const isPolicy = engine.rules.get(rule)?.judge === "policy";
  const spoken = isPolicy ? asked.filter(({ input }) => engine.policies.evaluate(input).some((one) => one.rule === rule)) : [];
  if (spoken.length > 0) return of(spoken, []);
  // The service says it of the files, or a policy of several releases; and what is wrong with values may leave no server of them.
  const files = new Set((example.report ?? []).map((line) => line.replace(/:\d+:\d+: .*/, "")));
  return of(
    asked.filter(({ model }) => [...model.origins.values()].some(({ path }) => files.has(path))),
    files,
  );
}

function takenDialect(name: string): Dialect[] {
  if (WRAPPERS.test(name)) return ["gitops"];
  const [, known] = NAMES.find(([pattern]) => pattern.test(name)) ?? [];
  if (known !== undefined) return [known];
  const chart = (Object.keys(CHARTS) as (keyof typeof CHARTS)[]).find((dialect) => `${name} `.startsWith(`values of ${CHARTS[dialect].title} `));
  if (chart === undefined) return [];
  return [OF_CHARTS[chart] ?? (chart as Dialect)];
}

/** Dialects of charts that pages know by another name. */
const OF_CHARTS: Readonly<Partial<Record<keyof typeof CHARTS, Dialect>>> = {
  "qlik-streaming": "stan",
  "stable-nats": "bitnami",
  qlik: "bitnami",
  "nats-operator": "operator",
  "nats-streaming-operator": "stan-operator",
};

const NAMES: readonly (readonly [RegExp, Dialect])[] = [
  [/^nats\.conf$/, "conf"],
  [/^stan\.conf$/, "stan-conf"],
  [/^(NatsCluster|NatsServiceRole)$/, "operator"],
  [/^NatsStreamingCluster$/, "stan-operator"],
  [/^NACK /, "nack"],
  [/^(Kubernetes objects|rendering of )/, "rendered"],
];

/** What a file was taken for begins so where it says what installs a release. */
const WRAPPERS = /^(Argo CD|Flux|k3s|Kustomization|Component|helmfile|Fleet)\b/;

function releaseDialects({ tree, path }: Release, taken: TakenFor): Dialect[] {
  const isWrapped = (taken.get(path) ?? []).some((name) => WRAPPERS.test(name));
  const own = dialectOf(tree);
  if (own === null) return (taken.get(path) ?? []).flatMap(takenDialect);
  return [own, ...(isWrapped ? (["gitops"] as const) : [])];
}

const OPERATORS: Readonly<Record<string, Dialect>> = { NatsCluster: "operator", NatsStreamingCluster: "stan-operator" };

const GENERATIONS: Readonly<Record<string, Dialect>> = { "nats-io 0x": "nats-0x", "nats-io 1x": "nats-1x" };

/** Null for what holds neither a server nor a resource of NACK. */
function dialectOf(tree: Release["tree"]): Dialect | null {
  const server = at(tree, "servers", 0);
  if (server === undefined) return NACK_LISTS.some((name) => at(tree, name, 0) !== undefined) ? "nack" : null;
  const operated = OPERATORS[text(at(server, "workload", "kind")) ?? ""];
  if (operated !== undefined) return operated;
  const [repository, chart, generation] = ["repository", "name", "generation"].map((key) => text(at(server, "chart", key)));
  if (repository !== undefined) return chart === "stan" ? "stan" : (GENERATIONS[`${repository} ${generation}`] ?? "bitnami");
  if (at(server, "workload")?.kind === "map") return "rendered";
  return text(at(server, "kind")) === "stan" ? "stan-conf" : "conf";
}
