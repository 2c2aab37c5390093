// What is secret in a text, said once: messages, models, frames and logs all ask here.

export const HIDDEN = "********";

/** A URL without its credentials: `nats://user:pass@host` becomes `nats://********@host`. */
export function redactUrl(text: string): string {
  return withoutCredentials(text, (word, at) => (at === 0 && !word.includes("://") ? 0 : -1));
}

/** Word by word, because an expression that looks for the last @ from each :// takes the square of the time. */
function withoutCredentials(text: string, bare: (word: string, at: number) => number): string {
  return text.replace(/[^\s"']+/g, (word: string, at: number) => {
    const scheme = word.indexOf("://");
    const from = scheme >= 0 ? scheme + 3 : bare(word, at);
    const to = word.lastIndexOf("@");
    return from >= 0 && to >= from ? `${word.slice(0, from)}${HIDDEN}${word.slice(to)}` : word;
  });
}

/**
 * A line of a source fit to be shown. What follows a key that names a secret is hidden, and so are
 * credentials in URLs, bcrypt hashes, nkey seeds, JWTs, and the payload of Kubernetes Secrets.
 */
export function redactLine(line: string): string {
  return withoutCredentials(line, () => -1)
    .replace(/\$2[abxy]\$\d\d\$[./A-Za-z0-9]*/g, HIDDEN)
    .replace(/(-----BEGIN [A-Z ]*PRIVATE KEY-----).*/g, `$1 ${HIDDEN}`)
    .replace(/\bS[UANOPCX][A-Z2-7]{40,}/g, HIDDEN)
    .replace(/\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)*/g, HIDDEN)
    .replace(SECRET_VARIABLE, `$1${HIDDEN}`)
    .replace(SECRET_FLAG, `$1${HIDDEN}`)
    .replace(SECRET_KEY, (_whole, before: string, value: string) => `${before}${isReference(value) ? value : HIDDEN}`);
}

/** Words at the end of a key whose value is a secret, misspelled ones too. `existingSecret` and its like name an object. */
const WORDS = String.raw`pa?ss?[wor]+d?s?|pass(?:phrase)?|pwd|tokens?|(?<![a-z])secrets?|seed|credentials?|api_?key|encryption_?key|prev_ek|(?<![a-z])ek|contents|auth`;

const KEY = new RegExp(`(?:${WORDS.replace(/\|auth$/, "")})$`, "i");

/** Is the value of a key a secret wherever it stands? */
export function isSecretKey(key: string): boolean {
  return KEY.test(key);
}

/** A value up to its end. A quoted one after which no value can end reaches to the end of the line, and so does an open one. */
const VALUE = String.raw`"(?:[^"\\]|\\.)*"(?=\s*(?:[,;}\])#]|//|$))|'[^']*'(?=\s*(?:[,;}\])#]|//|$))|["'].*|\[[^\]]*\]?|[^\s,;}{[\]#][^,;}{]*`;

/** `key: value`, `key = value`, `"key": value`, `--key value`, where the key names a secret. */
const SECRET_KEY = new RegExp(String.raw`((?:${WORDS})["']?(?:\s*[:=]\s*|\s+))((?!\s*$)(?:${VALUE}))`, "gi");

/** `[--pass, ...]`: a flag of the servers and, as the next argument, its value. */
const SECRET_FLAG = /(--?(?:pass|auth|password|token|encryption_key)["']?\s*,\s*)(?:"(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s,\]][^,\]]*)/gi;

/** Is the argument behind this one a secret? */
export function isSecretFlag(argument: string): boolean {
  return /^--?(pass|auth|password|token|encryption_key)$/i.test(argument);
}

/** `{name: APP_PASSWORD, value: ...}`: a variable whose name says that it is a secret. */
const SECRET_VARIABLE = /(\bname["']?\s*:\s*["']?\w*(?:PASS|TOKEN|SECRET|SEED|CRED|KEY)\w*["']?\s*,.{0,200}?\bvalue["']?\s*:\s*).*/gi;

/** Does the text only say where a secret is: a variable, a switch, a bare name that YAML takes as null. */
function isReference(value: string): boolean {
  return /^["']?(?:<<\s*)?\$\{?[A-Za-z_][\w.]*\}?(?:\s*>>)?["']?\s*$|^(?:true|false|null|~)\s*$/i.test(value);
}
