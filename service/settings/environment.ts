// Which environment something is for: declared by settings, or guessed from words in names.

import ignore from "ignore";
import type { Environment } from "../rule/rule.ts";
import { type Settings, settingsPath } from "./settings.ts";

export interface EnvironmentOf {
  readonly environment: Environment | null;
  readonly from: "declared" | "guessed" | null;
}

const WORDS: Readonly<Record<Environment, readonly string[]>> = {
  production: ["prod", "production", "prd", "live"],
  staging: ["staging", "stage", "uat", "preprod"],
  development: ["dev", "development", "test", "ci", "local", "sandbox"],
};

/** The environment of a release from its path, namespace and name, in that order; two different words decide nothing. */
export function environmentOf(settings: Settings, path: string, namespace: string | null, release: string | null): EnvironmentOf {
  if (settings.environment !== null) return { environment: settings.environment, from: "declared" };
  const below = settingsPath(settings, path);
  for (const [environment, globs] of Object.entries(settings.environments))
    if (
      globs.length > 0 &&
      ignore.isPathValid(below) &&
      ignore()
        .add([...globs])
        .ignores(below)
    )
      return { environment: environment as Environment, from: "declared" };
  for (const name of [path, namespace, release]) {
    const words = new Set((name ?? "").toLowerCase().split(/[/\-_.]/));
    const found = (Object.keys(WORDS) as Environment[]).filter((one) => WORDS[one].some((word) => words.has(word)));
    if (found.length === 1 && found[0] !== undefined) return { environment: found[0], from: "guessed" };
    if (found.length > 1) return { environment: null, from: null };
  }
  return { environment: null, from: null };
}

/** The text with every word for an environment replaced, so that what differs in nothing else is equal. */
export function withoutEnvironment(text: string): string {
  return text.replace(/[^/\-_.]+/g, (word) => (ALL_WORDS.has(word.toLowerCase()) ? "*" : word));
}

const ALL_WORDS: ReadonlySet<string> = new Set(Object.values(WORDS).flat());
