// What is known of the version that a server runs: does its line of releases still get fixes, and which advisories hold
// for it. Of versions newer than the tables nothing is said.

import { list, map, type Node, type Origin, scalar, unknown } from "../../document/node.ts";
import { knows } from "../conf-schema/read-table.ts";
import { compareParts } from "../versions.ts";
import { ADVISORIES } from "./advisories.ts";
import { LINES } from "./lines.ts";

interface Line {
  readonly name: string;
  readonly parts: readonly number[];
  /** The last version and its day; null while the line gets fixes. */
  readonly last: { readonly version: string; readonly day: string } | null;
}

interface Advisory {
  readonly id: string;
  readonly grave: string;
  readonly since: readonly number[];
  readonly fixed: readonly (readonly number[])[];
  readonly needs: string;
  readonly effect: string;
}

let lines: readonly Line[] | undefined;
let advisories: readonly Advisory[] | undefined;

/** The model's `line`, by the first two parts of a version. */
export function lineOf(parts: readonly number[] | null, origin: Origin): Node {
  const known = (lines ??= rows(LINES).map(readLine));
  const newest = known.at(-1);
  if (parts === null || newest === undefined) return unknown("the image's tag does not say the version", origin);
  const short = parts.slice(0, 2);
  if (compareParts(short, newest.parts) > 0) return unknown("the version is newer than what natslint knows", origin);
  const own = known.find((one) => compareParts(one.parts, short) === 0);
  const kept = known.filter((one) => one.last === null).map((one) => one.name);
  return map(
    [
      ["name", scalar(short.join("."), origin)],
      ["maintained", scalar(own?.last === null, origin)],
      ["last", scalar(own?.last?.version ?? null, origin)],
      ["ended", scalar(own?.last?.day ?? null, origin)],
      [
        "others",
        list(
          kept.map((name) => scalar(name, origin)),
          origin,
        ),
      ],
    ],
    origin,
  );
}

/** The model's `advisories`: those that hold for a version, whatever is configured. */
export function advisoriesOf(parts: readonly number[] | null, origin: Origin): Node {
  if (parts === null) return unknown("the image's tag does not say the version", origin);
  const known = (advisories ??= rows(ADVISORIES).map(readAdvisory));
  const found = known.filter((one) => compareParts(parts, one.since) >= 0 && !knows(one.fixed, parts));
  const version = (one: readonly number[]): Node =>
    list(
      one.map((part) => scalar(part, origin)),
      origin,
    );
  return list(
    found.map((one) => {
      const fixed = one.fixed.find((first) => compareParts(first, parts) > 0) ?? [];
      return map(
        [
          ["id", scalar(one.id, origin)],
          ["critical", scalar(one.grave === "critical", origin)],
          ["needs", scalar(one.needs, origin)],
          ["effect", scalar(one.effect, origin)],
          [
            "fixed",
            map(
              [
                ["text", scalar(fixed.join("."), origin)],
                ["parts", version(fixed)],
              ],
              origin,
            ),
          ],
        ],
        origin,
      );
    }),
    origin,
  );
}

function rows(table: string): readonly (readonly string[])[] {
  return table
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(/ {2,}/));
}

function readLine([name = "", , version = "-", day = "-"]: readonly string[]): Line {
  return { name, parts: numbers(name), last: version === "-" ? null : { version, day } };
}

function readAdvisory([id = "", grave = "", since = "", fixed = "", needs = "", effect = ""]: readonly string[]): Advisory {
  return { id, grave, since: numbers(since), fixed: fixed.split(",").map(numbers), needs, effect };
}

function numbers(version: string): readonly number[] {
  return version.split(".").map(Number);
}
