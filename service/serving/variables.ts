// A service's configuration from the environment and from flags over it: all that is wrong is said at once, each in a
// sentence that names the variable or the flag. No value is ever part of a sentence: it may be a secret.

export type Environ = Readonly<Record<string, string | undefined>>;

/** Reads one value after another, and keeps what is wrong with them. A value that does not hold is read as the usual one. */
export interface Variables {
  /** What is wrong so far. */
  readonly problems: readonly string[];
  readonly complain: (sentence: string) => void;
  /** A variable without the space around it; undefined when it is not set, or empty. */
  readonly get: (name: string) => string | undefined;
  readonly number: (name: string, given: string | undefined, usual: number, least: number, most: number) => number;
  /** The first of the known is the usual one. */
  readonly oneOf: <T extends string>(name: string, given: string | undefined, known: readonly [T, ...T[]]) => T;
  /** A name for other systems: lower-case letters, digits and dashes. */
  readonly name: (name: string, given: string | undefined, usual: string) => string;
}

export function variables(env: Environ): Variables {
  const problems: string[] = [];
  const complain = (sentence: string): void => void problems.push(sentence);
  return {
    problems,
    complain,
    get: (name) => (env[name] === undefined || env[name]?.trim() === "" ? undefined : env[name]?.trim()),
    number: (name, given, usual, least, most) => {
      if (given === undefined) return usual;
      const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
      if (value >= least && value <= most) return value;
      complain(`${name} takes a whole number from ${least} to ${most}`);
      return usual;
    },
    oneOf: (name, given, known) => {
      const found = known.find((one) => one === given);
      if (given !== undefined && found === undefined) complain(`${name} takes ${known.slice(0, -1).join(", ")} or ${known.at(-1)}`);
      return found ?? known[0];
    },
    name: (name, given, usual) => {
      if (given === undefined || /^[a-z][a-z0-9-]{0,30}$/.test(given)) return given ?? usual;
      complain(`${name} takes lower-case letters, digits and dashes`);
      return usual;
    },
  };
}

/** What stands between commas. */
export function listed(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
