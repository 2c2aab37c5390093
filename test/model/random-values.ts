// Values by chance, as the keys of a chart's version allow: some of its switches turned, some of its leaves set, most as people set
// them and a few as they should not.
import fc from "fast-check";
import { at, type MapNode, type Node } from "../../service/document/node.ts";
import { plain } from "../../service/document/plain.ts";
import { candidates, type ChartFacts, defaults, keyParts, readWithoutDefault } from "../../service/model/chart-facts.ts";
import { PIECES } from "./random-pieces.ts";
import type { Piece } from "./random-words.ts";

type Values = Record<string, unknown>;

interface Key {
  readonly path: readonly string[];
  readonly value: fc.Arbitrary<unknown>;
}

/** What a person might give to one version of a chart: always the same for the same seed. */
export function randomValues(facts: ChartFacts, version: string): fc.Arbitrary<Values> {
  const { switches, leaves } = keysOf(facts, version);
  const some = (keys: readonly Key[], most: number): fc.Arbitrary<(readonly [readonly string[], unknown])[]> =>
    fc
      .uniqueArray(fc.nat(Math.max(0, keys.length - 1)), { maxLength: Math.min(most, keys.length) })
      .chain((chosen) => fc.tuple(...chosen.map((index) => (keys[index] as Key).value.map((value) => [(keys[index] as Key).path, value] as const))));
  return fc.tuple(some(switches, 5), some(leaves, 9)).map(([turned, set]) => {
    // Passwords that the chart makes up are others each time.
    const values: Values = facts.chart === "stable-nats" ? { auth: { password: "s3cr3t" }, clusterAuth: { password: "cl-s3cr3t" } } : {};
    for (const [path, value] of [...turned, ...set]) put(values, path, value);
    return values;
  });
}

function keysOf(facts: ChartFacts, version: string): { readonly switches: readonly Key[]; readonly leaves: readonly Key[] } {
  const chart = candidates(facts, version, "0.0.1", "999.0.0");
  const origin = { path: "values.yaml", span: { start: 0, end: 0 } };
  const root: MapNode = defaults(chart, origin);
  const written = pathsOf(root);
  const read = [...readWithoutDefault(chart)].map((key) => keyParts(key.replace(/\[\].*$/, "")));
  const known = new Map([...written, ...read].map((path) => [path.join("."), path] as const));
  // What stands for a whole map stands for everything below it, too.
  const whole = [...known.values()]
    .flatMap((path) => path.map((_, index) => path.slice(0, index + 1)))
    .filter((path) => pieceFor(path.join("."))?.whole === true);
  for (const path of whole) for (const key of known.keys()) if (key.startsWith(`${path.join(".")}.`)) known.delete(key);
  for (const path of whole) known.set(path.join("."), path);
  const keys = [...known].map(([key, path]): Key & { readonly isSwitch: boolean } => {
    const now = at(root, ...path);
    const usual = now === undefined ? undefined : plain(now);
    const piece = pieceFor(key);
    return { path, isSwitch: piece === undefined && typeof usual === "boolean", value: piece?.values ?? ofSort(usual) };
  });
  return { switches: keys.filter((one) => one.isSwitch), leaves: keys };
}

function pieceFor(key: string): Piece | undefined {
  return PIECES.find(({ at: pattern }) => pattern.test(key));
}

/** Something of the default's sort, and at times something of another. */
function ofSort(usual: unknown): fc.Arbitrary<unknown> {
  const odd = fc.constantFrom<unknown>(null, "", "false", "true", 0, "12");
  const even: fc.Arbitrary<unknown> =
    typeof usual === "boolean"
      ? fc.boolean()
      : typeof usual === "number"
        ? fc.constantFrom(1, 2, 3, 5, 30, 1500, 65000)
        : typeof usual === "string"
          ? fc.constantFrom("one", "two-words", "3", "5m", "a b")
          : Array.isArray(usual)
            ? fc.constantFrom<unknown>([], ["one"], ["one", "two"])
            : typeof usual === "object" && usual !== null
              ? fc.constantFrom<unknown>({}, { one: "two" }, { "example.com/one": "yes", two: "3" })
              : fc.constantFrom<unknown>("one", 7, true);
  return fc.oneof({ weight: 9, arbitrary: even }, { weight: 1, arbitrary: odd });
}

function put(values: Values, path: readonly string[], value: unknown): void {
  let here = values;
  for (const step of path.slice(0, -1)) {
    const next = here[step];
    if (typeof next !== "object" || next === null || Array.isArray(next)) here[step] = {};
    here = here[step] as Values;
  }
  here[path.at(-1) as string] = value;
}

function pathsOf(node: Node, path: readonly string[] = []): (readonly string[])[] {
  if (node.kind !== "map" || node.entries.size === 0) return path.length === 0 ? [] : [path];
  return [...node.entries].flatMap(([key, child]) => pathsOf(child, [...path, key]));
}
