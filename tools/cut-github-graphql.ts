// Cuts GitHub's GraphQL schema down to the types that natslint's documents reach: names and types, no prose.

interface TypeRef {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType: TypeRef | null;
}

interface Input {
  readonly name: string;
  readonly type: TypeRef;
  readonly defaultValue: string | null;
}

interface Type {
  readonly kind: string;
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly args: readonly Input[]; readonly type: TypeRef }[] | null;
  readonly inputFields: readonly Input[] | null;
  readonly interfaces: readonly TypeRef[] | null;
  readonly enumValues: readonly { readonly name: string }[] | null;
  readonly possibleTypes: readonly TypeRef[] | null;
}

/** What the introspection of GitHub's schema gives. */
export type Introspection = { readonly __schema: Schema } | { readonly data: { readonly __schema: Schema } };

interface Schema {
  readonly types: readonly Type[];
}

/** A type in short: `fields` maps a name to its type (`[Actor!]!`) and the types of its arguments. */
export interface CutType {
  readonly kind: string;
  readonly fields?: Readonly<Record<string, { readonly type: string; readonly args?: Readonly<Record<string, string>> }>>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly values?: readonly string[];
  readonly members?: readonly string[];
}

/** The object types whose fields may be asked for; inputs and enumerations follow by themselves. Of the roots, only these fields. */
const OBJECTS = new Set(
  (
    "Repository PullRequest PullRequestReviewThreadConnection PullRequestReviewThread PullRequestReviewCommentConnection PullRequestReviewComment " +
    "IssueCommentConnection IssueComment PageInfo ReactionConnection Actor Bot User Commit GitObject Blob Node Comment Minimizable RateLimit PullRequestReview " +
    "ResolveReviewThreadPayload UnresolveReviewThreadPayload MinimizeCommentPayload UnminimizeCommentPayload CreateCommitOnBranchPayload"
  ).split(" "),
);
const ROOTS: Readonly<Record<string, readonly string[]>> = {
  Query: ["repository", "node", "nodes", "viewer", "rateLimit"],
  Mutation: ["resolveReviewThread", "unresolveReviewThread", "minimizeComment", "unminimizeComment", "createCommitOnBranch"],
};

/** The cut: types by name. A field stays when its type is a scalar, an enumeration or kept itself. */
export function cutGraphql(introspection: Introspection): { readonly types: Readonly<Record<string, CutType>> } {
  const schema = "data" in introspection ? introspection.data.__schema : introspection.__schema;
  const all = new Map(schema.types.map((type) => [type.name, type]));
  const types: Record<string, CutType> = {};
  for (const name of [...Object.keys(ROOTS), ...OBJECTS].sort()) take(name);
  return { types: Object.fromEntries(Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1))) };

  function take(name: string): void {
    const type = all.get(name);
    if (type === undefined) throw new Error(`GitHub's schema has no type ${name}`);
    if (types[name] !== undefined) return;
    types[name] = { kind: type.kind };
    types[name] = {
      kind: type.kind,
      ...(type.fields === null ? {} : { fields: Object.fromEntries(keptFields(type).map((field) => [field.name, cutField(field)])) }),
      ...(type.inputFields === null ? {} : { inputs: inputs(type.inputFields) }),
      ...(type.enumValues === null ? {} : { values: type.enumValues.map((value) => value.name) }),
      ...(type.possibleTypes === null ? {} : { members: type.possibleTypes.map((one) => one.name ?? "").filter((one) => OBJECTS.has(one)) }),
    };
  }

  function keptFields(type: Type): readonly NonNullable<Type["fields"]>[number][] {
    const only = ROOTS[type.name];
    return (type.fields ?? []).filter((field) => (only === undefined || only.includes(field.name)) && isKept(field.type));
  }

  function isKept(ref: TypeRef): boolean {
    const named = leaf(ref);
    return OBJECTS.has(named.name ?? "") || named.kind === "SCALAR" || named.kind === "ENUM";
  }

  function cutField(field: { readonly args: readonly Input[]; readonly type: TypeRef }): { type: string; args?: Readonly<Record<string, string>> } {
    follow(field.type);
    return { type: shown(field.type), ...(field.args.length === 0 ? {} : { args: inputs(field.args) }) };
  }

  function inputs(given: readonly Input[]): Readonly<Record<string, string>> {
    for (const { type } of given) follow(type);
    return Object.fromEntries(given.map(({ name, type, defaultValue }) => [name, shown(type) + (defaultValue === null ? "" : ` = ${defaultValue}`)]));
  }

  function follow(ref: TypeRef): void {
    const { kind, name } = leaf(ref);
    if (name !== null && (kind === "ENUM" || kind === "INPUT_OBJECT")) take(name);
  }
}

function leaf(ref: TypeRef): TypeRef {
  return ref.ofType === null ? ref : leaf(ref.ofType);
}

function shown(ref: TypeRef): string {
  if (ref.kind === "NON_NULL" && ref.ofType !== null) return `${shown(ref.ofType)}!`;
  if (ref.kind === "LIST" && ref.ofType !== null) return `[${shown(ref.ofType)}]`;
  return ref.name ?? "";
}
