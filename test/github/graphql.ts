// GraphQL for the fake GitHub: a document is checked against GitHub's published schema, then answered from resolvers.

import { type Args, type Operation, readDocument, type Selection, type Value } from "./graphql-document.ts";
import cut from "./schema/graphql.json" with { type: "json" };

/** What fields are answered from: values, lists, other objects, or functions of the arguments. */
export interface Resolved {
  readonly [field: string]: unknown;
}

/** An error that GitHub answers with, among status 200. */
export class GraphqlError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = "GraphqlError";
    this.type = type;
  }
}

export interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly type?: string; readonly message: string; readonly path?: readonly string[] }[];
}

interface Type {
  readonly kind: string;
  readonly fields?: Readonly<Record<string, { readonly type: string; readonly args?: Readonly<Record<string, string>> }>>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly values?: readonly string[];
  readonly members?: readonly string[];
}

const types = cut.types as unknown as Readonly<Record<string, Type>>;

/** The document's root fields, as faults and logs name them: the most telling one below `repository` or `node`. */
export function graphqlName(text: string): { readonly name: string; readonly isWrite: boolean } {
  try {
    const { kind, selections } = readDocument(text);
    const first = selections[0];
    const below = first?.kind === "field" && first.name === "repository" ? first.selections[0] : undefined;
    // Reading files is told from reading what stands on a pull request.
    if (below?.kind === "field" && below.name === "object") return { name: "object", isWrite: false };
    return { name: first?.kind === "field" ? first.name : "query", isWrite: kind === "mutation" };
  } catch {
    return { name: "unreadable", isWrite: false };
  }
}

/** `roots` has the fields of `Query` and `Mutation`. */
export function answerGraphql(text: string, variables: Readonly<Record<string, unknown>>, roots: Resolved): GraphqlAnswer {
  let operation: Operation;
  try {
    operation = readDocument(text);
    checkVariables(operation, variables);
    checkSelections(operation.selections, operation.kind === "query" ? "Query" : "Mutation", operation);
  } catch (thrown) {
    return { errors: [{ message: (thrown as Error).message }] };
  }
  const errors: NonNullable<GraphqlAnswer["errors"]>[number][] = [];
  const given = Object.fromEntries(
    operation.variables.map(({ name, fallback }) => [name, variables[name] ?? (fallback === undefined ? undefined : plain(fallback, {}))]),
  );
  const data = selected(roots, operation.selections, operation.kind === "query" ? "Query" : "Mutation", []);
  return errors.length === 0 ? { data } : { data, errors };

  function selected(from: Resolved, selections: readonly Selection[], type: string, path: readonly string[]): Record<string, unknown> {
    const answer: Record<string, unknown> = {};
    for (const selection of selections) {
      if (selection.kind === "on") {
        if (from["__typename"] === selection.type || types[selection.type]?.members?.includes(String(from["__typename"])) === true)
          Object.assign(answer, selected(from, selection.selections, selection.type, path));
        continue;
      }
      if (!selection.when.every(({ kind, condition }) => (plain(condition, given) === true) === (kind === "include"))) continue;
      answer[selection.alias] = field(from, selection, type, [...path, selection.alias]);
    }
    return answer;
  }

  function field(from: Resolved, { name, args, selections }: Selection & { readonly kind: "field" }, type: string, path: readonly string[]): unknown {
    if (name === "__typename") return from["__typename"] ?? type;
    const below = types[type]?.fields?.[name]?.type ?? "";
    try {
      const known = from[name];
      if (known === undefined) throw new GraphqlError("INTERNAL", `the fake does not know ${type}.${name}`);
      const value = typeof known === "function" ? (known as (args: Readonly<Record<string, unknown>>) => unknown)(values(args, given)) : known;
      return shaped(value, selections, below.replace(/[[\]!]/g, ""), path);
    } catch (thrown) {
      if (!(thrown instanceof GraphqlError)) throw thrown;
      errors.push({ type: thrown.type, path, message: thrown.message });
      return null;
    }
  }

  function shaped(value: unknown, selections: readonly Selection[], type: string, path: readonly string[]): unknown {
    if (Array.isArray(value)) return value.map((item, index) => shaped(item, selections, type, [...path, String(index)]));
    return value === null || selections.length === 0 ? value : selected(value as Resolved, selections, type, path);
  }
}

function checkVariables({ variables }: Operation, given: Readonly<Record<string, unknown>>): void {
  for (const { name, type, fallback } of variables) {
    const problem = fallback !== undefined && given[name] === undefined ? null : inputProblem(given[name], type);
    if (problem !== null) throw new Error(`Variable $${name} of type ${type} was provided invalid value: ${problem}`);
  }
  for (const name of Object.keys(given)) if (!variables.some((one) => one.name === name)) throw new Error(`Variable $${name} is not declared`);
}

/** What is wrong with a value for a type, or null. */
function inputProblem(value: unknown, type: string): string | null {
  const [bare = "", fallback] = type.split(" = ");
  if (value === undefined || value === null) return bare.endsWith("!") && fallback === undefined ? "it is missing" : null;
  const inner = bare.replace(/!$/, "");
  if (inner.startsWith("["))
    return Array.isArray(value) ? (value.map((item) => inputProblem(item, inner.slice(1, -1))).find((one) => one !== null) ?? null) : "it is no list";
  if (inner === "Int") return Number.isInteger(value) ? null : "it is no integer";
  if (inner === "Boolean") return typeof value === "boolean" ? null : "it is no boolean";
  const described = types[inner];
  if (described?.values !== undefined) return described.values.includes(String(value)) ? null : `${inner} has no value ${String(value)}`;
  if (described?.inputs === undefined) return typeof value === "string" ? null : "it is no string";
  if (typeof value !== "object") return "it is no object";
  for (const key of Object.keys(value)) if (described.inputs[key] === undefined) return `${inner} has no field ${key}`;
  for (const [key, of] of Object.entries(described.inputs)) {
    const problem = inputProblem((value as Readonly<Record<string, unknown>>)[key], of);
    if (problem !== null) return `${key}: ${problem}`;
  }
  return null;
}

function checkSelections(selections: readonly Selection[], type: string, operation: Operation): void {
  for (const selection of selections) {
    if (selection.kind === "on") {
      if (types[selection.type] === undefined) throw new Error(`No such type ${selection.type}`);
      checkSelections(selection.selections, selection.type, operation);
    } else if (selection.name !== "__typename") checkField(selection, type, operation);
  }
}

function checkField({ name, args, selections }: Selection & { readonly kind: "field" }, type: string, operation: Operation): void {
  const described = types[type]?.fields?.[name];
  if (described === undefined) throw new Error(`Field '${name}' doesn't exist on type '${type}'`);
  for (const [arg, value] of Object.entries(args)) {
    const of = described.args?.[arg];
    if (of === undefined) throw new Error(`Field '${name}' doesn't accept argument '${arg}'`);
    checkArgument(value, of, `${name}.${arg}`, operation);
  }
  for (const [arg, of] of Object.entries(described.args ?? {}))
    if (args[arg] === undefined && /!$/.test(of)) throw new Error(`Field '${name}' is missing required arguments: ${arg}`);
  const below = described.type.replace(/[[\]!]/g, "");
  const isLeaf = types[below] === undefined || types[below].kind === "ENUM" || types[below].kind === "SCALAR";
  if (isLeaf !== (selections.length === 0)) throw new Error(`Field '${name}' of type ${below} ${isLeaf ? "can have no" : "must have"} selections`);
  const needsBounds = below.endsWith("Connection") && selections.some((one) => one.kind === "field" && (one.name === "nodes" || one.name === "edges"));
  if (needsBounds && args["first"] === undefined && args["last"] === undefined)
    throw new Error(`You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`);
  checkSelections(selections, below, operation);
}

/** A variable must be of the argument's type, or stricter; a value must fit it. */
function checkArgument(value: Value, type: string, where: string, operation: Operation): void {
  const bare = type.split(" = ")[0] ?? "";
  if (value.kind === "variable") {
    const declared = operation.variables.find(({ name }) => name === value.name);
    if (declared === undefined) throw new Error(`Variable $${value.name} is used by ${where} but not declared`);
    if (declared.type.replace(/!$/, "") !== bare.replace(/!$/, "") || (/!$/.test(bare) && !/!$/.test(declared.type)))
      throw new Error(`Type mismatch on variable $${value.name} and argument ${where} (${declared.type} / ${bare})`);
    return;
  }
  if (value.kind === "object") {
    const { inputs } = types[bare.replace(/!$/, "")] ?? {};
    for (const [key, inside] of Object.entries(value.fields)) {
      if (inputs?.[key] === undefined) throw new Error(`InputObject '${bare}' doesn't accept argument '${key}'`);
      checkArgument(inside, inputs[key], `${where}.${key}`, operation);
    }
    for (const [key, of] of Object.entries(inputs ?? {}))
      if (/!$/.test(of) && value.fields[key] === undefined) throw new Error(`Argument '${key}' on InputObject '${bare}' is required`);
    return;
  }
  const problem = inputProblem(plain(value, {}), type);
  if (problem !== null) throw new Error(`Argument '${where}' has an invalid value: ${problem}`);
}

function values(args: Args, variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, plain(value, variables)]));
}

function plain(value: Value, variables: Readonly<Record<string, unknown>>): unknown {
  if (value.kind === "variable") return variables[value.name];
  if (value.kind === "enum") return value.name;
  if (value.kind === "plain") return value.value;
  if (value.kind === "list") return value.items.map((item) => plain(item, variables));
  return values(value.fields, variables);
}
