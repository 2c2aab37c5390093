// Cuts what the fake GitHub checks its traffic by out of GitHub's published descriptions, without their prose.
// `node tools/run.mjs tools/cut-github-schema.ts` fetches the two npm packages (29 MB) into a temporary folder, which
// is removed again: no install of ours carries their 385 MB.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cutGraphql, type Introspection } from "./cut-github-graphql.ts";
import { cutRest, type Json } from "./cut-github-rest.ts";

const OPENAPI = "@octokit/openapi@23.0.2";
const GRAPHQL = "@octokit/graphql-schema@15.26.1";

const packed = new Map<string, string>();
const folder = mkdtempSync(join(tmpdir(), "natslint-cut-"));
try {
  write("rest.json", OPENAPI, "LICENSE", cutRest(JSON.parse(inside(OPENAPI, "generated/api.github.com.json")) as Json));
  write("graphql.json", GRAPHQL, "LICENSE.md", cutGraphql(JSON.parse(inside(GRAPHQL, "schema.json")) as Introspection));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function write(name: string, from: string, license: string, cut: object): void {
  const head = { from, license: inside(from, license).trim().replace(/\s+/g, " ") };
  const file = fileURLToPath(new URL(`../test/github/schema/${name}`, import.meta.url));
  const text = `${JSON.stringify({ ...head, ...cut }, null, 1).replace(/\n +/g, "\n")}\n`;
  writeFileSync(file, text);
  process.stdout.write(`test/github/schema/${name}: ${Math.round(text.length / 1024)} KB\n`);
}

/** One file of a package on npm, never unpacked as a whole. */
function inside(spec: string, path: string): string {
  let archive = packed.get(spec);
  if (archive === undefined) {
    const answer = execFileSync("npm", ["pack", spec, "--json", "--pack-destination", folder], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const [{ filename }] = JSON.parse(answer) as [{ readonly filename: string }];
    archive = join(folder, filename.replace("@", "").replace("/", "-"));
    packed.set(spec, archive);
  }
  return execFileSync("tar", ["-xzOf", archive, `package/${path}`], { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 });
}
