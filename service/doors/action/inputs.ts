// The inputs of the Action as action.yml names them, each checked; one that does not hold is said in one sentence.

import { posix } from "node:path";
import type { Environment, Severity } from "../../rule/rule.ts";
import { UsageError } from "../../host/usage-error.ts";

export interface Inputs {
  /** Posix paths from the repository's root; `.` is everything. */
  readonly paths: readonly string[];
  readonly config: string | null;
  readonly failOn: Severity | "never" | null;
  readonly environment: Environment | null;
  readonly comment: boolean;
  /** Null: what the event suggests. */
  readonly scope: "changed" | "all" | null;
  /** A branch, tag or commit to compare with; null: what the event names. */
  readonly base: string | null;
  readonly token: string;
  readonly sarifFile: string | null;
}

type Environ = Readonly<Record<string, string | undefined>>;

/** Throws a UsageError with all that does not hold. */
export function readInputs(env: Environ): Inputs {
  const problems: string[] = [];
  const oneOf = <T extends string>(name: string, known: readonly T[]): T | null => {
    const value = input(env, name);
    const found = known.find((one) => one === value);
    if (value !== "" && found === undefined)
      problems.push(`the input ${name} takes ${known.slice(0, -1).join(", ")} or ${known.at(-1)}, not "${clean(value)}"`);
    return found ?? null;
  };
  const path = (name: string, value: string): string => {
    const normal = posix.normalize(value.replaceAll("\\", "/")).replace(/(?<=.)\/$/, "");
    if (/[\u0000-\u001f]/.test(value)) problems.push(`the input ${name} takes one path, not several lines`);
    else if (normal.startsWith("/") || normal === ".." || normal.startsWith("../"))
      problems.push(`the input ${name} takes paths inside the repository, from its root, not "${clean(value)}"`);
    return normal;
  };
  const comment = input(env, "comment");
  if (!/^(true|false|)$/i.test(comment)) problems.push(`the input comment takes true or false, not "${clean(comment)}"`);
  const base = input(env, "base");
  if (base !== "" && !isRefName(base)) problems.push(`the input base takes a branch, a tag or a commit, not "${clean(base)}"`);
  const config = input(env, "config");
  const sarifFile = input(env, "sarif-file");
  const paths = input(env, "paths")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const read: Inputs = {
    paths: paths.length === 0 ? ["."] : paths.map((one) => path("paths", one)),
    config: config === "" ? null : path("config", config),
    failOn: oneOf<Severity | "never">("fail-on", ["error", "warning", "info", "never"]),
    environment: oneOf<Environment>("environment", ["production", "staging", "development"]),
    comment: !/^false$/i.test(comment),
    scope: oneOf("scope", ["changed", "all"]),
    base: base === "" ? null : base,
    token: input(env, "token"),
    sarifFile: sarifFile === "" ? null : path("sarif-file", sarifFile),
  };
  if (problems.length > 0) throw new UsageError(problems.join("; "));
  return read;
}

/** GitHub hands inputs on in upper case; blanks would become `_`, hyphens stay. */
function input(env: Environ, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? "").trim();
}

/** Nothing that git would take for a flag, a range or a path of its own. */
function isRefName(name: string): boolean {
  return /^[\w][\w./+@-]*$/u.test(name) && !/\.\.|@\{|\/\/|\.lock$/.test(name) && name.length <= 255;
}

/** A value as a message shows it: short, and on one line. */
function clean(value: string): string {
  return value.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, " ").slice(0, 60);
}
