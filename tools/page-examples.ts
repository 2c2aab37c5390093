// Finds the examples of a page (`## Wrong`, `## Right`) or of a file of cases (any heading): small workspaces that tests
// lint, and the report that they expect. The fences' info strings become settings; nothing is linted here.
import type { ReadSettings } from "../service/settings/read-settings.ts";
import { DEFAULT_SETTINGS, type ReleaseSettings, type Settings } from "../service/settings/settings.ts";
import type { Source } from "../service/source/source.ts";
import { type Attributes, readInfo } from "./fence-info.ts";
import { type Fence, readBlocks } from "./markdown.ts";

export type ExampleKind = "wrong" | "right" | "silent" | "case";

export interface Example {
  readonly kind: ExampleKind;
  /** The heading it stands under, with a number where several do. */
  readonly title: string;
  /** The line of its first fence, 1-based. */
  readonly line: number;
  readonly sources: readonly Source[];
  /** The files before the change, where the example is about one. */
  readonly base?: readonly Source[];
  readonly settings: Settings;
  /** The lines of the `report` fence; null where there is none. */
  readonly report: readonly string[] | null;
  /** The lines that the `report` fence takes; where there is none, the empty stretch behind the last fence. */
  readonly reportLines: { readonly first: number; readonly last: number };
}

export interface Examples {
  readonly examples: readonly Example[];
  /** What is wrong with the fences: one sentence each, line first. */
  readonly problems: readonly string[];
}

/** What examples are read with. */
export interface ExampleContext {
  /** The rule whose options the fences may set. */
  readonly rule: string;
  readonly where: "page" | "cases";
  /** Reads a fence that holds settings as natslint reads natslint.yaml. */
  readonly readSettings: (source: Source) => ReadSettings;
}

/** The examples in a text. */
export function readExamples(text: string, context: ExampleContext): Examples {
  const { where } = context;
  const examples: Example[] = [];
  const problems: string[] = [];
  let open: Fence[] = [];
  let trail: string[] = [];

  const close = (report: Fence | null): void => {
    const kind = kindOf(trail, where);
    if (open.length > 0 && kind !== null) {
      const heading = trail.at(-1) ?? "";
      const before = examples.filter((one) => one.title === heading || one.title.startsWith(`${heading}, `)).length;
      const made = example(open, report, kind, before === 0 ? heading : `${heading}, ${before + 1}`, context);
      if ("problems" in made) problems.push(...made.problems);
      else examples.push(made);
    } else if (report !== null && kind !== null) problems.push(`${report.line}: a report stands behind the files that it is about`);
    open = [];
  };

  for (const block of readBlocks(text)) {
    if (block.kind === "heading") {
      close(null);
      trail = [...trail.slice(0, block.level - 1), ...Array<string>(Math.max(0, block.level - 1 - trail.length)).fill(""), block.text];
    } else if (block.info.split(/\s/)[0] === "report") close(block);
    else if (kindOf(trail, where) !== null) open.push(block);
  }
  close(null);
  return { examples, problems };
}

/** What the examples below these headings, outermost first, are; null where none are expected. */
function kindOf(trail: readonly string[], where: ExampleContext["where"]): ExampleKind | null {
  if (where === "cases") return trail.some((heading) => /^silent\b/i.test(heading)) ? "silent" : "case";
  return trail[1] === "Wrong" ? "wrong" : trail[1] === "Right" ? "right" : null;
}

function example(
  fences: readonly Fence[],
  report: Fence | null,
  kind: ExampleKind,
  title: string,
  context: ExampleContext,
): Example | { readonly problems: string[] } {
  const problems: string[] = [];
  const sources: Source[] = [];
  const were: Source[] = [];
  const added = new Set<string>();
  const read: Read[] = [];
  for (const fence of fences) {
    const info = readInfo(fence.info);
    if ("problem" in info) problems.push(`${fence.line}: ${info.problem}`);
    else read.push({ fence, attributes: info.attributes });
  }
  for (const { fence, attributes } of read) {
    if (attributes.settings === true) continue;
    if (attributes.file === undefined) problems.push(`${fence.line}: an example's fence names its file: \`\`\`yaml file=values.yaml`);
    else if ((attributes.base === true ? were : sources).some((one) => one.path === attributes.file))
      problems.push(`${fence.line}: ${attributes.file} stands in this example already; a report fence or a heading begins the next one`);
    else (attributes.base === true ? were : sources).push({ path: attributes.file, text: fence.text });
    if (attributes.new === true && attributes.file !== undefined) added.add(attributes.file);
  }
  const unchanged = sources.filter(({ path }) => !added.has(path) && !were.some((one) => one.path === path));
  const settings = settingsOf(read, context, problems);
  if (problems.length > 0) return { problems };
  const end = fences.at(-1)?.end ?? 0;
  return {
    kind,
    title,
    line: fences[0]?.line ?? 0,
    sources,
    ...((were.length > 0 || added.size > 0) && { base: [...were, ...unchanged] }),
    settings: { ...settings, named: sources.map((source) => source.path) },
    report: report === null ? null : report.text.split("\n").filter((line) => line.trim() !== ""),
    reportLines: report === null ? { first: end + 1, last: end } : { first: report.line, last: report.end },
  };
}

interface Read {
  readonly fence: Fence;
  readonly attributes: Attributes;
}

/** A page's example is about the page's rule, in whichever preset it is. */
const EVERY_RULE: Settings = { ...DEFAULT_SETTINGS, extends: ["strict"] };

/** Examples are linted on this day, so that dates in them mean the same for ever. */
const DAY = "2026-01-01";

function settingsOf(read: readonly Read[], context: ExampleContext, problems: string[]): Settings {
  const written = writtenSettings(read, context, problems);
  const together = one(
    read.filter(({ attributes }) => attributes.layer === undefined),
    problems,
  );
  const { chart, release, namespace, environment, nodes, autoscaled, serverVersion, today, options } = together;
  const cluster = { ...written.cluster, ...(nodes !== undefined && { nodes }), ...(autoscaled !== undefined && { autoscaled }) };
  return {
    ...written,
    environment: environment ?? null,
    today: today ?? DAY,
    cluster: Object.keys(cluster).length > 0 ? cluster : null,
    assume: {
      ...(chart !== undefined && { chart }),
      ...(release !== undefined && { release }),
      ...(namespace !== undefined && { namespace }),
      ...(serverVersion !== undefined && { serverVersion }),
    },
    releases: [
      ...written.releases,
      ...releasesOf(
        read.filter(({ attributes }) => attributes.base !== true),
        problems,
      ),
    ],
    rules: options === undefined ? written.rules : { ...written.rules, [context.rule]: { options } },
  };
}

/** The fence that holds a natslint.yaml; at most one. */
function writtenSettings(read: readonly Read[], context: ExampleContext, problems: string[]): Settings {
  const [first, second] = read.filter(({ attributes }) => attributes.settings === true);
  if (second !== undefined) problems.push(`${second.fence.line}: an example has one fence with settings`);
  if (first === undefined) return EVERY_RULE;
  const found = context.readSettings({ path: first.attributes.file ?? "natslint.yaml", text: first.fence.text });
  if ("settings" in found) return /^extends:/m.test(first.fence.text) ? found.settings : { ...found.settings, extends: EVERY_RULE.extends };
  problems.push(...found.problems.map((problem) => `${first.fence.line}: ${problem}`));
  return EVERY_RULE;
}

/** Files marked `layer` are the values of one release in their order; `layer=blue` tells several releases apart. */
function releasesOf(read: readonly Read[], problems: string[]): ReleaseSettings[] {
  const names = [...new Set(read.flatMap(({ attributes }) => attributes.layer ?? []))];
  return names.map((name) => {
    const files = read.filter(({ attributes }) => attributes.layer === name);
    const { chart, release, namespace, environment } = one(files, problems);
    return {
      values: files.flatMap(({ attributes }) => attributes.file ?? []),
      ...(chart !== undefined && { chart }),
      ...(release !== undefined ? { name: release } : name !== "" && { name }),
      ...(namespace !== undefined && { namespace }),
      ...(environment !== undefined && { environment }),
    };
  });
}

/** What the fences say together. Where two say different things, the example is none. */
function one(read: readonly Read[], problems: string[]): Attributes {
  const all: Record<string, unknown> = {};
  for (const { fence, attributes } of read) {
    for (const [key, value] of Object.entries(attributes)) {
      if (["file", "layer", "base", "new", "settings"].includes(key)) continue;
      if (key === "options") all[key] = { ...(all[key] as object | undefined), ...(value as object) };
      else if (all[key] !== undefined && all[key] !== value)
        problems.push(`${fence.line}: ${key} is said twice, and differently; \`layer=NAME\` tells releases apart`);
      else all[key] = value;
    }
  }
  return all;
}
