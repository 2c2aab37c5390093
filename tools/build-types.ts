// The types of what the package exports: the compiler writes them for every file, and only those that the exports name are kept.
import { spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { root } from "./opa.ts";

/** Paths in dist/ and texts: index.d.mts and, below types/, what it imports. Throws if one of them names a type of a dependency. */
export function declarations(): Map<string, string> {
  mkdirSync(join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(root, ".cache", "types-"));
  try {
    compile(folder);
    const kept = new Map<string, string>();
    keep("index.ts", folder, kept);
    return kept;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Types are checked elsewhere (npm run check), so that a clone in the middle of work still builds. */
function compile(folder: string): void {
  const project = join(folder, "tsconfig.json");
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    noCheck: true,
    isolatedDeclarations: false,
    rootDir: root,
    outDir: folder,
    types: [],
  };
  writeFileSync(project, JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions, files: [join(root, "service/index.ts")], include: [] }));
  const run = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", project], { cwd: root, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`The compiler wrote no types:\n${run.stdout}${run.stderr}`);
}

function keep(path: string, folder: string, kept: Map<string, string>): void {
  const target = distPath(path);
  if (kept.has(target)) return;
  kept.set(target, "");
  const found: string[] = [];
  const text = readFileSync(join(folder, "service", path.replace(/\.ts$/, ".d.ts")), "utf8").replace(/(?<=from ")[^"]+(?=")/g, (name) => {
    if (!name.startsWith(".")) throw new Error(`service/${path}: the package's types name ${name}, which the package does not bring along`);
    const other = posix.join(posix.dirname(path), name);
    found.push(other);
    const way = posix.relative(posix.dirname(target), distPath(other)).replace(/\.d\.ts$/, ".js");
    return way.startsWith(".") ? way : `./${way}`;
  });
  kept.set(target, `// Made by tools/build.ts from service/${path}; do not edit.\n${text}`);
  for (const other of found) keep(other, folder, kept);
}

function distPath(path: string): string {
  const declaration = path.replace(/\.ts$/, ".d.ts");
  return path === "index.ts" ? "dist/index.d.mts" : `dist/types/${declaration}`;
}
