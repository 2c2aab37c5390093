// Reads the catalogue, rules/<family>/<id>.md: all that is said about a rule is said there, and read here once.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";
import type { Refusal, Rule, RuleOption, SeverityByEnvironment } from "../service/rule/rule.ts";
import { type Block, type Heading, plainText, readBlocks } from "./markdown.ts";
import { namesRead } from "./policy-reads.ts";

export interface Page {
  /** Posix, relative to the root. */
  readonly path: string;
  readonly text: string;
  /** The file's stem. */
  readonly id: string;
  /** The file's folder. */
  readonly family: string;
  readonly title: string;
  /** The first paragraph below the title, as plain text on one line. */
  readonly description: string;
  readonly front: FrontMatter;
  readonly headings: readonly Heading[];
}

/** What schemas/rule.schema.json lets through. */
export interface FrontMatter {
  /** By case where there is a `default`. */
  readonly severity: SeverityByEnvironment | (Readonly<Record<string, SeverityByEnvironment>> & { readonly default: SeverityByEnvironment });
  readonly fix?: Rule["fix"];
  readonly since: string;
  readonly judge?: Rule["judge"];
  /** By case, or one for all. */
  readonly refuses?: Refusal | Readonly<Record<string, Refusal>>;
  readonly precision?: Rule["precision"];
  readonly priority?: Rule["priority"];
  readonly dialects: Rule["dialects"];
  readonly tags?: Rule["tags"];
  readonly natsAudit?: string;
  readonly options?: Readonly<Record<string, RuleOption>>;
  readonly messages: Readonly<Record<string, string>>;
  readonly sources: readonly string[];
  readonly aliases?: readonly string[];
}

export interface Pages {
  /** Sorted by id. */
  readonly pages: readonly Page[];
  /** Pages that cannot be read and why: one sentence each, path first. */
  readonly problems: readonly string[];
}

/** All pages below `root`/rules. One that cannot be read hides no other. */
export function readPages(root: string): Pages {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(readFileSync(join(root, "schemas", "rule.schema.json"), "utf8")) as object);
  const pages: Page[] = [];
  const problems: string[] = [];
  for (const path of pagePaths(root)) {
    const page = readPage(path, readFileSync(join(root, path), "utf8"), (front) =>
      validate(front) ? [] : (validate.errors ?? []).map((one) => `front matter${one.instancePath} ${one.message ?? "does not hold"}`),
    );
    if ("front" in page) pages.push(page);
    else problems.push(...page.problems.map((problem) => `${path}: ${problem}`));
  }
  return { pages: pages.sort((a, b) => (a.id < b.id ? -1 : 1)), problems };
}

/** One page from its text. `validate` says what is wrong with the front matter. */
export function readPage(path: string, text: string, validate: (front: unknown) => readonly string[]): Page | { readonly problems: readonly string[] } {
  const found = /^---\n(.*?\n)---\n/s.exec(text);
  if (found === null) return { problems: ["a page begins with front matter between two lines of ---"] };
  let front: unknown;
  try {
    front = parse(found[1] ?? "");
  } catch (thrown) {
    return { problems: [`the front matter is no YAML: ${(thrown as Error).message.split("\n")[0]}`] };
  }
  const problems = [...validate(front)];
  const blocks = readBlocks(`${"\n".repeat(found[0].split("\n").length - 1)}${text.slice(found[0].length)}`);
  const headings = blocks.filter((block) => block.kind === "heading");
  const [title] = headings;
  const description = title === undefined ? "" : firstParagraph(text, title, blocks);
  if (title?.level !== 1) problems.push("below the front matter stands the title: # ...");
  if (description === "") problems.push("below the title stands a paragraph that says why it matters");
  if (title === undefined || problems.length > 0) return { problems };
  return {
    path,
    text,
    id: basename(path, ".md"),
    family: path.split("/").at(-2) ?? "",
    title: plainText(title.text),
    description,
    front: front as FrontMatter,
    headings,
  };
}

/** The page as natslint carries it: without its body, and with all that may be left out filled in. */
export function toRule({ id, family, title, description, front }: Page): Rule {
  const { severity, fix = "none", since, judge = "policy", refuses = false, options = {}, messages, sources, aliases = [] } = front;
  const { priority = "P1", precision = "very-high", dialects, tags = [], natsAudit = null } = front;
  const byCase = typeof severity === "object" && "default" in severity ? severity : { default: severity };
  const refusals = typeof refuses === "object" ? refuses : { default: refuses };
  const asked = { priority, precision, dialects, tags, natsAudit };
  const reads = namesRead(id);
  return { id, family, title, description, severity: byCase, messages, refuses: refusals, judge, reads, fix, since, ...asked, aliases, options, sources };
}

function pagePaths(root: string): string[] {
  return readdirSync(join(root, "rules"), { recursive: true, encoding: "utf8" })
    .map((path) => `rules/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".md"))
    .sort();
}

function firstParagraph(text: string, title: Heading, blocks: readonly Block[]): string {
  const next = blocks.find((block) => block.line > title.line)?.line ?? Number.POSITIVE_INFINITY;
  const below = text
    .split("\n")
    .slice(title.line, next - 1)
    .join("\n");
  return plainText(below.trim().split(/\n[ \t]*\n/)[0] ?? "");
}
