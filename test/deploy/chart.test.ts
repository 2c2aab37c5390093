// The chart: every set of values renders what Helm, natslint and a careful administrator accept; wrong values are refused with a sentence.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { chart, kustomizeBase } from "../../tools/build-kustomize.ts";
import { type Fence, readBlocks } from "../../tools/markdown.ts";
import { root } from "../../tools/opa.ts";
import { folder, natslint } from "../doors/world.ts";
import { helm, helmThere, objects, type Rendered, render, valueSets, valuesFile } from "./chart.ts";

describe.skipIf(!helmThere())("the chart", () => {
  describe.each(valueSets)("with %s", (set) => {
    // Skipped tests are still collected.
    const manifest = helmThere() ? render("--values", valuesFile(set)) : "";
    const all = objects(manifest);
    const pods = all.filter(({ kind }) => kind === "Deployment").map(({ spec }) => spec.template.spec);

    test("passes helm lint --strict", () => {
      const { code, stdout, stderr } = helm(["lint", "--strict", chart, "--values", valuesFile(set)]);
      expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
    });

    test("passes natslint", async () => {
      expect(await natslint(["--stdin-filename", "natslint.yaml", "-"], { stdin: manifest })).toMatchObject({ code: 0, stderr: "" });
    });

    test("makes pods that are restricted and bounded", () => {
      for (const { securityContext, containers } of pods) {
        expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
        for (const one of containers) {
          expect(one.securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } });
          expect(one.resources.limits.memory).toBeDefined();
          expect(one.resources.limits.cpu, "a throttled webhook is a slow cluster").toBeUndefined();
        }
      }
    });

    test("selects the pods that it makes, and no others", () => {
      const deployments = all.filter(({ kind }) => kind === "Deployment");
      const selectors = all.map(selectorOf).filter((one) => one !== undefined);
      expect(selectors.length).toBeGreaterThanOrEqual(2 * deployments.length);
      for (const selector of selectors) {
        const chosen = deployments.filter(({ spec }) => Object.entries(selector).every(([key, value]) => spec.template.metadata.labels[key] === value));
        expect(chosen, JSON.stringify(selector)).toHaveLength(1);
      }
    });

    test("names nothing twice, and everything in its namespace", () => {
      const names = all.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
      expect(new Set(names).size).toBe(names.length);
      for (const { kind, metadata } of all) expect(metadata.namespace, kind).toBe(CLUSTER_WIDE.test(kind) ? undefined : "policy");
    });
  });

  test("asks for no right and no token where it needs neither", () => {
    const all = objects(render("--values", valuesFile("no-access")));
    expect(all.filter(({ kind }) => /Role/.test(kind))).toEqual([]);
    expect(all.find(({ kind }) => kind === "Deployment")?.["spec"].template.spec.automountServiceAccountToken).toBe(false);
    expect(all.find(({ kind }) => kind === "ServiceAccount")?.["automountServiceAccountToken"]).toBe(false);
  });

  test("asks for rights to read, and to write what is its own by name", () => {
    const rules = objects(render())
      .filter(({ kind }) => /Role$/.test(kind))
      .flatMap(({ rules }) => rules as Rights[]);
    for (const { resources, verbs, resourceNames } of rules) {
      if (resources.includes("events")) continue;
      const writes = verbs.some((verb) => !["get", "list", "watch"].includes(verb));
      if (writes || resources.includes("secrets")) expect(resourceNames, JSON.stringify(resources)).toHaveLength(1);
    }
  });

  test("never asks about its own namespace, and asks about no Pod, Node or Lease", () => {
    const [configuration] = objects(render()).filter(({ kind }) => kind === "ValidatingWebhookConfiguration");
    for (const { namespaceSelector, rules, name } of configuration?.["webhooks"] ?? []) {
      expect(namespaceSelector.matchExpressions[0].values, name).toContain("policy");
      for (const { resources } of rules) expect(resources).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(pods|nodes|leases|secrets|\*\/\*)/)]));
    }
  });

  test("gives flags and variables that natslint serve admission knows", async () => {
    const { stdout: help } = await natslint(["serve", "admission", "--help"]);
    const source = readFileSync(join(root, "service/doors/admission/configuration.ts"), "utf8");
    for (const set of valueSets) {
      for (const { spec } of objects(render("--values", valuesFile(set))).filter(({ metadata }) => metadata.name.endsWith("-admission"))) {
        const [container] = spec?.template?.spec.containers ?? [];
        if (container === undefined) continue;
        const [serve, admission, ...flags] = container.args as string[];
        expect([serve, admission]).toEqual(["serve", "admission"]);
        for (const flag of flags) expect(help).toContain(`${flag.split("=")[0]} <`);
        for (const { name } of container.env as { name: string }[]) if (name !== "POD_NAME") expect(source).toContain(`"${name}"`);
      }
    }
  });

  test("holds settings that natslint takes", async () => {
    const { settings } = parse(readFileSync(join(root, valuesFile("strict")), "utf8"));
    const text = objects(render("--values", valuesFile("strict"))).find(({ kind }) => kind === "ConfigMap")?.["data"]["natslint.yaml"];
    expect(parse(text)).toEqual(settings);
    const cwd = folder({ "natslint.yaml": text, "nats.conf": "port: 4222\n" });
    expect(await natslint(["nats.conf"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  });

  test("takes every value that the guide names", async () => {
    const guide = readFileSync(join(root, "docs/in-cluster.md"), "utf8");
    const values = [...guide.matchAll(/`((?:admission|github|networkPolicy|monitoring)\.[\w.-]+=[^`]+)`/g)].map(([, value = ""]) => value);
    expect(values.length).toBeGreaterThan(5);
    for (const value of values) render("--set", value);
    const settings = readBlocks(guide).filter((block): block is Fence => block.kind === "fence" && block.text.startsWith("settings:"));
    for (const { text } of settings) {
      const cwd = folder({ "values.yaml": text });
      const written = objects(render("--values", join(cwd, "values.yaml"))).find(({ kind }) => kind === "ConfigMap")?.["data"]["natslint.yaml"];
      expect(await natslint(["nats.conf"], { cwd: folder({ "natslint.yaml": written, "nats.conf": "port: 4222\n" }) })).toMatchObject({ code: 0, stderr: "" });
    }
    expect(settings).toHaveLength(1);
  });

  test("renders no hooks for those who apply what helm template prints", () => {
    for (const { metadata } of objects(render())) expect(JSON.stringify(metadata)).not.toContain("helm.sh/hook");
  });

  test.each([
    ["a key that is not known", "admission.replica=3", /additional properties 'replica' not allowed/],
    ["a mode that there is not", "admission.maxMode=enforce", /maxMode/],
    ["a Secret without a name", "admission.certificates.source=secret", /secretName/],
    ["a service without its Secret", "github.enabled=true", /github/],
    ["a number of replicas without a queue", "github.enabled=true,github.secretName=app,github.replicas=2", /queue/],
    ["a queue with a password in it", "github.enabled=true,github.secretName=app,github.queue=nats://u:p@nats:4222", /queue/],
    ["a deadline that leaves no time", "admission.webhooks.workloads.timeoutSeconds=1", /timeoutSeconds/],
  ])("refuses %s", (_what, values, sentence) => {
    const { code, stderr } = helm(["template", "natslint", chart, "--set", values]);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(sentence) });
  });

  test("has a schema for every value, and a value for every key of the schema", () => {
    const values = parse(readFileSync(join(root, chart, "values.yaml"), "utf8"));
    const schema = JSON.parse(readFileSync(join(root, chart, "values.schema.json"), "utf8"));
    compare(values, schema, schema.definitions, []);
  });

  test("is what deploy/kustomize was rendered from", () => {
    expect(readFileSync(join(root, "deploy/kustomize/natslint.yaml"), "utf8"), "run npm run build:kustomize").toBe(kustomizeBase());
  });
});

const CLUSTER_WIDE = /^(ClusterRole|ClusterRoleBinding|ValidatingWebhookConfiguration)$/;

function selectorOf({ kind, spec }: Rendered): Readonly<Record<string, string>> | undefined {
  if (kind === "Service") return spec.selector;
  if (kind === "Deployment" || kind === "PodDisruptionBudget") return spec.selector.matchLabels;
  return kind === "NetworkPolicy" ? spec.podSelector.matchLabels : undefined;
}

interface Rights {
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
}

function compare(values: unknown, schema: Schema | undefined, definitions: Readonly<Record<string, Schema>>, path: readonly string[]): void {
  const known = schema?.$ref === undefined ? schema : definitions[schema.$ref.split("/").at(-1) ?? ""];
  if (known?.properties === undefined || typeof values !== "object" || values === null) return;
  expect(known.additionalProperties, `${path.join(".")} takes keys that nobody reads`).toBe(false);
  // `global` is Helm's own, and a selector's parts are left to whoever uses it.
  const optional = ["global", "matchLabels", "matchExpressions"];
  expect(Object.keys(values).sort(), path.join(".")).toEqual(expect.arrayContaining(Object.keys(known.properties).filter((key) => !optional.includes(key))));
  for (const [key, value] of Object.entries(values)) compare(value, known.properties[key], definitions, [...path, key]);
}
