// Removals of which no policy could see two can be made at once, and each policy answers as if its own were the only one.
import { policyWords } from "../tools/policy-reads.ts";

/** The ids of the policies that name all of these keys, themselves or in what they use of the library. */
export function readersOf(names: readonly string[]): readonly string[] {
  const key = names.join(" ");
  const known = readers.get(key);
  if (known !== undefined) return known;
  const found = [...policyWords()].flatMap(([id, words]) => (names.every((name) => words.has(name)) ? [id] : []));
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
