// Lists of channels, sorted so that one finds those that have a name in common with a channel without asking each of them.

/** Channels by their parts; `here` are those whose name ends here. */
export interface Branch<Owner> {
  readonly next: Map<string, Branch<Owner>>;
  readonly here: { readonly channel: string; readonly owner: Owner }[];
}

export function branch<Owner>(): Branch<Owner> {
  return { next: new Map(), here: [] };
}

export function plant<Owner>(root: Branch<Owner>, channel: string, owner: Owner): void {
  let here = root;
  for (const part of channel.split(".")) {
    const next = here.next.get(part) ?? branch<Owner>();
    here.next.set(part, next);
    here = next;
  }
  here.here.push({ channel, owner });
}

/** The channels that match a name which this one matches, too: * is for one part, > for all that follow. */
export function* colliding<Owner>(root: Branch<Owner>, [part, ...rest]: readonly string[]): Generator<Branch<Owner>["here"][number]> {
  if (part === undefined) {
    yield* root.here;
    return;
  }
  for (const [name, next] of part === "*" || part === ">" ? root.next : named(root, part, "*", ">"))
    if (name === ">" || part === ">") yield* all(next);
    else yield* colliding(next, rest);
}

function named<Owner>(root: Branch<Owner>, ...names: readonly string[]): (readonly [string, Branch<Owner>])[] {
  return [...new Set(names)].flatMap((name) => {
    const next = root.next.get(name);
    return next === undefined ? [] : [[name, next] as const];
  });
}

function* all<Owner>(root: Branch<Owner>): Generator<Branch<Owner>["here"][number]> {
  yield* root.here;
  for (const next of root.next.values()) yield* all(next);
}
