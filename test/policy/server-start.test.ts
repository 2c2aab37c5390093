// The server itself is asked: does it start with what the pages call right, and refuse what they say it refuses?
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Rule } from "../../service/rule/rule.ts";
import { lint } from "../../service/lint.ts";
import { exampleFiles } from "../../tools/example-files.ts";
import { natsServerPath } from "../../tools/nats-server.ts";
import { root } from "../../tools/opa.ts";
import type { Example } from "../../tools/page-examples.ts";
import { readPages } from "../../tools/rule-page.ts";
import { testEngine } from "../engine.ts";
import { type Answer, starts } from "../servers/run.ts";

const server = natsServerPath();
const engine = await testEngine();
const folder = mkdtempSync(join(tmpdir(), "natslint-start-"));
const certificates = server === null ? null : selfSigned(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refusesWhatItFinds = (rule: Rule | undefined): boolean => rule?.judge === "policy" && Object.values(rule.refuses).includes(true);

/** The pages that say what the server does, and the cases of their rules. */
const files = exampleFiles(root, readPages(root).pages).filter((file) => refusesWhatItFinds(engine.rules.get(file.rule)));
const examples = files.flatMap((file) => file.examples.filter(isAlone).map((example) => [`${file.path}:${example.line}`, example] as const));

test.skipIf(server !== null)("no nats-server to ask: .cache/bin has none, and NATS_SERVER names none", () => undefined);

describe.skipIf(server === null).concurrent("the server starts, or refuses, as natslint says", () => {
  test.each(examples)("%s", { timeout: 60_000 }, async (name, example) => {
    const { findings } = lint(example.sources, example.settings, engine);
    const refusing = findings.filter((finding) => finding.refuses === true).map((finding) => finding.rule.id);
    const { accepts, said } = await start(example, name.replace(/\W+/g, "-"));
    expect(accepts ? "starts" : "refuses", `${refusing.join(", ") || "no rule"} against the server: ${said}`).toBe(refusing.length > 0 ? "refuses" : "starts");
  });
});

/** A nats.conf that says all by itself, for the server that is here. Files that are not in sight, variables and older versions are left out. */
function isAlone({ sources, settings }: Example): boolean {
  const main = sources[0];
  if (main === undefined || !main.path.endsWith(".conf") || /stan/.test(main.path) || settings.assume.serverVersion !== undefined) return false;
  const texts = sources.map((source) => source.text);
  const included = [...texts.join("\n").matchAll(/\binclude\s+['"]?\.?\/?([\w./-]+)/g)].map((found) => found[1]);
  if (included.some((path) => !sources.some((source) => source.path === path))) return false;
  return !texts.some((text) =>
    /(?<!["'\w])\$(?!2a\$)[A-Za-z_]\w*(?!\s*\{)|\.jwt\b|streaming|URL\(/.test(text.replace(/^\s*\$\w+\s*\{/gm, "").replace(/\{\s*\$SYS\s*\{/g, "{ S {")),
  );
}

/** Starts the server with the example until it is ready or gone. Ports are chosen by the system; what is on disk is in a folder of its own. */
function start(example: Example, name: string): Promise<Answer> {
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  for (const { path, text } of example.sources) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), portable(text, home));
  }
  const path = join(home, example.sources[0]?.path ?? "");
  return starts(server ?? "", ["-c", path, ...(example.sources.some(({ text }) => /^port: /m.test(text)) ? [] : ["-p", "-1"])], home);
}

function portable(text: string, home: string): string {
  return text
    .replace(/((?:^|[\s{,"])(?:\w*port)"?\s*[:=]?\s*)(?!0\b)\d{2,4}\b/g, "$1-1")
    .replace(/((?:listen|https?)"?\s*[:=]?\s*"?(?:[\w.]*:)?)\d{2,4}\b/g, "$1-1")
    .replace(/((?:store_dir|storedir|store|dir)"?\s*[:=]?\s*)"?\/[\w/.-]*"?/g, (_whole, key: string) => `${key}"${join(home, key.replace(/\W/g, ""))}"`)
    .replace(
      /(cert_file|key_file|ca_file)("?\s*[:=]?\s*)"?[\w./-]+"?/g,
      (_whole, key: string, between: string) => `${key}${between}"${key === "key_file" ? certificates?.key : certificates?.cert}"`,
    );
}

function selfSigned(home: string): { readonly cert: string; readonly key: string } {
  const [cert, key] = [join(home, "tls.crt"), join(home, "tls.key")];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", cert, "-subj", "/CN=nats"],
    { stdio: "ignore" },
  );
  return { cert, key };
}
