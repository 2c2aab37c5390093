// What is secret in a text, said once: messages, models, frames and logs all ask here.

const HIDDEN = "********";

/** A URL without its credentials: `nats://user:pass@host` becomes `nats://********@host`. */
export function redactUrl(text: string): string {
  return text.replace(/(^|:\/\/)[^/@\s"']*(?:@)/g, `$1${HIDDEN}@`);
}

/**
 * A line of a source fit to be shown. What follows a key that names a secret is hidden, and so are
 * credentials in URLs, bcrypt hashes, nkey seeds, JWTs, and the payload of Kubernetes Secrets.
 */
export function redactLine(line: string): string {
  return line
    .replace(/:\/\/[^/\s"'@,]+@/g, `://${HIDDEN}@`)
    .replace(/\$2[abxy]\$\d\d\$[./A-Za-z0-9]*/g, HIDDEN)
    .replace(/\bS[UANOPCX][A-Z2-7]{40,}/g, HIDDEN)
    .replace(/\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)*/g, HIDDEN)
    .replace(SECRET_KEY, (_whole, before: string, value: string) => `${before}${isReference(value) ? value : HIDDEN}`);
}

/** `key: value`, `key = value`, `"key": value`, `--key value`, where the key names a secret. */
const SECRET_KEY =
  /(["']?\b[\w.-]*(?:pass(?:word|phrase|wd)?|token|secret|seed|credential|apikey|api_key|encryption_?key|prev_ek|\bek|auth)["']?(?:\s*[:=]\s*|\s+))((?!\s*$)(?:"[^"]*"?|'[^']*'?|[^\s,;}{[\]#][^,;}{]*))/gi;

/** Does the text only say where a secret is: a variable, a switch, a bare name that YAML takes as null. */
function isReference(value: string): boolean {
  return /^["']?(?:<<\s*)?\$\{?[A-Za-z_][\w.]*\}?(?:\s*>>)?["']?\s*$|^(?:true|false|null|~)\s*$/i.test(value);
}
