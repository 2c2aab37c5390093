// What the package holds, as npm would pack it: enough to run anywhere with Node alone, and nothing else.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { readPages } from "../tools/rule-page.ts";
import { root } from "../tools/opa.ts";

interface Packed {
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

const manifest = JSON.parse(read("package.json")) as { readonly bin: Readonly<Record<string, string>>; readonly dependencies?: object };
const packed = pack();
const paths = packed.files.map((file) => file.path).sort();

test("the package holds the program, what it reads, its types and the licences", () => {
  expect(paths.filter((path) => !/^(charts|dist\/types|dist\/services\/shared-)/.test(path))).toEqual([
    "LICENSE",
    "README.md",
    "dist/THIRD-PARTY-LICENSES.txt",
    "dist/cli.js",
    "dist/index.d.mts",
    "dist/index.mjs",
    "dist/natslint.js",
    "dist/package.json",
    "dist/pages.br",
    "dist/policy.wasm",
    "dist/rules.json",
    "dist/services/admission-thread.mjs",
    "dist/services/admission.mjs",
    "dist/services/audit.mjs",
    "dist/services/github.mjs",
    "dist/services/lint-thread.mjs",
    "package.json",
    "schemas/report.schema.json",
    "schemas/settings.schema.json",
  ]);
});

test("the package holds every rule's page and the facts about charts", () => {
  const packed = brotliDecompressSync(readFileSync(join(root, "dist/pages.br"))).toString("utf8");
  expect(JSON.parse(packed)).toEqual(Object.fromEntries(readPages(root).pages.map(({ id, text }) => [id, text])));
  expect(paths.filter((path) => path.startsWith("charts/") && !path.endsWith("README.md"))).toContain("charts/nats.json");
});

test("the package is small and brings no other with it", () => {
  expect(packed.unpackedSize).toBeLessThan(5 * 1024 * 1024);
  expect(manifest.dependencies).toBeUndefined();
});

test("the command can be executed", () => {
  const command = packed.files.find((file) => file.path === manifest.bin["natslint"]);
  expect(command?.mode.toString(8)).toBe("755");
  expect(read("dist/cli.js")).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test("the types name nothing that is not in the package", () => {
  for (const path of paths.filter((one) => /\.d\.m?ts$/.test(one))) {
    const named = [...read(path).matchAll(/\b(?:from|import|reference \w+=)[ (]*["']([^"']+)["']/g)].map(([, name = ""]) => name);
    const targets = named.map((name) => (name.startsWith(".") ? posix.join(posix.dirname(path), name.replace(/\.js$/, ".d.ts")) : name));
    expect(
      targets.filter((target) => !paths.includes(target)),
      path,
    ).toEqual([]);
  }
});

test("the licence of every bundled library stands in one file", () => {
  const text = read("dist/THIRD-PARTY-LICENSES.txt");
  expect(text).toMatch(/^yaml \d/m);
  expect(text).toMatch(/^@open-policy-agent\/opa-wasm \d/m);
  expect(text).not.toContain("has no licence file");
});

test("programs load natslint by its name", () => {
  const program = `import { loadNatslint } from "natslint";
    const { lint, rules } = await loadNatslint();
    const { findings } = lint([{ path: "nats.conf", text: "port: 4222\\njetstream {" }], { named: ["nats.conf"] });
    console.log(JSON.stringify({ rules: rules.length, findings: findings.map((one) => one.rule.id) }));`;
  // A package's own code may name it, so this resolves as it does where it is installed.
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { cwd: root, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toMatchObject({ rules: readPages(root).pages.length, findings: expect.arrayContaining(["conf-parse-error"]) });
});

function pack(): Packed {
  // The build has been made; packing would make it once more.
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const { stdout, stderr, status } = spawnSync("npm", args, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
  const packages = status === 0 ? (JSON.parse(stdout) as readonly Packed[] | Readonly<Record<string, Packed>>) : [];
  const [first] = Object.values(packages);
  if (first === undefined) throw new Error(`npm packs nothing: ${stderr}`);
  return first;
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
