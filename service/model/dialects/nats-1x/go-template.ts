// The Go templates that people write into values: the names and labels of the chart, the release, single values, put together
// by the plain functions of text and of numbers. What any other template makes is not known.

export type Made = string | number | boolean | null;

/** What a template may ask; undefined where the answer is not known. */
export interface Asked {
  /** `include "NAME" .` */
  included(name: string): string | undefined;
  /** `.Values.a.b` or `.Release.Name`, by its steps. */
  field(path: readonly string[]): Made | undefined;
}

type Apply = (operands: readonly Made[]) => Made | undefined;

/** The text that the template makes; undefined where that is not known. */
export function filled(template: string, asked: Asked): string | undefined {
  let text = "";
  let from = 0;
  let isTrimmed = false;
  for (const action of template.matchAll(/\{\{(-\s)?((?:"(?:[^"\\]|\\.)*"|`[^`]*`|(?!\}\}).)*?)(\s-)?\}\}/gs)) {
    const before = template.slice(from, action.index);
    const started = isTrimmed ? before.trimStart() : before;
    text += action[1] === undefined ? started : started.trimEnd();
    const made = /^\s*\/\*.*\*\/\s*$/s.test(action[2] ?? "") ? "" : pipeline(tokens(action[2] ?? ""), asked);
    if (made === undefined) return undefined;
    text += shown(made);
    isTrimmed = action[3] !== undefined;
    from = action.index + action[0].length;
  }
  const rest = template.slice(from);
  // Braces that are no action in this reading would be one to Go, or a fault.
  return rest.includes("{{") ? undefined : text + (isTrimmed ? rest.trimStart() : rest);
}

function tokens(action: string): string[] {
  return [...action.matchAll(/"(?:[^"\\]|\\.)*"|`[^`]*`|[()|]|[^\s()|"`]+/g)].map(([token]) => token);
}

/** Takes what it reads off the tokens, up to a closing bracket or the end. */
function pipeline(rest: string[], asked: Asked): Made | undefined {
  let piped: Made | undefined;
  for (let isFirst = true; ; isFirst = false) {
    const made = command(rest, asked, isFirst ? [] : [piped as Made]);
    if (made === undefined) return undefined;
    piped = made;
    if (rest[0] !== "|") return rest.length === 0 || rest[0] === ")" ? piped : undefined;
    rest.shift();
  }
}

function command(rest: string[], asked: Asked, piped: readonly Made[]): Made | undefined {
  const [name] = rest;
  const apply = name === undefined ? undefined : FUNCTIONS.get(name);
  if (name !== "include" && apply === undefined) return piped.length > 0 ? undefined : operand(rest, asked);
  rest.shift();
  if (name === "include") {
    const [called, context] = rest.splice(0, 2);
    return called === undefined || !/^".*"$/.test(called) || (context !== "." && context !== "$") ? undefined : asked.included(called.slice(1, -1));
  }
  const operands: Made[] = [];
  while (rest.length > 0 && rest[0] !== "|" && rest[0] !== ")") {
    const one = operand(rest, asked);
    if (one === undefined) return undefined;
    operands.push(one);
  }
  return apply?.([...operands, ...piped]);
}

function operand(rest: string[], asked: Asked): Made | undefined {
  const token = rest.shift() ?? "";
  if (token === "(") {
    const made = pipeline(rest, asked);
    return rest.shift() === ")" ? made : undefined;
  }
  if (token.startsWith("`")) return token.slice(1, -1);
  if (token.startsWith('"')) return unquoted(token);
  if (/^-?\d+$/.test(token)) return Number(token);
  if (token === "true" || token === "false") return token === "true";
  return /^\$?(\.\w+)+$/.test(token) ? asked.field(token.replace("$", "").split(".").slice(1)) : undefined;
}

function unquoted(token: string): string | undefined {
  try {
    return JSON.parse(token) as string;
  } catch {
    return undefined;
  }
}

/** The functions that take text and numbers, by their names. */
const FUNCTIONS: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ["quote", ([one]) => (one === null ? "" : JSON.stringify(shown(one)))],
  ["squote", ([one]) => (one === null ? "" : `'${shown(one)}'`)],
  ["toString", ([one]) => shown(one)],
  ["trim", ([one]) => shown(one).trim()],
  ["lower", ([one]) => shown(one).toLowerCase()],
  ["upper", ([one]) => shown(one).toUpperCase()],
  ["indent", ([by, one]) => indented(by, one)],
  ["nindent", ([by, one]) => `\n${indented(by, one)}`],
  ["trunc", ([length, one]) => (typeof length === "number" && length >= 0 ? shown(one).slice(0, length) : undefined)],
  ["trimSuffix", ([end, one]) => (shown(one).endsWith(shown(end)) ? shown(one).slice(0, shown(one).length - shown(end).length) : shown(one))],
  ["default", ([otherwise, one]) => (one === undefined ? otherwise : one || otherwise)],
  ["int", ([one]) => (typeof one === "number" ? Math.trunc(one) : undefined)],
  ["add", (all) => counted(all, (one, other) => one + other)],
  ["sub", (all) => counted(all, (one, other) => one - other)],
  ["mul", (all) => counted(all, (one, other) => one * other)],
  ["printf", ([format, ...all]) => formatted(shown(format), all)],
]);

function indented(by: Made | undefined, one: Made | undefined): string {
  return shown(one).replace(/^/gm, " ".repeat(Number(by)));
}

function counted(all: readonly Made[], step: (one: number, other: number) => number): number | undefined {
  const numbers = all.filter((one) => typeof one === "number").map(Math.trunc);
  return numbers.length === all.length && numbers.length > 1 ? numbers.reduce(step) : undefined;
}

/** `printf` with the verbs that fit whatever is given. */
function formatted(format: string, all: readonly Made[]): string | undefined {
  const left = [...all];
  let isOpen = false;
  const text = format.replace(/%(.)/g, (_verb, kind: string) => {
    if (kind === "%") return "%";
    const one = left.shift();
    isOpen ||= one === undefined || !(kind === "v" ? one !== null : kind === "s" ? typeof one === "string" : false);
    return shown(one);
  });
  return isOpen || left.length > 0 ? undefined : text;
}

/** As `{{ . }}` prints it. */
function shown(made: Made | undefined): string {
  return made === null || made === undefined ? "" : String(made);
}
