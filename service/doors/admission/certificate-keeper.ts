// The pair that is served, kept up to date: files of a mounted Secret change by a swapped link, which some watches miss,
// so they are looked at every few seconds, and a watch on their folder only makes that sooner.

import { type FSWatcher, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Checked, checkPair, digestOf, type Pair, validityProblem } from "./certificate.ts";

export interface KeeperOptions {
  /** Reads the pair anew; throws what the file system or the API server says. */
  readonly read: () => Promise<Pair>;
  /** Folders whose changes are a hint; none where it is no file. */
  readonly folders: readonly string[];
  /** Milliseconds between two looks. */
  readonly every: number;
  /** A name that the certificate has to have; null: any. */
  readonly host: string | null;
  readonly use: (pair: Checked) => void;
  readonly told: (result: "used" | "refused" | "unreadable", why: string | null) => void;
}

export interface Keeper {
  /** Looks at once. */
  readonly look: () => Promise<void>;
  readonly current: () => Checked | null;
  /** One sentence while no API server would take what is served. */
  readonly problem: () => string | null;
  readonly stop: () => void;
}

export function certificateKeeper({ read, folders, every, host, use, told }: KeeperOptions): Keeper {
  let current: Checked | null = null;
  let missing = "the certificate has not been read yet";
  /** What was refused last, so that it is told of once. */
  let refused = "";
  let looking: Promise<void> | null = null;
  let again = false;

  const refuse = (result: "refused" | "unreadable", why: string, digest: string): void => {
    missing = why;
    if (refused === digest) return;
    refused = digest;
    told(result, why);
  };
  const once = async (): Promise<void> => {
    let pair: Pair;
    try {
      pair = await read();
    } catch (thrown) {
      const { code } = (thrown ?? {}) as { readonly code?: string | number };
      return refuse("unreadable", `the certificate cannot be read (${code ?? "unknown error"})`, `unreadable ${code}`);
    }
    const digest = digestOf(pair);
    if (digest === current?.digest) {
      refused = "";
      return;
    }
    const checked = checkPair(pair);
    if ("problem" in checked) return refuse("refused", checked.problem, digest);
    const problem = validityProblem(checked, Date.now(), host);
    // One that holds is not given up for one that does not; where there is none, even a bad one tells the API server more.
    if (problem !== null && current !== null && validityProblem(current, Date.now(), host) === null) return refuse("refused", problem, digest);
    current = checked;
    refused = "";
    use(checked);
    told("used", problem);
  };
  const look = (): Promise<void> => {
    if (looking !== null) {
      again = true;
      return looking;
    }
    looking = once().finally(() => {
      looking = null;
      if (!again) return;
      again = false;
      void look();
    });
    return looking;
  };
  const timer = setInterval(() => void look(), every).unref();
  const watches: FSWatcher[] = [];
  for (const folder of new Set(folders)) {
    try {
      watches.push(
        watch(folder, { persistent: false }, () => void look())
          // A folder that goes away is found again by looking.
          .on("error", () => undefined),
      );
    } catch {
      // Not there yet.
    }
  }
  return {
    look,
    current: () => current,
    problem: () => (current === null ? missing : validityProblem(current, Date.now(), host)),
    stop: () => {
      clearInterval(timer);
      for (const one of watches) one.close();
    },
  };
}

/** A pair in two files, and their folders. */
export function filePair(certificate: string, key: string): Pick<KeeperOptions, "read" | "folders"> {
  return {
    read: async () => {
      const [first, second] = await Promise.all([readFile(certificate, "utf8"), readFile(key, "utf8")]);
      return { certificate: first, key: second };
    },
    folders: [dirname(certificate), dirname(key)],
  };
}
