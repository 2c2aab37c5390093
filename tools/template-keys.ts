// Which values the templates of a chart read, as far as their text shows it: `.Values.a.b`, and what stands inside of
// `with`, `range` and definitions that are given a part of the values.

export interface ReadTemplate {
  readonly name: string;
  readonly text: string;
}

/** Dotted keys, sorted; `[]` stands for an element of a list. */
export function readKeys(templates: readonly ReadTemplate[]): readonly string[] {
  const found = new Set<string>();
  const text = templates.map((one) => one.text).join("\n");
  // A definition is read as if it stood where it is called with a part of the values.
  const given = new Map(
    [...text.matchAll(/(?:include|template)\s+"([^"]+)"\s+\$?\.Values((?:\.\w+)+)/g)].map(([, name = "", path = ""]) => [name, path.slice(1)]),
  );
  for (const template of templates) readOne(template.text, given, found);
  return [...found].sort();
}

interface Block {
  /** The path that the dot stands for; null for the root, and for what is no part of the values. */
  readonly dot: string | null;
}

function readOne(text: string, given: ReadonlyMap<string, string>, found: Set<string>): void {
  const stack: Block[] = [{ dot: null }];
  const variables = new Map<string, string>();
  for (const [, action = ""] of text.matchAll(/\{\{-?\s*(?!\/\*)([\s\S]*?)\s*-?\}\}/g)) {
    const dot = stack.at(-1)?.dot ?? null;
    const code = action.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
    for (const [, path = ""] of code.matchAll(/\$?\.Values((?:\.\w+)+)/g)) found.add(path.slice(1));
    if (dot !== null) for (const [, path = ""] of code.matchAll(/(?:^|[\s(|])\.([a-z]\w*(?:\.\w+)*)/g)) found.add(`${dot}.${path}`);
    for (const [, name = "", path = ""] of code.matchAll(/\$(\w+)\.(\w+(?:\.\w+)*)/g)) {
      const whole = variables.get(name);
      if (whole !== undefined) found.add(`${whole}.${path}`);
    }
    const target = /\.Values((?:\.\w+)+)\s*\)*$/.exec(code)?.[1]?.slice(1) ?? null;
    const isRange = code.startsWith("range");
    const element = target === null || !isRange ? target : `${target}[]`;
    const variable = /\$(\w+)\s*:=/.exec(code)?.[1];
    if (variable !== undefined && element !== null) variables.set(variable, element);
    if (/^end\b/.test(code)) stack.pop();
    else if (/^(with|range)\b/.test(code)) stack.push({ dot: element ?? (/\s\.$/.test(code) ? dot : null) });
    else if (/^(if|block)\b/.test(code)) stack.push({ dot });
    else if (code.startsWith("define")) stack.push({ dot: given.get(/^define\s+"([^"]+)"/.exec(action)?.[1] ?? "") ?? null });
  }
}
