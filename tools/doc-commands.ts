// The commands that README.md and docs/ show, and what they print. In a ```console fence a line `$ natslint ...` is run,
// and the lines up to the next `$` are its output. Files that a page shows (```yaml file=NAME) and examples/ are there.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../service/doors/cli/run.ts";
import { type Fence, readBlocks } from "./markdown.ts";
import { root } from "./opa.ts";

export interface DocPage {
  /** Posix, relative to the root. */
  readonly path: string;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
  readonly commands: readonly DocCommand[];
}

export interface DocCommand {
  readonly command: string;
  /** What the page says that it prints. */
  readonly output: string;
  /** The line of the command, 1-based; its output is behind it. */
  readonly line: number;
}

export function docPages(): DocPage[] {
  const docs = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
  return ["README.md", ...docs.sort().map((name) => `docs/${name}`)].map((path) => {
    const text = readFileSync(join(root, path), "utf8");
    const fences = readBlocks(text).filter((block): block is Fence => block.kind === "fence");
    const files = fences.flatMap((fence) => {
      const file = /\sfile=(\S+)/.exec(fence.info)?.[1];
      return file === undefined ? [] : [[file, fence.text] as const];
    });
    return { path, text, files: Object.fromEntries(files), commands: fences.filter(({ info }) => info === "console").flatMap(commandsOf) };
  });
}

/** What the command prints to either stream, and its exit code where the page asks for it with `; echo $?`. */
export async function printed(command: string, files: DocPage["files"]): Promise<string> {
  const parts = /^(?:cat (\S+) \| )?(?:npx )?natslint ?(.*?)(; echo \$\?)?$/.exec(command);
  if (parts === null) throw new Error(`"${command}" cannot be run by a test; a fence for it is \`\`\`sh`);
  const [, piped, args = "", echo] = parts;
  const cwd = mkdtempSync(join(tmpdir(), "natslint-docs-"));
  try {
    cpSync(join(root, "examples"), join(cwd, "examples"), { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), text);
    }
    const said: string[] = [];
    const writer = { write: (text: string) => said.push(text) };
    const code = await run(
      args.split(/\s+/).filter((word) => word !== ""),
      {
        cwd,
        stdin: once(piped === undefined ? "" : (files[piped] ?? "")),
        stdout: writer,
        stderr: writer,
        env: { NATSLINT_TODAY: "2026-01-01" },
      },
    );
    return `${said.join("").trimEnd()}\n${echo === undefined ? "" : `${code}\n`}`;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function commandsOf({ text, line }: Fence): DocCommand[] {
  const found: { command: string; output: string; line: number }[] = [];
  for (const [index, one] of text.replace(/\n$/, "").split("\n").entries()) {
    const command = /^\$ (.*)$/.exec(one)?.[1];
    if (command !== undefined) found.push({ command, output: "", line: line + 1 + index });
    else {
      const last = found.at(-1);
      if (last !== undefined) last.output += `${one}\n`;
    }
  }
  return found;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
