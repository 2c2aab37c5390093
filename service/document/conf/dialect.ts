// What differs in the format from one server version to the next. Knows versions; knows no text.

/** A server version, most significant part first: `[2, 14, 2]`. Missing parts count as 0. */
export type Version = readonly number[];

/** Versions from `from` on and before `before`; an open end where one is absent. */
export interface VersionRange {
  readonly from?: Version;
  readonly before?: Version;
}

export interface Dialect {
  /** `3xyz` is a string instead of a number and garbage. */
  readonly digitStrings: boolean;
  /** Sizes know `t`, `p`, `e` and the `i` of `KiB`. */
  readonly largeSizes: boolean;
  /** `500ms` is a string instead of a size and garbage. */
  readonly suffixStrings: boolean;
  /** `12e4` is a string instead of a size and garbage. */
  readonly digitAfterSuffix: boolean;
  /** A file that ends with a key alone is refused. */
  readonly lastKey: boolean;
  /** Braces around the file have a grammar of their own; before, the opening one was skipped. */
  readonly blocks: boolean;
  /** A file without any pair is refused. */
  readonly pairRequired: boolean;
}

/** The versions at which something in `Dialect` changes, oldest first; the first stands for all that came before. */
export const switches: readonly Version[] = [
  [1, 0, 0],
  [2, 0, 0],
  [2, 2, 0],
  [2, 9, 0],
  [2, 9, 21],
  [2, 9, 22],
  [2, 10, 16],
  [2, 14, 8],
  [2, 15, 0],
  [2, 15, 1],
];

/** Where a digit behind a size letter is refused: the change came to 2.14 after 2.15.0 was out. */
export const refusesDigitAfterSuffix: readonly VersionRange[] = [{ before: [2, 14, 8] }, { from: [2, 15, 0], before: [2, 15, 1] }];

/** Where braces around the file are only skipped. */
export const skipsOuterBraces: readonly VersionRange[] = [{ before: [2, 10, 16] }];

/** The dialect of a version; of the newest known when there is none. It is asked for with every value that a chart prints. */
export function dialectOf(version?: Version): Dialect {
  const key = version?.join(".") ?? "";
  let found = dialects.get(key);
  if (found === undefined) {
    // Tags of images are what people write: there is no end to them.
    if (dialects.size >= 100) dialects.clear();
    found = makeDialect(version);
    dialects.set(key, found);
  }
  return found;
}

const dialects = new Map<string, Dialect>();

function makeDialect(version?: Version): Dialect {
  const since = (...from: number[]): boolean => version === undefined || compareVersions(version, from) >= 0;
  return {
    digitStrings: since(2, 0, 0),
    largeSizes: since(2, 2, 0),
    suffixStrings: since(2, 9, 0),
    digitAfterSuffix: !within(version, refusesDigitAfterSuffix),
    lastKey: since(2, 9, 22),
    blocks: since(2, 10, 16),
    pairRequired: version !== undefined && since(2, 9, 21) && !since(2, 9, 22),
  };
}

/** Negative, zero or positive, as `a` is older than, equal to or newer than `b`. */
export function compareVersions(a: Version, b: Version): number {
  for (let part = 0; part < Math.max(a.length, b.length); part += 1) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Is the version in one of the ranges? An unknown one counts as the newest. */
function within(version: Version | undefined, ranges: readonly VersionRange[]): boolean {
  return ranges.some(({ from, before }) =>
    version === undefined
      ? before === undefined
      : (from === undefined || compareVersions(version, from) >= 0) && (before === undefined || compareVersions(version, before) < 0),
  );
}
