// What can be told of a secret by its text alone, without repeating it: whether it is one at all, and whether anybody guesses it.

/** What makes a secret the first guess of whoever tries: it is printed in a manual, or it is the user's own name. */
export type Guess = "sample" | "user" | null;

/** Is the text no secret but a hash of one, or something that another program puts the secret in place of? */
export function standsForSecret(text: string): boolean {
  return HASH.test(text) || REFERENCES.some((one) => one.test(text));
}

export function guessOf(text: string, user: string | null, account: string | null): Guess {
  const word = text.toLowerCase();
  const known = user?.toLowerCase();
  if (SAMPLES.has(word) || SAMPLES.has(word.replace(/[-_ ]/g, "")) || PAIRS.has(`${known} ${word}`)) return "sample";
  return word === known || word === account?.toLowerCase() ? "user" : null;
}

const HASH = /^\$2[abxy]\$|^\$(?:argon2|5\$|6\$|scrypt)|^\{(?:SSHA|BCRYPT)/i;

/** Templates, variables, vaults, ciphertext, and words that stand where something is to be filled in. */
const REFERENCES: readonly RegExp[] = [
  /\$\{|\{\{|\$\(|<%|%\{|#\{|\(\(.*\)\)/,
  /^\$[A-Za-z_]\w*$/,
  /^<.*>$|^\[.*\]$|^%.*%$|^@.*@$|^__.*__$|^##.*##$/,
  /^ENC\[|^AgA?[A-Za-z0-9+/=]{100,}$|^-----BEGIN (?:PGP|AGE)|^age1/,
  /^(?:ref\+|!vault)|^(?:vault|op|aws|awssm|awsssm|gcp|gcpsm|azure|azurekeyvault|sops|secretref|env|file|bws|doppler|arn|kms):/i,
  /^(?:[*.]{3,}|[xX]{3,}|-+|\?+)$/,
  /^(?:redacted|placeholder|todo|tbd|fixme|dummy|null|none|nil|undefined)$/i,
  /^(?:replace|insert|put|fill|add|enter|set)[-_ ]?(?:me|this|your|it|in|here)\b|[-_ ]here$|^(?:your|my|the|some|a|an)[-_ ]/i,
];

/** Passwords and tokens that the documentation and the charts of NATS print, and what everybody tries next. In lower case. */
const SAMPLES: ReadonlySet<string> = new Set(
  `password t0ps3cr3t s3cr3t s3cret asdf nats_client_pwd natsclientpwd nats_route_pwd natsroutepwd changeme changeit changethis secret pass pwd
   passw0rd password1 password123 mypassword mysecret supersecret topsecret p@ssw0rd admin123 letmein qwerty 123456 12345678 123456789
   s3cr3tt0k3n mytoken mysecrettoken secrettoken`.split(/\s+/),
);

/** Names and passwords that the documentation prints together. */
const PAIRS: ReadonlySet<string> = new Set(["foo bar", "a b", "user pass", "admin admin"]);
