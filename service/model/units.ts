// The three ways in which sizes and durations are written around NATS, each read as its own reader reads it:
// Kubernetes quantities, nats.conf sizes and Go durations. `null` is what that reader refuses.

const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const MAX_INT64 = 2n ** 63n - 1n;
/** Nothing that means a number is longer; arithmetic on more digits would only cost time. */
const LONGEST = 200;

/**
 * A Kubernetes quantity (`10Gi`, `500m`, `1e3`, `2E`) as a number of bytes. As in Kubernetes, a fraction of a byte
 * is rounded away from zero, and what is too large for 64 bits is the largest number that fits.
 */
export function bytesOfQuantity(text: string): number | null {
  const nanos = nanosOfQuantity(text);
  if (nanos === null) return null;
  return Number(bounded(awayFromZero(nanos, 1_000_000_000n)));
}

/** A Kubernetes quantity as a number of CPU cores: `250m` is 0.25. */
export function coresOfQuantity(text: string): number | null {
  const nanos = nanosOfQuantity(text);
  return nanos === null ? null : Number(nanos) / 1e9;
}

/**
 * A size in nats.conf, as a number of bytes. The same letters mean different numbers:
 * in quotes `"10G"` is 10 * 1024^3 and only K, M, G, T are taken; bare `10G` is 10 * 1000^3, `10GB` and `10Gi` are binary.
 */
export function bytesOfConfSize(text: string, style: "quoted" | "bare" = "quoted"): number | null {
  return style === "quoted" ? quotedSize(text) : bareSize(text);
}

/** A Go duration (`2m30s`, `1h`, `500ms`, `-1.5h`, `0`) in seconds; null for what `time.ParseDuration` refuses. */
export function secondsOfDuration(text: string): number | null {
  const sign = /^[-+]/.test(text) ? text[0] : "";
  let rest = text.slice(sign?.length ?? 0);
  if (rest === "0") return 0;
  if (rest === "" || text.length > LONGEST) return null;
  let nanos = 0n;
  while (rest !== "") {
    const found = /^(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)(?![a-z\u00b5\u03bc])/.exec(rest);
    const [all, whole, fraction, unit] = found ?? [];
    if (all === undefined || unit === undefined || `${whole ?? ""}${fraction ?? ""}` === "") return null;
    const scale = NANOS[unit] ?? 1n;
    nanos += BigInt(whole === "" ? "0" : (whole ?? "0")) * scale + fractionOf(fraction ?? "", scale);
    // One unit more is allowed below zero, as in any 64-bit integer.
    if (nanos > MAX_INT64 + 1n) return null;
    rest = rest.slice(all.length);
  }
  if (sign !== "-" && nanos > MAX_INT64) return null;
  return ((sign === "-" ? -1 : 1) * Number(nanos)) / 1e9;
}

const NANOS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  "\u00b5s": 1_000n,
  "\u03bcs": 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Digits after the point as Go counts them: in floating point, without the digits that 63 bits do not hold. */
function fractionOf(digits: string, scale: bigint): bigint {
  let kept = 0n;
  let divisor = 1;
  for (const digit of digits) {
    const next = kept * 10n + BigInt(digit);
    if (kept > MAX_INT64 / 10n || next > MAX_INT64 + 1n) break;
    kept = next;
    divisor *= 10;
  }
  return BigInt(Math.trunc(Number(kept) * (Number(scale) / divisor)));
}

/** The finest part that Kubernetes keeps is a billionth; what is finer is rounded away from zero. */
function nanosOfQuantity(text: string): bigint | null {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\d+)?$/.exec(text);
  if (found === null || text.length > LONGEST) return null;
  const [, sign, whole = "", fraction = "", suffix = ""] = found;
  // Kubernetes takes some quantities without a digit ("Mi") for 0; nobody can mean that.
  if (whole === "" && fraction === "") return null;
  const digits = BigInt(`${whole}${fraction}`);
  const two = BINARY[suffix];
  const ten = two !== undefined ? 0 : (DECIMAL[suffix] ?? Number(suffix.slice(1)));
  if (!Number.isFinite(ten)) return null;
  if (digits === 0n) return 0n;
  const power = ten - fraction.length + 9;
  // Far out of any range either way; a power of ten of that size must not be computed.
  if (power + `${digits}`.length > 60) return (sign === "-" ? -1n : 1n) * MAX_INT64 * 1_000_000_000n;
  let nanos = digits << BigInt(two ?? 0);
  if (power >= 0) nanos *= 10n ** BigInt(power);
  else nanos = power < -400 ? 1n : awayFromZero(nanos, 10n ** BigInt(-power));
  return sign === "-" ? -nanos : nanos;
}

function awayFromZero(value: bigint, divisor: bigint): bigint {
  const rest = value % divisor;
  return value / divisor + (rest === 0n ? 0n : rest > 0n ? 1n : -1n);
}

function bounded(value: bigint): bigint {
  return value > MAX_INT64 ? MAX_INT64 : value < -MAX_INT64 ? -MAX_INT64 : value;
}

/** The server's reading of a size in quotes: digits and one capital letter; an empty text is 0. */
function quotedSize(text: string): number | null {
  if (text === "") return 0;
  const found = /^([+-]?\d+)([KMGT])$/.exec(text);
  if (found === null || text.length > LONGEST) return null;
  const power = { K: 1, M: 2, G: 3, T: 4 }[found[2] ?? ""] ?? 0;
  return int64(BigInt(found[1] ?? "0"), 1024n ** BigInt(power));
}

/** The conf lexer's reading of a bare integer with a size suffix. */
function bareSize(text: string): number | null {
  const found = /^(-?\d+)(?:([kmgtpe])(b|i|ib)?)?$/i.exec(text);
  if (found === null || text.length > LONGEST) return null;
  const power = found[2] === undefined ? 0 : "kmgtpe".indexOf(found[2].toLowerCase()) + 1;
  return int64(BigInt(found[1] ?? "0"), (found[3] === undefined ? 1000n : 1024n) ** BigInt(power));
}

/** The number itself must fit in 64 bits, or the server refuses it; the product silently wraps around. */
function int64(value: bigint, factor: bigint): number | null {
  if (value > MAX_INT64 || value < -MAX_INT64 - 1n) return null;
  return Number(BigInt.asIntN(64, value * factor));
}
