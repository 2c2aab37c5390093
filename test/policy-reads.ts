// Which policies can read what stands at a place of the model, as their text tells: whatever they read they name, key by key.
// So removals that no policy could see two of can be made at once, and each policy answers as if its own were the only one.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "../tools/opa.ts";

/** The ids of the policies that name all of these keys, themselves or in what they use of the library. */
export function readersOf(names: readonly string[]): readonly string[] {
  const key = names.join(" ");
  const known = readers.get(key);
  if (known !== undefined) return known;
  const found = [...policies()].flatMap(([id, words]) => (names.every((name) => words.has(name)) ? [id] : []));
  readers.set(key, found);
  return found;
}

/** All that any policy can read, shared out so that no policy can read two of one share; few shares, the first ones the fullest. */
export function readApart<One extends { readonly names: readonly string[] }>(all: readonly One[]): One[][] {
  const shares: { readonly members: One[]; readonly read: Set<string> }[] = [];
  for (const one of all) {
    const own = readersOf(one.names);
    if (own.length === 0) continue;
    let share = shares.find(({ read }) => !own.some((id) => read.has(id)));
    if (share === undefined) shares.push((share = { members: [], read: new Set() }));
    share.members.push(one);
    for (const id of own) share.read.add(id);
  }
  return shares.map(({ members }) => members);
}

const readers = new Map<string, readonly string[]>();
let read: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** The words of each policy's text and of all that it uses, by its id. */
function policies(): ReadonlyMap<string, ReadonlySet<string>> {
  read ??= readPolicies();
  return read;
}

function readPolicies(): ReadonlyMap<string, ReadonlySet<string>> {
  const folder = join(root, "policies");
  const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".rego") && !path.endsWith("_test.rego") && path.includes("/"))
    .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
  const library = texts.filter(({ path }) => path.startsWith("lib/"));
  // A word that only looks like the name of something in the library says too much, which does no harm.
  const defined = new Map<string, string[]>();
  for (const { text } of library) for (const [, name = ""] of text.matchAll(/^(\w+)/gm)) defined.set(name, [...(defined.get(name) ?? []), text]);
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
