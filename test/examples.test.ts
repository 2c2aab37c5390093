// What `npx natslint examples/` says, read by eye once: everything that is wrong below bad/, and nothing else.
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import schema from "../schemas/report.schema.json" with { type: "json" };
import { json, lines } from "./doors/world.ts";

const root = join(import.meta.dirname, "..");

const FOUND: readonly string[] = [
  "examples/bad/conf/nats.conf:7:13 warning password-leading-digit",
  "examples/bad/conf/nats.conf:7:13 warning plaintext-password-in-git",
  "examples/bad/conf/stan.conf:2:11 error conf-parse-error",
  "examples/bad/conf/stan.conf:6:7 warning no-debug-trace-in-prod",
  "examples/bad/conf/stan.conf:7:7 error no-debug-trace-in-prod",
  "examples/bad/manifests/nats.yaml:11:12 error no-debug-trace-in-prod",
  "examples/bad/manifests/nats.yaml:14:17 error password-leading-digit",
  "examples/bad/manifests/nats.yaml:14:17 warning plaintext-password-in-git",
  "examples/bad/manifests/nats.yaml:16:5 info cluster-name-required",
  "examples/bad/manifests/nats.yaml:20:19 error bcrypt-unquoted",
  "examples/bad/manifests/nats.yaml:48:13 error cluster-min-replicas",
  "examples/bad/manifests/nats.yaml:59:15 error anti-affinity-selector-mismatch",
  "examples/bad/manifests/nats.yaml:62:11 warning no-lame-duck-hook",
  "examples/bad/manifests/nats.yaml:62:11 warning probe-disabled",
  "examples/bad/manifests/nats.yaml:62:11 warning resources-missing",
  "examples/bad/manifests/nats.yaml:63:18 warning image-unsupported-line",
  "examples/bad/nats-0.x/service.yaml:10:9 info exposed-without-tls",
  "examples/bad/nats-0.x/values.yaml:1:1 warning exposed-without-auth",
  "examples/bad/nats-0.x/values.yaml:2:1 warning resources-missing",
  "examples/bad/nats-0.x/values.yaml:3:10 warning image-unsupported-line",
  "examples/bad/nats-0.x/values.yaml:5:12 warning no-debug-trace-in-prod",
  "examples/bad/nats-0.x/values.yaml:6:12 error no-debug-trace-in-prod",
  "examples/bad/nats-0.x/values.yaml:8:1 warning cluster-auth-disabled",
  "examples/bad/nats-0.x/values.yaml:10:3 warning anti-affinity-missing",
  "examples/bad/nats-0.x/values.yaml:11:16 warning lb-advertise-on",
  "examples/bad/nats/values.yaml:1:1 warning resources-missing",
  "examples/bad/nats/values.yaml:3:3 warning cluster-auth-disabled",
  "examples/bad/nats/values.yaml:5:5 warning anti-affinity-missing",
  "examples/bad/nats/values.yaml:5:15 error cluster-min-replicas",
  "examples/bad/nats/values.yaml:8:5 warning values-unknown-key",
  "examples/bad/nats/values.yaml:12:12 error no-debug-trace-in-prod",
  "examples/bad/nats/values.yaml:15:17 error password-yaml-number",
  "examples/bad/nats/values.yaml:15:17 warning plaintext-password-in-git",
  "examples/bad/nats/values.yaml:18:1 error values-wrong-generation",
  "examples/bad/qlik/values.yaml:2:15 warning cluster-min-replicas",
  "examples/bad/qlik/values.yaml:6:13 warning password-leading-digit",
  "examples/bad/qlik/values.yaml:6:13 warning plaintext-password-in-git",
  "examples/bad/qlik/values.yaml:8:3 warning generated-password-hazard",
  "examples/bad/qlik/values.yaml:10:1 info log-time-off",
  "examples/bad/qlik/values.yaml:12:10 info debug-block-ambiguous",
  "examples/bad/qlik/values.yaml:12:10 warning no-debug-trace-in-prod",
  "examples/bad/stan/claim.yaml:8:17 error stan-ft-needs-rwx",
  "examples/bad/stan/clustered.yaml:1:1 warning resources-missing",
  "examples/bad/stan/clustered.yaml:3:13 error stan-cluster-min-replicas",
  "examples/bad/stan/clustered.yaml:8:12 error no-debug-trace-in-prod",
];

test("the bad examples have exactly these findings", async () => {
  const { code, report, stderr } = await json(["examples/bad"], { cwd: root });
  expect(lines(report)).toEqual(FOUND);
  expect(report.files.filter(({ state }) => state !== "linted")).toEqual([]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
});

test("the good examples have none", async () => {
  const { code, report, stderr } = await json(["examples/good"], { cwd: root });
  expect(lines(report)).toEqual([]);
  expect(report.files.filter(({ state }) => state !== "linted")).toEqual([]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test("the whole folder has those of the bad ones, and needs no flags", async () => {
  const { code, report } = await json(["examples/"], { cwd: root });
  expect(lines(report)).toEqual(FOUND);
  expect(code).toBe(1);
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
});

test("each good example mends the bad one beside it", async () => {
  const { report } = await json(["examples/"], { cwd: root });
  const below = (folder: string): string[] =>
    report.files
      .map(({ path }) => path)
      .filter((path) => path.startsWith(folder))
      .map((path) => path.slice(folder.length));
  expect(below("examples/good/")).toEqual(below("examples/bad/"));
});
