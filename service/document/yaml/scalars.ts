// What a scalar's text means: YAML 1.1 as go-yaml v2 resolves it, the library behind Helm and kubectl.

import type { ScalarValue } from "../node.ts";

export const TAG = "tag:yaml.org,2002:";

type Kind = "null" | "bool" | "int" | "float" | "timestamp" | "str";

const WORDS: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...words(true, "y Y yes Yes YES true True TRUE on On ON"),
  ...words(false, "n N no No NO false False FALSE off Off OFF"),
  ...words(null, "~ null Null NULL"),
  ...words(Number.NaN, ".nan .NaN .NAN"),
  ...words(Number.POSITIVE_INFINITY, ".inf .Inf .INF +.inf +.Inf +.INF"),
  ...words(Number.NEGATIVE_INFINITY, "-.inf -.Inf -.INF"),
  ["", null],
]);

/** Characters that a scalar which is not a string can begin with. */
const HINT = /^[-+.0-9yYnNtTfFoO~]/;
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Behind a point, only single underscores between digits count as none. */
const SEPARATED = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const TIMESTAMP = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})?$)/;
const LEAST = -(2n ** 63n);
const MOST = 2n ** 64n - 1n;

/** The value of a scalar without quotes and without a tag. Integers beyond 2^53 are bigint. */
export function resolvePlain(text: string): ScalarValue {
  if (text === "") return null;
  if (!HINT.test(text)) return text;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  if (first === 0x2e) return SEPARATED.test(text) ? finite(text.replaceAll("_", ""), text) : text;
  if (first >= 0x3a) return text;
  const digits = text.includes("_") ? text.replaceAll("_", "") : text;
  return integer(digits) ?? finite(digits, text);
}

/** The value of a scalar with a tag, or why it has none. A tag that YAML does not define makes text. */
export function resolveTagged(text: string, tag: string): { readonly value: ScalarValue } | { readonly problem: string } {
  if (tag === `${TAG}binary`) return binary(text);
  const wanted = tag.startsWith(TAG) ? tag.slice(TAG.length) : "";
  if (!["null", "bool", "int", "float", "timestamp"].includes(wanted)) return { value: text };
  const value = resolvePlain(text);
  const found = kind(value, text);
  if (wanted === "float" && found === "int") return { value: Number(value) };
  return found === wanted ? { value } : { problem: `the value is not what its tag !!${wanted} says` };
}

/** The name that a key has in JSON, which is what Helm and Kubernetes read; undefined where they refuse it. */
export function keyName(value: ScalarValue, text: string): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "bigint") return value < 2n ** 63n ? String(value) : undefined;
  if (value === null) return undefined;
  return kind(value, text) === "int" ? String(value) : floatName(value);
}

/** As Go prints a number of 32 bits in the fewest digits. */
function floatName(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return ".nan";
  if (!Number.isFinite(single)) return single > 0 ? ".inf" : "-.inf";
  let precision = 1;
  while (precision < 9 && Math.fround(Number(single.toPrecision(precision))) !== single) precision++;
  const shortest = Number(single.toPrecision(precision));
  const [digits = "", power = "0"] = shortest.toExponential().split("e");
  if (Number(power) >= -4 && Number(power) < 6) return String(shortest);
  return `${digits}e${power.replace(/^[-+]/, "$&0").replace(/0(?=[0-9]{2})/, "")}`;
}

function* words(value: ScalarValue, list: string): Iterable<[string, ScalarValue]> {
  for (const word of list.split(" ")) yield [word, value];
}

function integer(text: string): number | bigint | undefined {
  const parts = INTEGER.exec(text);
  if (parts === null) return undefined;
  const [, sign = "", digits = ""] = parts;
  const octal = /^0[0-7]/.test(digits);
  if (digits.length < 15 && !octal && !/^0./.test(digits)) return Number(sign + digits) + 0;
  const size = BigInt(octal ? `0o${digits}` : digits.toLowerCase());
  const value = sign === "-" ? -size : size;
  // Only without a sign does go-yaml try the unsigned range as well.
  if (value < LEAST || value > (sign === "" ? MOST : 2n ** 63n - 1n)) return undefined;
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** `digits` as a float, or the text as it is: go-yaml has no float that is too big. */
function finite(digits: string, text: string): number | string {
  if (!FLOAT.test(digits)) return text;
  const value = Number(digits);
  return Number.isFinite(value) ? value + 0 : text;
}

function kind(value: ScalarValue, text: string): Kind {
  if (value === null) return "null";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "bigint") return "int";
  if (typeof value === "string") return TIMESTAMP.test(text) ? "timestamp" : "str";
  return integer(text.replaceAll("_", "")) === undefined ? "float" : "int";
}

function binary(text: string): { readonly value: string } | { readonly problem: string } {
  const compact = text.replace(/[\r\n]/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact))
    return { problem: "the value is not the base64 that its tag !!binary says" };
  return { value: Buffer.from(compact, "base64").toString("utf8") };
}
