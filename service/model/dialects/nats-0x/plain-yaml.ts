// What a text becomes when a template prints it into YAML without quotes. Only texts that stay one scalar.

const words: Readonly<Record<string, boolean | null>> = {
  "": null,
  "~": null,
  null: null,
  true: true,
  yes: true,
  y: true,
  on: true,
  false: false,
  no: false,
  n: false,
  off: false,
};

/** The scalar that Helm's YAML reads; undefined when the text is more than one, or none. */
export function readPlain(text: string): string | number | boolean | null | undefined {
  const line = text.trim();
  const body = line.replace(/(?:^|\s+)#.*$/s, "");
  if (/^(?:[&*!|>%@`{[\]},?]|- )/.test(body) || /:(?:\s|$)/.test(body) || body.includes("\n")) return undefined;
  if (body.startsWith('"') || body.startsWith("'")) return inQuotes(body);
  const word = isWord(body) ? words[body.toLowerCase()] : undefined;
  if (word !== undefined) return word;
  const digits = body.replaceAll("_", "");
  if (/^[-+]?(?:0|[1-9]\d*)$/.test(digits)) return Number.isSafeInteger(Number(digits)) ? Number(digits) : undefined;
  if (/^0x[0-9a-fA-F]+$|^0o[0-7]+$|^0b[01]+$/.test(digits)) return Number(digits);
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(digits)) return Number(digits);
  return body;
}

/** YAML 1.1 has its words in three spellings: yes, Yes, YES. */
function isWord(text: string): boolean {
  return text === text.toLowerCase() || text === text.toUpperCase() || text === text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}

function inQuotes(body: string): string | undefined {
  const inner = body.slice(1, -1);
  const quote = body.charAt(0);
  return body.length > 1 && body.endsWith(quote) && !inner.includes(quote) && !inner.includes("\\") ? inner : undefined;
}
