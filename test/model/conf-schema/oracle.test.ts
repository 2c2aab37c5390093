// A real server is asked about single keys with values of every kind, and the tables have to say the same.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { readConf } from "../../../service/document/conf/read-conf.ts";
import { refusalOf } from "../../../service/finding/settle.ts";
import { confKeys } from "../../../service/model/conf-schema/conf-keys.ts";
import { catalogue } from "../../../service/rule/rule.ts";
import { rulesOf } from "../../../tools/build-catalogue.ts";
import { natsServerPath, natsServerVersion } from "../../../tools/nats-server.ts";
import { root } from "../../../tools/opa.ts";
import { checks } from "../../servers/run.ts";
import { singleKeys } from "./single-keys.ts";

const server = process.env["NATS_SERVER"] === undefined ? natsServerPath() : null;

/** What the file alone does not tell, or what policies judge, since it takes more than one key to tell. */
const ELSEWHERE: readonly RegExp[] = [
  /^lame_duck/, // lame-duck-too-short, lame-duck-grace-invalid
  /^max_closed_clients: -/, // the check lets it pass, and the start ends in a panic
  /^(root|operator)/, // JWTs in files
  /tls\.(ca_file|cert|certs|certificates|cert_file|key_file)/, // certificates in files
  /^certificate\./,
  /^cluster_authorization\.(token|users|auth_callout|auth_hook)/, // cluster-auth-unsupported-form
  /authorization\.(token|users|user|username|timeout)/, // mixed-user-forms, auth-timeout-units
  /^(user|account)\.(users|user|nkey|pass|password|imports|exports)/, // mixed-user-forms, import-not-exported
  /(publish|pub|subscribe|sub|import|export|allow|deny\w*|permission\w*|default_permission\w*):/, // permission-subject-invalid
  /^(server_name|cluster\.name|gateway\.name):/, // name-with-spaces
  /^cluster\.ping_interval/, // cluster-ping-interval-too-long
  /^(accounts?_)?resolver/, // resolver-options-invalid
  /^destination|^mappings|^maps|mappings|maps/, // mapping-invalid
  /allowed_accounts/, // accounts that are elsewhere
  /^import\./,
  /^export\./,
  /^cluster\.accounts/, // pinned-accounts-invalid
];

describe.skipIf(server === null)(`nats-server ${natsServerVersion} and the tables of keys (skipped without .cache/bin/nats-server)`, () => {
  const folder = mkdtempSync(join(tmpdir(), "natslint-keys-"));
  const rules = catalogue(rulesOf(root));
  const version = natsServerVersion.split(".").map(Number);
  const asked = singleKeys().filter(({ name }) => !ELSEWHERE.some((one) => one.test(name)));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function refusedByTables(text: string): boolean {
    const {
      root: tree,
      errors,
      referenced,
      overridden,
    } = readConf(text, { path: "a.conf", origin: (span) => ({ path: "a.conf", span }), version, literal: true, environment: () => undefined });
    if (errors.some((error) => error.refused)) return true;
    const said = confKeys({ tree, referenced, overridden, errors: errors.map((error) => ({ error })) }, { server: "nats", version });
    return said.some((one) => {
      const rule = rules.get(one.rule);
      return rule !== undefined && refusalOf(rule, one.case) !== false;
    });
  }

  async function refusedByServer(text: string, name: string): Promise<boolean> {
    writeFileSync(join(folder, name), text);
    return !(await checks(server ?? "", name, folder)).accepts;
  }

  test("agree on 500 of them, others in each run", { timeout: 300_000 }, async () => {
    const seed = Date.now() % 1_000_000;
    const chosen = fc.sample(fc.constantFrom(...asked), { seed, numRuns: 500 });
    const different: string[] = [];
    const work = async (name: string): Promise<void> => {
      for (let one = chosen.pop(); one !== undefined; one = chosen.pop())
        if ((await refusedByServer(one.text, name)) !== refusedByTables(one.text)) different.push(one.name);
    };
    await Promise.all(["1.conf", "2.conf", "3.conf"].map(work));
    expect(asked.length).toBeGreaterThan(10_000);
    expect(different, `seed ${seed}`).toEqual([]);
  });
});
