// The table of ARCHITECTURE.md, held against the code: who may import whom, and who may touch the world.
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../tools/opa.ts";

interface Part {
  readonly imports: (part: string) => boolean;
  readonly sentence: string;
}

const parts = readTable(readFileSync(join(root, "ARCHITECTURE.md"), "utf8"));
const files = readdirSync(join(root, "service"), { recursive: true, encoding: "utf8" })
  .map((path) => `service/${path.replaceAll("\\", "/")}`)
  .filter((path) => path.endsWith(".ts"))
  .sort();

/** Where a library is at home: one that goes can then be replaced in one place. `service/` alone: Node's own are looked at below. */
const LIBRARIES: Readonly<Record<string, { readonly home: RegExp; readonly why: string }>> = {
  yaml: { home: /^document\/yaml\//, why: "the YAML library is known to document/yaml alone: all else sees trees with places" },
  "@open-policy-agent/opa-wasm": {
    home: /^policy\/(engine|host-builtins)\.ts$/,
    why: "the wasm SDK fails open in many ways, which policy/ alone guards against",
  },
  "fastest-levenshtein": { home: /^(model|settings)\//, why: "only what reads people's words asks what they meant" },
  ignore: { home: /^(settings|host|commit|doors)\//, why: "globs are for paths, which the stages between never look for" },
  octokit: { home: /^host\/github\//, why: "GitHub is spoken to in one place" },
  "@nats-io/": { home: /^host\/queue\//, why: "the queue is one of two, and nobody else knows which" },
  "@kubernetes/": { home: /^host\/cluster\//, why: "the cluster is spoken to in one place" },
  "@peculiar/": { home: /^doors\/admission\/authority\.ts$/, why: "certificates are made in one place, which the leader alone loads" },
  "reflect-metadata": { home: /^doors\/admission\/authority\.ts$/, why: "the maker of certificates wants it" },
  "@actions/": { home: /^doors\/action\//, why: "only the Action runs in a workflow" },
  commander: { home: /^doors\/cli\//, why: "only the command line has flags" },
  express: { home: /^(doors|serving)\//, why: "only services answer requests" },
  pino: { home: /^serving\//, why: "only services have a log" },
  "prom-client": { home: /^(doors|serving)\//, why: "only services count what goes on" },
};

/** What only the host, the thread that lints and the doors may import. A hash of a text and the shape of a path are no world. */
const WORLD = /^(node:(?!crypto$|path$|path\/posix$|buffer$)|octokit|express|@nats-io\/|@kubernetes\/|@actions\/|commander)/;

test("ARCHITECTURE.md has the table", () => {
  expect([...parts.keys()]).toEqual(expect.arrayContaining(["source", "document", "model", "host", "doors/cli"]));
});

describe.each(files)("%s", (path) => {
  const text = readFileSync(join(root, path), "utf8");
  const own = partOf(path);
  const part = parts.get(own);

  test("imports only what its part may", () => {
    expect(part, `ARCHITECTURE.md does not know ${own}`).toBeDefined();
    const imported = importsOf(text).filter((one) => one.startsWith("."));
    const others = imported
      .map((one) => posix.join(posix.dirname(path), one))
      .filter((one) => one.startsWith("service/"))
      .map(partOf);
    expect(
      [...new Set(others)].filter((one) => one !== own && part?.imports(one) !== true),
      `${own}: ${part?.sentence}`,
    ).toEqual([]);
  });

  test("touches the world only as a host, a service, a thread or a door", () => {
    if (/^(host$|serving$|lint-thread$|doors\/)/.test(own)) return;
    expect(importsOf(text).filter((one) => WORLD.test(one))).toEqual([]);
    expect(text.match(/\bconsole\.|\bprocess\.|\bDate\.now\(|new Date\(\)/g) ?? []).toEqual([]);
  });

  test("imports a library only where it is at home", () => {
    for (const name of importsOf(text).filter((one) => !/^(\.|node:)/.test(one))) {
      const [, library] = Object.entries(LIBRARIES).find(([known]) => (known.endsWith("/") ? name.startsWith(known) : name === known)) ?? [];
      expect(library, `${name} has no home: name one in test/house.test.ts`).toBeDefined();
      expect(path.slice("service/".length), library?.why).toMatch(library?.home ?? /^$/);
    }
  });

  test("is written as the rest: no default export, no enum, no namespace, no end of the process", () => {
    expect(text.match(/^export default\b|^(export )?(declare )?(const )?enum\b|^(export )?(declare )?namespace\b|\bprocess\.exit\(/gm) ?? []).toEqual([]);
  });

  test("says in its first line why it exists, and is no longer than 300 lines", () => {
    expect(text).toMatch(/^(#!.*\n)?\/\/ \S/);
    expect(text.split("\n").length).toBeLessThanOrEqual(300);
  });
});

test("no file and no folder is called after nothing in particular", () => {
  const all = ["service", "tools", "test", "bench"].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }));
  expect(all.filter((path) => /(^|[\\/])(utils?|helpers?|common|misc|types)(\.\w+)?$/.test(path))).toEqual([]);
});

/** `service/doors/cli/run.ts` is of the part `doors/cli`, `service/lint.ts` is itself. */
function partOf(path: string): string {
  const [, first = "", second = ""] = path.split("/");
  return first === "doors" ? `doors/${second.replace(/\.ts$/, "")}` : first;
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/^(?:import|export)\s+(?:[\w*{][^"';=()]*?\sfrom\s+)?["']([^"']+)["']/gm), ...text.matchAll(/\bimport\(["']([^"']+)["']\)/g)].map(
    ([, name = ""]) => name,
  );
}

/** The rows of the table: `part`, what it may import, what it says in one line. */
function readTable(text: string): ReadonlyMap<string, Part> {
  const section = text.split("## What may import what")[1]?.split("\n## ")[0] ?? "";
  const rows = [...section.matchAll(/^\| (`.*?) \| (.*?) \| (.*?) \|$/gm)];
  const known = new Map<string, Part>();
  for (const [, names = "", may = "", sentence = ""] of rows) {
    const above = [...known.keys()];
    for (const [, name = ""] of names.matchAll(/`([^`]+)`/g)) {
      const listed = new Set(may.startsWith("all of the above") ? above : may.split(", "));
      const refused = /but (\w+)$/.exec(may)?.[1];
      const imports =
        name === "doors/*" ? (one: string) => !one.startsWith("doors/") : (one: string) => listed.has(one) && one.replace(/\.ts$/, "") !== refused;
      for (const own of name === "doors/*" ? doors() : [name]) known.set(own, { imports, sentence });
    }
  }
  return known;
}

function doors(): string[] {
  return readdirSync(join(root, "service/doors")).map((name) => `doors/${name.replace(/\.ts$/, "")}`);
}
