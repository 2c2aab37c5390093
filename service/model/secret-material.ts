// Seeds of nkeys and private keys that stand in clear in a text, wherever in it. A seed has a checksum, so nothing is taken for one.

import type { TextViolation } from "../document/violation.ts";
import type { FileLook } from "../source/file-look.ts";
import type { Source } from "../source/source.ts";
import { isNkeySeed } from "./conf-schema/nkey.ts";

/** What `secret-material-in-git` says of the files that are NATS's, each secret of a file once. */
export function secretMaterial(sources: readonly Source[], looks: ReadonlyMap<string, FileLook>): TextViolation[] {
  return sources.filter(({ path }) => looks.get(path)?.state === "linted").flatMap(ofText);
}

function ofText({ path, text }: Source): TextViolation[] {
  const seen = new Set<string>();
  const found = [...text.matchAll(SEED), ...text.matchAll(PRIVATE_KEY)].filter(([all]) => all.startsWith("-") || isNkeySeed(all));
  return found.flatMap((one): TextViolation[] => {
    const [all] = one;
    if (seen.has(all)) return [];
    seen.add(all);
    const owner = OWNERS[all.slice(0, 2)];
    const header = /^-+[^-]*-+/.exec(all)?.[0] ?? all;
    const span = { start: one.index, end: one.index + header.length };
    return [
      { rule: "secret-material-in-git", ...(owner === undefined && { case: "key" }), origin: { path, span }, facts: owner === undefined ? {} : { owner } },
    ];
  });
}

const SEED = /(?<![A-Za-z0-9])S[OAUNCX][A-Z2-7]{56}(?![A-Za-z0-9])/g;

/** With a line of the key behind it: a header alone is an example. Encrypted keys are none in clear. */
const PRIVATE_KEY = /-----BEGIN (?:EC |RSA |DSA |OPENSSH )?PRIVATE KEY-----(?:\\r|\\n|[\s>+|-])+[A-Za-z0-9+/=]{40,}/g;

const OWNERS: Readonly<Record<string, string>> = {
  SO: "an operator",
  SA: "an account",
  SU: "a user",
  SN: "a server",
  SC: "a cluster",
  SX: "an xkey",
};
