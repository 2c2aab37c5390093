// Kustomizations come to what kustomize itself builds from them, and findings point at the patch that set the value.
import { spawnSync } from "node:child_process";
import { parseAllDocuments, stringify } from "yaml";
import { describe, expect, test } from "vitest";
import { at, type Node, text } from "../../service/document/node.ts";
import { plain } from "../../service/document/plain.ts";
import { lint } from "../../service/lint.ts";
import { build } from "../../service/model/wrappers/kustomize/build.ts";
import { sightOf } from "../../service/model/wrappers/sight.ts";
import { DEFAULT_SETTINGS } from "../../service/settings/settings.ts";
import { kustomizePath } from "../../tools/kustomize.ts";
import { folder } from "../doors/world.ts";
import { testEngine } from "../engine.ts";

const BASE = {
  "base/kustomization.yaml":
    "resources: [nats.yaml]\nconfigMapGenerator:\n  - { name: nats-config, files: [nats.conf] }\ngeneratorOptions: { disableNameSuffixHash: true }\n",
  "base/nats.conf": "port: 4222\ndebug: true\n",
  "base/nats.yaml": `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: nats
spec:
  serviceName: nats
  replicas: 3
  selector:
    matchLabels: { app: nats }
  template:
    metadata:
      labels: { app: nats }
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - labelSelector: { matchLabels: { app: nats } }
              topologyKey: kubernetes.io/hostname
      containers:
        - name: nats
          image: nats:2.10.20
          args: [-c, /etc/nats/nats.conf]
          env:
            - { name: A, value: "1" }
          ports:
            - { containerPort: 4222, name: client }
          volumeMounts:
            - { name: config, mountPath: /etc/nats }
      volumes:
        - { name: config, configMap: { name: nats-config } }
---
apiVersion: v1
kind: Service
metadata:
  name: nats
spec:
  clusterIP: None
  selector: { app: nats }
  ports:
    - { name: client, port: 4222 }
`,
};

/** What lies over the base, by what it shows. */
const OVERLAYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nothing: { "over/kustomization.yaml": "resources: [../base]\n" },
  "namespace, names and labels": {
    "over/kustomization.yaml":
      "resources: [../base]\nnamespace: messaging\nnamePrefix: eu-\nnameSuffix: -one\ncommonLabels: { team: core }\nlabels:\n  - { pairs: { tier: data } }\n  - { pairs: { zone: a }, includeTemplates: true }\n  - { pairs: { part: bus }, includeSelectors: true }\n",
  },
  "images and replicas": {
    "over/kustomization.yaml":
      "resources: [../base]\nimages:\n  - { name: nats, newName: registry.example.com/nats, newTag: 2.11.0-alpine }\nreplicas:\n  - { name: nats, count: 5 }\n",
  },
  "a digest": { "over/kustomization.yaml": `resources: [../base]\nimages:\n  - { name: nats, digest: "sha256:${"a".repeat(64)}" }\n` },
  "strategic merge": {
    "over/kustomization.yaml": "resources: [../base]\npatches:\n  - path: patch.yaml\n",
    "over/patch.yaml": `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: nats
  annotations: { changed: "yes" }
spec:
  replicas: 2
  template:
    spec:
      affinity: null
      containers:
        - name: exporter
          image: natsio/prometheus-nats-exporter:0.15.0
        - name: nats
          env:
            - { name: B, value: "2" }
            - { name: A, value: "3" }
          ports:
            - { containerPort: 8222, name: monitor }
      volumes:
        - { name: data, emptyDir: {} }
`,
  },
  "strategic merge, inline and the old way, with directives": {
    "over/kustomization.yaml": `resources: [../base]
patchesStrategicMerge:
  - |-
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: nats
    spec:
      template:
        spec:
          containers:
            - name: nats
              env:
                - $patch: delete
                  name: A
  - delete.yaml
`,
    "over/delete.yaml": "$patch: delete\napiVersion: v1\nkind: Service\nmetadata:\n  name: nats\n",
  },
  "JSON patches": {
    "over/kustomization.yaml": `resources: [../base]
patches:
  - target: { kind: StatefulSet, name: na.* }
    patch: |-
      - { op: replace, path: /spec/replicas, value: 2 }
      - { op: add, path: /spec/template/spec/containers/0/env/-, value: { name: C, value: "4" } }
      - { op: remove, path: /spec/template/spec/affinity }
patchesJson6902:
  - target: { version: v1, kind: Service, name: nats }
    path: service.json
`,
    "over/service.json": '[{ "op": "add", "path": "/spec/publishNotReadyAddresses", "value": true }]\n',
  },
  "a target by label, with a patch that names another object": {
    "over/kustomization.yaml":
      "resources: [../base]\nlabels: [{ pairs: { a: b } }]\npatches:\n  - target: { kind: StatefulSet|Deployment }\n    patch: |\n      apiVersion: v1\n      kind: Any\n      metadata:\n        name: other\n        labels: { c: d }\n      spec:\n        podManagementPolicy: Parallel\n",
  },
  "a base with a prefix, patched by its first name": {
    "mid/kustomization.yaml": "resources: [../base]\nnamePrefix: eu-\n",
    "over/kustomization.yaml":
      "resources: [../mid]\nnamePrefix: prod-\npatches:\n  - patch: |\n      apiVersion: apps/v1\n      kind: StatefulSet\n      metadata: { name: eu-nats }\n      spec: { replicas: 7 }\n",
  },
  "a component": {
    "parts/kustomization.yaml":
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n  - target: { kind: StatefulSet }\n    patch: \'[{ "op": "replace", "path": "/spec/replicas", "value": 1 }]\'\n',
    "over/kustomization.yaml": "resources: [../base]\ncomponents: [../parts]\n",
  },
  "generators that merge and replace": {
    "over/kustomization.yaml":
      "resources: [../base]\ngeneratorOptions: { disableNameSuffixHash: true }\nconfigMapGenerator:\n  - name: nats-config\n    behavior: merge\n    files: [tls.conf=other.conf]\n    literals: [a=b, 'c=\"d\"']\n  - name: more\n    envs: [more.env]\n",
    "over/other.conf": "tls {}\n",
    "over/more.env": "# words\nX=1\nY=two words\n",
  },
};

const kustomize = kustomizePath();

describe("as kustomize builds it", () => {
  if (kustomize === null) test.skip("kustomize is not here: node tools/run.mjs tools/kustomize.ts installs it", () => {});
  else
    test.each(Object.entries(OVERLAYS))("%s", (_name, over) => {
      const files = { ...BASE, ...over };
      const cwd = folder(files);
      const run = spawnSync(kustomize, ["build", "over"], { cwd, encoding: "utf8" });
      expect(run.stderr.replace(/^# Warning.*\n/gm, ""), run.stderr).toBe("");
      const theirs = parseAllDocuments(run.stdout).map((one) => one.toJS() as unknown);
      const built = build("over/kustomization.yaml", sightOf(sources(files), new Map()));
      expect(built.because).toBeUndefined();
      expect(inOrder(built.items.map(({ node }) => plain(node)))).toEqual(inOrder(theirs));
    });
});

test("what cannot be followed is said, and nothing is judged", async () => {
  const files = { ...BASE, "over/kustomization.yaml": "resources: [../base]\npatches:\n  - path: nowhere.yaml\n" };
  const { findings, files: looks } = lint(sources(files), DEFAULT_SETTINGS, await testEngine());
  expect(findings).toEqual([]);
  expect(looks.find(({ path }) => path === "over/kustomization.yaml")).toMatchObject({ state: "not-understood", why: "over/nowhere.yaml is not at hand" });
});

test.each([
  ["vars", "vars: [{ name: TAG, objref: { kind: ConfigMap, name: c, apiVersion: v1 }, fieldref: { fieldpath: data.tag } }]\n"],
  [
    "replacements",
    "replacements:\n  - source: { kind: ConfigMap, name: c, fieldPath: data.tag }\n    targets:\n      - { select: { kind: StatefulSet }, fieldPaths: ['spec.template.spec.containers.[name=nats].image', spec.template.spec.containers.*.args.1] }\n",
  ],
])("%s leave unknown what they write to, and nothing else", (_name, more) => {
  const files = {
    ...BASE,
    "base/nats.yaml": BASE["base/nats.yaml"].replace("nats:2.10.20", "nats:$(TAG)").replace("/etc/nats/nats.conf", "$(TAG)"),
    "over/kustomization.yaml": `resources: [../base]\n${more}`,
  };
  const built = build("over/kustomization.yaml", sightOf(sources(files), new Map()));
  expect(built.because).toBeUndefined();
  const server = built.items.find(({ node }) => text(at(node, "kind")) === "StatefulSet")?.node;
  const [container] = listed(at(server, "spec", "template", "spec", "containers"));
  expect([at(container, "image")?.kind, listed(at(container, "args")).map(({ kind }) => kind)]).toEqual(["unknown", ["scalar", "unknown"]]);
  expect([text(at(container, "name")), at(server, "spec", "replicas")]).toMatchObject(["nats", { value: 3 }]);
});

test("a replacement of a name is not followed", () => {
  const more =
    "replacements:\n  - source: { kind: ConfigMap, name: c, fieldPath: data.x }\n    targets: [{ select: { kind: Service }, fieldPaths: [metadata.name] }]\n";
  const files = { ...BASE, "over/kustomization.yaml": `resources: [../base]\n${more}` };
  expect(build("over/kustomization.yaml", sightOf(sources(files), new Map())).because).toBe("a replacement gives an object its name");
});

test("a finding points at the patch that set the value, and a base is judged through its overlays alone", async () => {
  const files = { ...BASE, ...OVERLAYS["strategic merge"] };
  const { findings } = lint(sources(files), DEFAULT_SETTINGS, await testEngine());
  const told = findings.map(
    ({ rule, path, start, related }) => `${path}:${start.line} ${rule.id}${related.map((one) => ` (${one.path}:${one.start.line} ${one.message})`).join("")}`,
  );
  expect(told).toContain("base/nats.conf:2 no-debug-trace-in-prod");
  expect(told.filter((one) => one.includes("base/nats.yaml:7"))).toEqual([]);
});

test("a loop of Kustomizations ends", async () => {
  const files = { ...BASE, "base/kustomization.yaml": "resources: [nats.yaml, ../over]\n", "over/kustomization.yaml": "resources: [../base]\n" };
  expect(lint(sources(files), DEFAULT_SETTINGS, await testEngine()).files.length).toBeGreaterThan(0);
});

function sources(files: Readonly<Record<string, string>>): { path: string; text: string }[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}

function listed(node: Node | undefined): readonly Node[] {
  return node?.kind === "list" ? node.items : [];
}

/** Secrets of generators are base64 in the one and text in the other; no case has any. */
function inOrder(objects: readonly unknown[]): string[] {
  return objects.map((one) => stringify(one, { sortMapEntries: true })).sort();
}
