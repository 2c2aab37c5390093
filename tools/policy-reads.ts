// What each policy can read, as its text tells: whatever it reads it names, key by key.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { namesOfServer, type RootSchema } from "../service/model/schema.ts";
import { root } from "./opa.ts";

let read: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** The words of each policy's text, and of all that it uses of the library, by the rule's id. */
export function policyWords(): ReadonlyMap<string, ReadonlySet<string>> {
  read ??= readPolicies();
  return read;
}

/** What of the model's server a rule's policy names; a rule without a policy names nothing. */
export function namesRead(id: string): readonly string[] {
  const words = policyWords().get(id);
  return words === undefined ? [] : names.filter((name) => words.has(name));
}

const names = namesOfServer(JSON.parse(readFileSync(join(root, "schemas/model.schema.json"), "utf8")) as RootSchema);

function readPolicies(): ReadonlyMap<string, ReadonlySet<string>> {
  const folder = join(root, "policies");
  const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".rego") && !path.endsWith("_test.rego") && path.includes("/"))
    .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8").replace(/^\s*#.*$/gm, "") }));
  const library = texts.filter(({ path }) => path.startsWith("lib/"));
  // A word that only looks like the name of something in the library says too much, which does no harm.
  const defined = new Map<string, string[]>();
  for (const { text } of library)
    for (const [, name = ""] of text.matchAll(/^(?!package |import |default )(\w+)/gm)) defined.set(name, [...(defined.get(name) ?? []), text]);
  const closed = (text: string): ReadonlySet<string> => {
    const words = new Set<string>();
    const left = [text];
    const seen = new Set(left);
    for (let one = left.pop(); one !== undefined; one = left.pop())
      for (const word of one.match(/\w+/g) ?? []) {
        words.add(word);
        for (const used of defined.get(word) ?? []) if (!seen.has(used)) seen.add(used) && left.push(used);
      }
    return words;
  };
  return new Map(texts.filter(({ path }) => !path.startsWith("lib/")).map(({ path, text }) => [basename(path, ".rego"), closed(text)] as const));
}
