// Reads the info string of an example's fence: yaml file=values.yaml chart=nats@2.14.2 environment=production layer.
import { parse } from "yaml";
import type { Environment } from "../service/rule/rule.ts";

/** What a fence may say behind its language. All but `file`, `layer`, `base`, `new` and `settings` hold for its whole example. */
export interface Attributes {
  /** The path of the file that the fence shows. */
  readonly file?: string;
  /** [REPOSITORY/]NAME[@VERSION] */
  readonly chart?: string;
  readonly release?: string;
  readonly namespace?: string;
  readonly environment?: Environment;
  readonly serverVersion?: string;
  readonly nodes?: number;
  readonly autoscaled?: boolean;
  /** The day of the run: 2026-11-21. */
  readonly today?: string;
  /** Options of the page's own rule: option.least=5 */
  readonly options?: Readonly<Record<string, unknown>>;
  /** One of a release's values files in Helm's order; the text is "" or the release's name. */
  readonly layer?: string;
  /** The file as it was before the change. */
  readonly base?: boolean;
  /** The file was not there before the change. Without this, a file that no fence shows as it was has not changed. */
  readonly new?: boolean;
  /** The fence holds settings, not a file. */
  readonly settings?: boolean;
}

/** The attributes, or one sentence why they are none. The first word, the language, is for people and editors only. */
export function readInfo(info: string): { readonly attributes: Attributes } | { readonly problem: string } {
  const words = info.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  const attributes: Record<string, unknown> = {};
  for (const word of words.slice(1)) {
    const [, key = "", , quoted, bare] = /^([^=]*)(=(?:"([^"]*)"|(.*)))?$/.exec(word) ?? [];
    const value = quoted ?? bare;
    const option = /^option\.(\w+)$/.exec(key)?.[1];
    if (option !== undefined && value !== undefined) attributes["options"] = { ...(attributes["options"] as object | undefined), [option]: parse(value) };
    else {
      const read = READERS[key];
      if (read === undefined) return { problem: `a fence has no attribute "${key}"; it has ${Object.keys(READERS).join(", ")} and option.NAME` };
      const made = read(value);
      if (made === undefined) return { problem: `"${word}" does not hold: ${key} takes ${TAKES[key] ?? "a text"}` };
      const name = key === "server-version" ? "serverVersion" : key;
      if (name in attributes) return { problem: `${key} is said twice` };
      attributes[name] = made;
    }
  }
  return { attributes };
}

type Read = (value: string | undefined) => unknown;

const text: Read = (value) => (value === "" ? undefined : value);
const flag: Read = (value) => (value === undefined ? true : undefined);

const READERS: Readonly<Record<string, Read>> = {
  file: (value) => (value === undefined || value === "" || /^\/|\\|(^|\/)\.\.?(\/|$)/.test(value) ? undefined : value),
  chart: text,
  release: text,
  namespace: text,
  environment: (value) => (/^(production|staging|development)$/.test(value ?? "") ? value : undefined),
  "server-version": text,
  nodes: (value) => (/^\d+$/.test(value ?? "") ? Number(value) : undefined),
  autoscaled: flag,
  today: (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value ?? "") ? value : undefined),
  layer: (value) => value ?? "",
  base: flag,
  new: flag,
  settings: flag,
};

const TAKES: Readonly<Record<string, string>> = {
  file: "a path without . and ..",
  environment: "production, staging or development",
  nodes: "a number",
  autoscaled: "no value",
  today: "a day such as 2026-01-01",
  base: "no value",
  new: "no value",
  settings: "no value",
};
