// Many subjects, asked which of them overlap another: by their parts, because to compare each pair takes the square of the time.

interface Branch<Value> {
  readonly below: Map<string, Branch<Value>>;
  /** What ends here. */
  readonly own: Entry<Value>[];
  /** What ends here in `>`: all that goes on from here. */
  readonly rest: Entry<Value>[];
}

interface Entry<Value> {
  readonly order: number;
  readonly value: Value;
}

export interface SubjectIndex<Value> {
  readonly put: (subject: string, value: Value) => void;
  /** What was put under subjects that match something that this one matches, too; in the order in which it was put. */
  readonly overlapping: (subject: string) => readonly Value[];
}

export function subjectIndex<Value>(): SubjectIndex<Value> {
  const root = branch<Value>();
  let order = 0;

  function put(subject: string, value: Value): void {
    const entry = { order: order++, value };
    let here = root;
    for (const part of subject.split(".")) {
      if (part === ">") {
        here.rest.push(entry);
        return;
      }
      const next = here.below.get(part) ?? branch<Value>();
      here.below.set(part, next);
      here = next;
    }
    here.own.push(entry);
  }

  function overlapping(subject: string): readonly Value[] {
    const found: Entry<Value>[] = [];
    const parts = subject.split(".");
    const visit = (here: Branch<Value>, at: number): void => {
      const part = parts[at];
      if (part === undefined) {
        found.push(...here.own);
        return;
      }
      found.push(...here.rest);
      if (part === ">") for (const next of here.below.values()) all(next, found);
      else if (part === "*") for (const next of here.below.values()) visit(next, at + 1);
      else
        for (const name of [part, "*"]) {
          const next = here.below.get(name);
          if (next !== undefined) visit(next, at + 1);
        }
    };
    visit(root, 0);
    return found.sort((one, other) => one.order - other.order).map(({ value }) => value);
  }

  return { put, overlapping };
}

function branch<Value>(): Branch<Value> {
  return { below: new Map(), own: [], rest: [] };
}

function all<Value>(here: Branch<Value>, found: Entry<Value>[]): void {
  found.push(...here.own, ...here.rest);
  for (const next of here.below.values()) all(next, found);
}
