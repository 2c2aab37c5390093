// What a rule is: its page, read. Everything about a rule is said there once.

import type { Fact } from "../document/violation.ts";

export type Severity = "error" | "warning" | "info";
export type Level = Severity | "off";
export type Environment = "production" | "staging" | "development";

/** One level everywhere, or a level for each environment. */
export type SeverityByEnvironment = Level | Readonly<Record<Environment, Level>>;

/** Does the server refuse to start? `check`: it starts with a warning, on which its own check of the file fails (`nats-server -t`). */
export type Refusal = boolean | "check";

/** In which form of files a rule can be found; `gitops` is any of the others inside of a wrapper. */
export const DIALECTS = ["nats-0x", "nats-1x", "stan", "bitnami", "rendered", "conf", "stan-conf", "operator", "stan-operator", "nack", "gitops"] as const;
export type Dialect = (typeof DIALECTS)[number];

export interface RuleOption {
  readonly type: "integer" | "number" | "string" | "boolean" | "array";
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
  readonly description?: string;
}

export interface Rule {
  /** The page's file stem. */
  readonly id: string;
  /** The page's folder. */
  readonly family: string;
  readonly title: string;
  /** The first paragraph. */
  readonly description: string;
  /** By case; `default` is always there. */
  readonly severity: Readonly<Record<string, SeverityByEnvironment>>;
  /** By case; `{fact}` stands for a fact. */
  readonly messages: Readonly<Record<string, string>>;
  /** By case; `default` is always there. What the server does that reads what the rule found. */
  readonly refuses: Readonly<Record<string, Refusal>>;
  readonly judge: "policy" | "service";
  /** The properties of the model's server that its policy names: it can see no others. */
  readonly reads: readonly string[];
  readonly fix: "none" | "safe" | "suggest";
  readonly since: string;
  /** How the rule came to be asked for. */
  readonly priority: "P0" | "P1" | "P2";
  /** How often it is right to act on a finding. */
  readonly precision: "very-high" | "high" | "medium";
  /** Where it can be found. */
  readonly dialects: readonly Dialect[];
  /** What it is about beside its family. */
  readonly tags: readonly ("security" | "end-of-life")[];
  /** The check of `nats audit` that sees the same on running servers. */
  readonly natsAudit: string | null;
  readonly aliases: readonly string[];
  readonly options: Readonly<Record<string, RuleOption>>;
  readonly sources: readonly string[];
}

export type Catalogue = ReadonlyMap<string, Rule>;

/** The rules by id; aliases are looked up by `findRule`. */
export function catalogue(rules: readonly Rule[]): Catalogue {
  return new Map(rules.map((rule) => [rule.id, rule] as const));
}

/** A rule by its id or a former id. */
export function findRule(rules: Catalogue, id: string): Rule | undefined {
  return rules.get(id) ?? [...rules.values()].find((rule) => rule.aliases.includes(id));
}

/** The page on the web that explains the rule. */
export function helpUri(rule: Rule): string {
  return `https://github.com/natslint/natslint/blob/main/rules/${rule.family}/${rule.id}.md`;
}

/** The message of a case with its facts. A fact that the template names and nobody gave is a defect of natslint. */
export function messageOf(rule: Rule, which: string | undefined, facts: Readonly<Record<string, Fact>>): string {
  const template = rule.messages[which ?? "default"] ?? rule.messages["default"] ?? rule.title;
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const fact = facts[name];
    if (fact === undefined) throw new Error(`${rule.id}: the message needs the fact "${name}", which nobody gave`);
    return Array.isArray(fact) ? fact.join(", ") : String(fact);
  });
}

/** For each rule that has options all of them: what the settings say, else the page's default. */
export function optionsOf(
  rules: Catalogue,
  settings: Readonly<Record<string, { readonly options?: Readonly<Record<string, unknown>> }>>,
): Record<string, Record<string, unknown>> {
  const all: Record<string, Record<string, unknown>> = {};
  for (const rule of withOptions(rules)) {
    const own = Object.entries(rule.options);
    all[rule.id] = Object.fromEntries(own.map(([name, option]) => [name, settings[rule.id]?.options?.[name] ?? option.default]));
  }
  return all;
}

const optional = new WeakMap<Catalogue, readonly Rule[]>();

/** A catalogue never changes, and few of its rules can be set. */
function withOptions(rules: Catalogue): readonly Rule[] {
  const found = optional.get(rules) ?? [...rules.values()].filter((rule) => Object.keys(rule.options).length > 0);
  optional.set(rules, found);
  return found;
}
