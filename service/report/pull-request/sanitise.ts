// Text from a repository, made fit to stand in a comment: it mentions nobody, links to nothing, opens no HTML, leaves
// no code span and tells no secret. Everything foreign in a comment goes through here, and through here only.

const HIDDEN = "********";

/** What is a secret by its shape alone, wherever it stands: what no message and no name may carry to GitHub. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g, HIDDEN],
  [/:\/\/[^/\s"'@,]+@/g, `://${HIDDEN}@`],
  [/\$2[abxy]\$\d\d\$[./A-Za-z0-9]*/g, HIDDEN],
  [/(?<![A-Z0-9])S[UANOPCX][A-Z2-7]{40,}/g, HIDDEN],
  [/(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)*/g, HIDDEN],
  [/(?<![A-Za-z0-9])gh[opsur]_[A-Za-z0-9._-]{20,}/g, HIDDEN],
  [/(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{20,}/g, HIDDEN],
];

/** The text without what has the shape of a secret. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((rest, [shape, instead]) => rest.replace(shape, instead), text);
}

/** Is there something in it that has the shape of a secret? */
export function hasSecret(text: string): boolean {
  return withoutSecrets(text) !== text;
}

/** Controls, directions of writing, invisible characters, half characters: one line of what can be seen. */
export function visible(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, "\ufffd");
}

/** Is every character one that can be seen, or a tab? */
export function isVisible(text: string): boolean {
  return visible(text) === text.replace(/\t+/g, " ");
}

/** One line for places that know no markup: annotations, titles. */
export function line(text: string, most = 1_000): string {
  return cut(
    withoutSecrets(visible(withoutSecrets(text))).replace(/\S{121,}/gu, (token) => cut(token, 120)),
    most,
  );
}

/** A zero-width space: where GitHub would see a mention or a link, it sees two words. */
const GAP = "\u200b";

/** A sentence as Markdown that shows just its characters. It must not begin a line. */
export function sentence(text: string, most = 1_000): string {
  return line(text, most)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*[\]|~$]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/@(?=\w)/g, `@${GAP}`)
    .replace(/#(?=\d)/g, `#${GAP}`)
    .replace(/\bGH-(?=\d)/gi, `$&${GAP}`)
    .replace(/:\/\//g, `:${GAP}//`)
    .replace(/\bwww\./gi, `www${GAP}.`);
}

/** A name or a value as a code span, closed by more backticks than it holds. */
export function codeSpan(text: string, most = 200): string {
  const shown = line(text, most).trim();
  if (shown === "") return "(empty)";
  const fence = "`".repeat(longestRun(shown) + 1);
  const pad = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A code span for the cell of a table, where a bar would end the cell even in code. */
export function cellSpan(text: string, most?: number): string {
  return codeSpan(text, most).replaceAll("|", "\\|");
}

/** A block of code, closed by a longer fence than any inside. The text is not changed. */
export function fenced(info: string, text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${info}\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** At most so many characters, none of them halved. */
function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}\u2026`;
}
