// Reads a GraphQL document: one operation, with what natslint's documents use of the language. Anything else is an error.

export interface Operation {
  readonly kind: "query" | "mutation";
  readonly variables: readonly { readonly name: string; readonly type: string; readonly fallback: Value | undefined }[];
  readonly selections: readonly Selection[];
}

export type Selection =
  | {
      readonly kind: "field";
      readonly name: string;
      readonly alias: string;
      readonly args: Args;
      readonly when: readonly When[];
      readonly selections: readonly Selection[];
    }
  | { readonly kind: "on"; readonly type: string; readonly selections: readonly Selection[] };

export interface When {
  readonly kind: "include" | "skip";
  readonly condition: Value;
}

export type Args = Readonly<Record<string, Value>>;

export type Value =
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "enum"; readonly name: string }
  | { readonly kind: "plain"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "object"; readonly fields: Args };

/** Throws an error with GitHub's word for it when the text is none. */
export function readDocument(text: string): Operation {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|\.\.\.|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|[!$():=@[\]{}]|\S/g)?.filter((token) => token !== ",") ?? [];
  let at = 0;
  const peek = (): string => tokens[at] ?? "";
  const take = (expected?: string): string => {
    const token = tokens[at++] ?? "";
    if (expected !== undefined && token !== expected) throw new SyntaxError(`Expected "${expected}", found "${token}"`);
    return token;
  };
  const operation = readOperation();
  if (at < tokens.length) throw new SyntaxError(`Unexpected "${peek()}" after the operation`);
  return operation;

  function readOperation(): Operation {
    if (peek() === "{") return { kind: "query", variables: [], selections: readSelections() };
    const kind = take();
    if (kind !== "query" && kind !== "mutation") throw new SyntaxError(`Unexpected "${kind}"`);
    if (/^[A-Za-z_]/.test(peek())) take();
    const variables: { name: string; type: string; fallback: Value | undefined }[] = [];
    if (peek() === "(") {
      take("(");
      while (peek() !== ")") {
        take("$");
        const name = take();
        take(":");
        const type = readType();
        variables.push({ name, type, fallback: peek() === "=" ? (take("="), readValue()) : undefined });
      }
      take(")");
    }
    return { kind, variables, selections: readSelections() };
  }

  function readType(): string {
    const inner = peek() === "[" ? (take("["), `[${readType()}`) + take("]") : take();
    return peek() === "!" ? inner + take("!") : inner;
  }

  function readSelections(): readonly Selection[] {
    const selections: Selection[] = [];
    take("{");
    while (peek() !== "}") selections.push(readSelection());
    take("}");
    if (selections.length === 0) throw new SyntaxError("A selection is empty");
    return selections;
  }

  function readSelection(): Selection {
    if (peek() === "...") {
      take("...");
      take("on");
      return { kind: "on", type: take(), selections: readSelections() };
    }
    const first = take();
    if (!/^[A-Za-z_]/.test(first)) throw new SyntaxError(`Unexpected "${first}"`);
    const name = peek() === ":" ? (take(":"), take()) : first;
    const args = peek() === "(" ? readArgs("(", ")") : {};
    const when: When[] = [];
    while (peek() === "@") {
      take("@");
      const kind = take();
      if (kind !== "include" && kind !== "skip") throw new SyntaxError(`Unknown directive @${kind}`);
      const { if: condition } = readArgs("(", ")");
      if (condition === undefined) throw new SyntaxError(`@${kind} has no condition`);
      when.push({ kind, condition });
    }
    return { kind: "field", name, alias: first, args, when, selections: peek() === "{" ? readSelections() : [] };
  }

  function readArgs(open: string, close: string): Args {
    const args: Record<string, Value> = {};
    take(open);
    while (peek() !== close) {
      const name = take();
      take(":");
      args[name] = readValue();
    }
    take(close);
    return args;
  }

  function readValue(): Value {
    if (peek() === "{") return { kind: "object", fields: readArgs("{", "}") };
    if (peek() === "[") {
      take("[");
      const items: Value[] = [];
      while (peek() !== "]") items.push(readValue());
      take("]");
      return { kind: "list", items };
    }
    const token = take();
    if (token === "$") return { kind: "variable", name: take() };
    if (/^["\d-]/.test(token)) return { kind: "plain", value: JSON.parse(token) as string | number };
    if (token === "true" || token === "false" || token === "null") return { kind: "plain", value: JSON.parse(token) as boolean | null };
    return { kind: "enum", name: token };
  }
}
