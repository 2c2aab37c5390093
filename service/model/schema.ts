// The model's schema, model.schema.json, as the code that walks it sees it. Its own keywords are explained here.

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  /** Keys below are nats.conf's: compared without case, with `aliases`. */
  readonly conf?: boolean;
  readonly aliases?: readonly string[];
  readonly unit?: "size" | "quantity" | "cores" | "duration" | "percent";
  /** What the text, or each key of the map, must look like: `startup/shapes.ts` knows the names. */
  readonly shape?: string;
  readonly keyShape?: string;
  /** The leaf is a secret: only its form enters the model. */
  readonly secret?: boolean;
  /** One scalar stands for a list of one. */
  readonly single?: boolean;
  /** What of a text is never shown: credentials in a URL, or all of it. */
  readonly redact?: "url" | "jwt" | "all";
  readonly lower?: boolean;
  /** Change rules may ask what it was. Of properties of which one is marked, those without it are not made for what was. */
  readonly before?: true;
}

export interface RootSchema extends Schema {
  readonly $defs: Readonly<Record<string, Schema>>;
}

/** nats.conf's own part of the schema. */
export const CONFIG: Schema = { $ref: "#/$defs/config" };
/** The block `streaming` of stan.conf. */
export const STREAMING: Schema = { $ref: "#/$defs/streaming" };

const resolved = new WeakMap<RootSchema, WeakMap<Schema, Schema>>();
const spelt = new WeakMap<RootSchema, WeakMap<object, ReadonlyMap<string, Schema>>>();
const listed = new WeakMap<RootSchema, WeakMap<object, readonly Property[]>>();

/** A property of a map as whoever walks the schema needs it. */
export interface Property {
  readonly name: string;
  /** Its name and its aliases, in the order in which they count. */
  readonly spellings: readonly string[];
  /** With what it refers to. */
  readonly schema: Schema;
}

/** What makes a part of the schema whole: with what it refers to. Each is put together once. */
export function resolvedIn(schema: RootSchema): (given: Schema) => Schema {
  const known = kept(resolved, schema);
  return (given) => {
    if (given.$ref === undefined) return given;
    let made = known.get(given);
    if (made === undefined) {
      made = { ...schema.$defs[given.$ref.slice("#/$defs/".length)], ...given };
      known.set(given, made);
    }
    return made;
  };
}

/** A map's properties, in the schema's order. */
export function propertiesIn(schema: RootSchema): (properties: Readonly<Record<string, Schema>>) => readonly Property[] {
  const known = kept(listed, schema);
  const whole = resolvedIn(schema);
  return (properties) => {
    let made = known.get(properties);
    if (made === undefined) {
      made = Object.entries(properties).map(([name, property]) => ({ name, spellings: [name, ...(whole(property).aliases ?? [])], schema: whole(property) }));
      known.set(properties, made);
    }
    return made;
  };
}

/** A block's keys of nats.conf by all their spellings, in lower case. */
export function spellingsIn(schema: RootSchema): (properties: Readonly<Record<string, Schema>>) => ReadonlyMap<string, Schema> {
  const known = kept(spelt, schema);
  const all = propertiesIn(schema);
  return (properties) => {
    let made = known.get(properties);
    if (made === undefined) {
      made = new Map(all(properties).flatMap(({ spellings, schema: property }) => spellings.map((spelling) => [spelling, property] as const)));
      known.set(properties, made);
    }
    return made;
  };
}

const asked = new WeakMap<RootSchema, RootSchema>();

/** The schema of the model before a change: what change rules may ask, and nothing that is made for other rules. */
export function schemaBefore(schema: RootSchema): RootSchema {
  const made = asked.get(schema) ?? (onlyBefore(schema) as RootSchema);
  asked.set(schema, made);
  return made;
}

const cut = new WeakMap<RootSchema, Map<string, RootSchema>>();
/** There is no end to what may be asked together. */
const MOST_CUT = 100;

/**
 * The schema with those properties of a server that are named, for who asks about nothing else. Items of lists and blocks
 * of configurations stay whole, and so does a map of which nothing is named.
 */
export function schemaOfNamed(schema: RootSchema, names: ReadonlySet<string>): RootSchema {
  const known = cut.get(schema) ?? new Map<string, RootSchema>();
  cut.set(schema, known);
  const key = [...names].sort().join(" ");
  let made = known.get(key);
  if (made === undefined) {
    const server = schema.$defs["server"] ?? {};
    const properties = named(server.properties ?? {}, names, resolvedIn(schema));
    made = { ...schema, $defs: { ...schema.$defs, server: { ...server, properties } } };
    if (known.size >= MOST_CUT) known.clear();
    known.set(key, made);
  }
  return made;
}

function named(properties: Readonly<Record<string, Schema>>, names: ReadonlySet<string>, whole: (given: Schema) => Schema): Readonly<Record<string, Schema>> {
  const found = Object.entries(properties).filter(([name]) => names.has(name));
  return Object.fromEntries(
    found.map(([name, given]) => {
      const { $ref: _, ...property } = whole(given);
      if (property.properties === undefined || property.conf === true) return [name, given];
      const below = named(property.properties, names, whole);
      return [name, Object.keys(below).length === 0 ? given : { ...property, properties: below }];
    }),
  );
}

/** The names by which `schemaOfNamed` can cut. */
export function namesOfServer(schema: RootSchema): readonly string[] {
  const whole = resolvedIn(schema);
  const names = new Set<string>();
  const left = [schema.$defs["server"]?.properties ?? {}];
  for (let properties = left.pop(); properties !== undefined; properties = left.pop())
    for (const [name, given] of Object.entries(properties)) {
      const property = whole(given);
      names.add(name);
      if (property.properties !== undefined && property.conf !== true) left.push(property.properties);
    }
  return [...names];
}

function onlyBefore<Given>(given: Given): Given {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, key === "properties" ? marked(value) : onlyBefore(value)])) as Given;
}

function marked(properties: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> {
  const all = Object.entries(properties);
  const some = all.filter(([, property]) => property.before === true);
  return Object.fromEntries((some.length > 0 ? some : all).map(([name, property]) => [name, onlyBefore(property)]));
}

function kept<Of extends object, Value>(all: WeakMap<RootSchema, WeakMap<Of, Value>>, schema: RootSchema): WeakMap<Of, Value> {
  const found = all.get(schema) ?? new WeakMap<Of, Value>();
  all.set(schema, found);
  return found;
}
