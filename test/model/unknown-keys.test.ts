// Keys that a chart does not read: cases, what holds for every version of every chart, and public files.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import nack from "../../charts/nack.json" with { type: "json" };
import nats from "../../charts/nats.json" with { type: "json" };
import natsOperator from "../../charts/nats-operator.json" with { type: "json" };
import natsStreamingOperator from "../../charts/nats-streaming-operator.json" with { type: "json" };
import stableNats from "../../charts/stable-nats.json" with { type: "json" };
import stan from "../../charts/stan.json" with { type: "json" };
import { at } from "../../service/document/node.ts";
import { type Candidates, candidates, type ChartFacts, defaults } from "../../service/model/chart-facts.ts";
import { CHARTS, CONTROLLERS, type DialectName, nameChart } from "../../service/model/charts.ts";
import { detectValues } from "../../service/model/detect.ts";
import { movesOf } from "../../service/model/key-moves.ts";
import { isKnown, knownKeys } from "../../service/model/known-keys.ts";
import { keyViolations, type Reading, unknownKeys } from "../../service/model/unknown-keys.ts";
import { readCorpus, tree } from "./yaml-tree.ts";

const facts: Readonly<Record<string, ChartFacts>> = {
  nats,
  stan,
  "stable-nats": stableNats,
  nack,
  "nats-operator": natsOperator,
  "nats-streaming-operator": natsStreamingOperator,
} as unknown as Record<string, ChartFacts>;
const withFacts = ["nats-0x", "nats-1x", "stan", "stable-nats", "nack", "nats-operator", "nats-streaming-operator"] as const satisfies readonly DialectName[];

function chartOf(dialect: DialectName, version: string | null): Candidates {
  const { facts: name, from, below } = CHARTS[dialect];
  const known = facts[name ?? ""];
  if (known === undefined) throw new Error(`no facts for ${dialect}`);
  return candidates(known, version, from, below);
}

/** Each finding in a line: the key, what was meant, and what else is said. */
function found(yaml: string, dialect: DialectName, version: string | null, reading: Reading = {}): string[] {
  const { unknown, foreign } = unknownKeys(tree(yaml), dialect, chartOf(dialect, version), reading);
  return [
    ...unknown.map(
      (one) =>
        `${one.key}${one.meant === undefined ? "" : ` -> ${one.meant}`}${one.because === "unknown" ? "" : ` (${one.because}${one.since === undefined ? "" : ` ${one.since}`})`}`,
    ),
    ...foreign.map((one) => `${one.key} of ${one.generation}`),
  ];
}

describe("nats 1.x and 2.x", () => {
  test.each([
    ["config: {cluster: {enabled: true, name: x}}", ["config.cluster.name -> config.cluster.merge.name"]],
    ["config: {leafnodes: {remotes: [{url: a}]}}", ["config.leafnodes.remotes -> config.leafnodes.merge.remotes"]],
    ["config: {jetstream: {memStore: {enabled: true}}}", ["config.jetstream.memStore -> config.jetstream.memoryStore"]],
    [
      "config: {jetstream: {fileStore: {storageDirectory: /a, pvc: {annotations: {a: b}}}}}",
      [
        "config.jetstream.fileStore.storageDirectory -> config.jetstream.fileStore.dir",
        "config.jetstream.fileStore.pvc.annotations -> config.jetstream.fileStore.pvc.merge.metadata.annotations",
      ],
    ],
    [
      "config: {jetstream: {fileStore: {storageClassName: fast}}}",
      ["config.jetstream.fileStore.storageClassName -> config.jetstream.fileStore.pvc.storageClassName"],
    ],
    ["config: {cluster: {noAdvertize: true}}", ["config.cluster.noAdvertize -> config.cluster.noAdvertise"]],
    ["podTemplate: {topologySpreadConstraint: {a: {}}}", ["podTemplate.topologySpreadConstraint -> podTemplate.topologySpreadConstraints"]],
    ["natsbox: {enabled: false}", ["natsbox -> natsBox"]],
    ["statefulSet: {replicas: 3}", ["statefulSet.replicas -> config.cluster.replicas"]],
    ["service: {type: LoadBalancer}", ["service.type -> service.merge.spec.type"]],
    ["affinity: {podAntiAffinity: {a: b}}", ["affinity -> podTemplate.merge.spec.affinity"]],
    ["container: {readinessProbe: {periodSeconds: 3}}", ["container.readinessProbe -> container.merge.readinessProbe"]],
    ["whatever: {a: {b: {c: 1}}}", ["whatever"]],
    ["natsBox: {contexts: {mine: {creds: {secretName: a}, cerds: {secretName: a}}}}", ["natsBox.contexts.mine.cerds -> natsBox.contexts.mine.creds"]],
  ])("%s", (yaml, expected) => {
    expect(found(yaml, "nats-1x", "2.14.2")).toEqual(expected);
    expect(found(yaml, "nats-1x", null)).toEqual(expected);
  });

  test.each([
    "config: {merge: {anything: {at: all}}, patch: [{op: add, path: /a, value: 1}]}",
    "config: {nats: {tls: {merge: {verify: true}}}, cluster: {tls: {merge: {x: 1}}, merge: {name: x}}}",
    "container: {env: {A: {valueFrom: {}}}, resources: {limits: {cpu: 1}}, ports: {nats: {hostPort: 4222}}, merge: {securityContext: {a: b}}}",
    "service: {ports: {nats: {nodePort: 30422, appProtocol: tcp}}, merge: {spec: {type: NodePort}}}",
    "podTemplate: {topologySpreadConstraints: {kubernetes.io/hostname: {maxSkew: 1, whenUnsatisfiable: DoNotSchedule}}}",
    "global: {anything: {of: the parent}}\nenabled: true\nx-anchors: {a: 1}\n.hidden: {b: 2}",
    "config: {jetstream: {$tplYaml: '{{ .Values.js }}'}, cluster: {$tplYamlSpread: '{{ .Values.c }}'}}",
    "natsBox: {contexts: {mine: {tls: {secretName: a}, merge: {url: b}}}}",
    "extraResources: [{apiVersion: v1, kind: Service}]",
    "nats:\nauth: {}\npersistence: []",
  ])("reads %s", (yaml) => {
    expect(found(yaml, "nats-1x", "2.14.2")).toEqual([]);
  });

  test("some keys are read from a version on", () => {
    expect(found("container: {resources: {limits: {cpu: 1}}}", "nats-1x", "1.3.14")).toEqual([
      "container.resources -> container.merge.resources (version 1.3.15)",
    ]);
    expect(found("container: {resources: {limits: {cpu: 1}}}", "nats-1x", null)).toEqual([]);
    expect(found("config: {cluster: {noAdvertise: false}}", "nats-1x", "2.12.3")).toEqual([
      "config.cluster.noAdvertise -> config.cluster.merge.no_advertise (version 2.12.4)",
    ]);
    expect(found("config: {cluster: {noAdvertise: false}}", "nats-1x", "2.12.4")).toEqual([]);
    expect(found("config: {cluster: {noAdvertise: false}}", "nats-1x", null)).toEqual([]);
    // What the later version does by default, the older one does anyway.
    expect(found("config: {cluster: {noAdvertise: true}}", "nats-1x", "2.12.3")).toEqual([]);
  });

  test("advice holds for all versions in question", () => {
    for (const key of ["config: {nats: {resources: {a: 1}}}", "podTemplate: {resources: {a: 1}}", "resources: {a: 1}"]) {
      expect(found(key, "nats-1x", "2.14.2")[0]).toMatch(/ -> container\.resources$/);
      expect(found(key, "nats-1x", "1.3.x")[0]).toMatch(/ -> container\.merge\.resources$/);
      expect(found(key, "nats-1x", null)[0]).toMatch(/ -> container\.merge\.resources$/);
    }
  });

  test("a documented key is dead", () => {
    expect(found("natsBox: {container: {image: {resources: {limits: {cpu: 1}}}}}", "nats-1x", "2.14.2")).toEqual([
      "natsBox.container.image.resources -> natsBox.container.resources (dead)",
    ]);
    expect(found("natsBox: {container: {image: {resources: {}}}}", "nats-1x", "2.14.2")).toEqual([]);
    // Its default came with 1.3.15, and reading it never did.
    for (const version of ["1.1.2", "1.x"])
      expect(found("natsBox: {container: {image: {resources: {limits: {cpu: 1}}}}}", "nats-1x", version)).toEqual([
        `natsBox.container.image.resources -> natsBox.container.merge.resources${version === "1.x" ? " (dead)" : ""}`,
      ]);
  });
});

describe("nats 0.x", () => {
  test.each([
    ["0.19.17", "nats: {cluster: {enabled: true}, auth: {enabled: true}}", ["nats.cluster -> cluster", "nats.auth -> auth"]],
    ["0.19.17", "nats: {jetstream: {fileStore: {size: 1Gi}}}", ["nats.jetstream.fileStore -> nats.jetstream.fileStorage"]],
    ["0.19.17", "auth: {basic: {systemAccount: SYS}}", ["auth.basic.systemAccount -> auth.systemAccount"]],
    ["0.19.17", "leafnodes: {remotes: [{url: a, credential: {secret: {name: a}}}]}", ["leafnodes.remotes.credential -> leafnodes.remotes.credentials"]],
    [
      "0.19.17",
      "nats: {jetstream: {max_outstanding_catchup: 64MB}}",
      ["nats.jetstream.max_outstanding_catchup -> nats.jetstream.maxOutstandingCatchup (dead)"],
    ],
    ["0.15.0", "nats: {jetstream: {maxOutstandingCatchup: 64MB}}", ["nats.jetstream.maxOutstandingCatchup (version 0.19.6)"]],
    ["0.8.10", "nats: {pingInterval: 30s}", ["nats.pingInterval -> nats.limits.pingInterval (dead)"]],
    ["0.10.0", "nats: {pingInterval: 30s}", ["nats.pingInterval -> nats.limits.pingInterval"]],
    ["0.8.9", "nats: {pingInterval: 30s}", []],
    ["0.8.9", "nats: {limits: {maxPings: 3, lameDuckDuration: 60s}}", ["nats.limits.maxPings -> nats.maxPings (dead)", "nats.limits.lameDuckDuration (dead)"]],
    ["0.9.2", "nats: {limits: {maxPings: 3}}", []],
    [
      "0.17.0",
      "nats: {image: 'nats:2.9', healthcheck: {liveness: {enabled: true, httpGet: {path: /}}}}\ntopologySpreadConstraints: [{maxSkew: 1, labelSelector: {}}]",
      [],
    ],
    [
      "0.19.17",
      "auth: {basic: {accounts: {A: {users: [{user: a}]}}}}\ncommonLabels: {a: b}\nsecurityContext: {fsGroup: 1}\nnats: {selectorLabels: {a: b}}",
      [],
    ],
  ])("%s: %s", (version, yaml, expected) => {
    expect(found(yaml, "nats-0x", version)).toEqual(expected);
  });

  test("what only some candidates do is not said", () => {
    expect(found("nats: {pingInterval: 30s, limits: {maxPings: 3}}", "nats-0x", null)).toEqual([]);
  });
});

test.each([
  ["stan", "0.13.0", "stan: {pullPolicy: Always}\nexporter: {pullPolicy: IfNotPresent}", ["stan.pullPolicy (dead)"]],
  ["stan", "0.13.0", "bootconfig: {pullPolicy: IfNotPresent}", []],
  ["stan", "0.7.5", "tls: {enabled: true}", ["tls -> stan.tls"]],
  [
    "stan",
    "0.13.0",
    "store: {limits: {max_msgs: 1, max_mesgs: 1, channels: {foo: {max_msgs: 1, max_msg: 2}}}}",
    ["store.limits.max_mesgs -> store.limits.max_msgs", "store.limits.channels.foo.max_msg -> store.limits.channels.foo.max_msgs"],
  ],
  ["stable-nats", "4.3.6", "cluster: {replicas: 3}\nmetrics: {podAnnotations: {a: b}}", ["cluster.replicas -> replicaCount"]],
] as const)("%s %s: %s", (dialect, version, yaml, expected) => {
  expect(found(yaml, dialect, version)).toEqual(expected);
});

describe("below an umbrella's key", () => {
  test("only what has a likely meaning counts, because the parent may read the rest", () => {
    expect(found("podMonitor: {on: true}\nnatsbox: {enabled: false}", "nats-1x", "2.14.2", { nested: true })).toEqual([
      "podMonitor -> promExporter.podMonitor",
      "natsbox -> natsBox",
    ]);
    expect(found("mine: {a: 1}", "nats-1x", "2.14.2", { nested: true })).toEqual([]);
    expect(found("natsbox: {enabled: false}", "nats-1x", "2.14.2", { nested: true, alsoRead: new Set(["natsbox"]) })).toEqual([]);
  });
});

describe("values of another generation", () => {
  test("are one finding, at the first key", () => {
    const values = tree("whatever: 1\nnats:\n  limits: {maxPayload: 1MB}\ncluster:\n  enabled: true\nauth:\n  basic: {users: []}\n");
    const chart = chartOf("nats-1x", "1.3.16");
    const violations = keyViolations(unknownKeys(values, "nats-1x", chart), chart, true);
    expect(violations.map(({ rule, case: said, facts: said2, on }) => ({ rule, case: said, facts: said2, on }))).toEqual([
      {
        rule: "values-wrong-generation",
        case: "default",
        facts: { chart: "nats 1.3.16", keys: ["nats", "cluster", "auth"], generation: "nats 0.x" },
        on: "key",
      },
      { rule: "values-unknown-key", case: "default", facts: { chart: "nats 1.3.16", key: "whatever" }, on: "key" },
    ]);
    expect(violations[0]?.origin.key).toEqual({ start: 12, end: 16 });
    expect(violations[0]?.related?.map((one) => one.origin.span.start)).toEqual([46, 71]);
  });

  test.each([
    ["nats-0x", "0.19.17", "config: {cluster: {enabled: true, replicas: 3}}\nnatsBox: {enabled: false}", ["config of nats-1x", "natsBox of nats-1x"]],
    ["nats-1x", "2.14.2", "auth: {usersCredentials: [{username: a}]}\nconfig: {cluster: {enabled: true}}", ["auth of bitnami"]],
    ["nats-1x", "2.14.2", "cluster: {enabled: true, replicas: 3}", ["cluster -> config.cluster"]],
    ["stan", "0.13.0", "stan: {clusterID: a}\nnats: {logging: {debug: true}, limits: {maxPayload: 1}}", []],
  ] as const)("%s %s: %s", (dialect, version, yaml, expected) => {
    expect(found(yaml, dialect, version)).toEqual(expected);
  });

  test("are a mixture where only the keys tell the chart", () => {
    const chart = chartOf("nats-1x", null);
    const [violation] = keyViolations(
      unknownKeys(tree("natsBox: {}\npromExporter: {enabled: true}\nauth: {basic: {users: [a]}}"), "nats-1x", chart),
      chart,
      false,
    );
    expect(violation).toMatchObject({ rule: "values-wrong-generation", case: "mixed", facts: { keys: ["auth"], chart: "nats 1.0.0-beta.0 to 2.14.2" } });
  });
});

describe.each(withFacts)("%s, in all its versions", (dialect) => {
  const all = chartOf(dialect, null);

  test("finds nothing in a copy of the defaults, whether the version is known or not", () => {
    for (const version of all.versions) {
      const chart = chartOf(dialect, version);
      const copy = defaults(chart, { path: "values.yaml", span: { start: 0, end: 0 } });
      expect([version, unknownKeys(copy, dialect, chart), unknownKeys(copy, dialect, all)]).toEqual([version, ...Array(2).fill({ unknown: [], foreign: [] })]);
    }
  });

  test("each move leads to a key that some version reads, from one that the chart does not read everywhere", () => {
    const known = knownKeys(dialect, all);
    for (const [written, meanings] of movesOf(dialect)) {
      expect([written, meanings.some((meant) => isKnown(known, meant))]).toEqual([written, true]);
      expect([written, all.versions.every((version) => isKnown(knownKeys(dialect, chartOf(dialect, version)), written))]).toEqual([written, false]);
    }
  });
});

describe("in public files", () => {
  const corpus = readCorpus();
  if (corpus === null) {
    test.skip("../shared/corpus is not at hand");
    return;
  }

  /** Each was looked up in the chart's templates. Files of somebody's copy of a chart are left out, as in real use. */
  const expected: Readonly<Record<string, readonly string[]>> = {
    "umbrella/ReubenMathew__nats-k8s-burn-in-testing__1.yaml": ["cluster.externalAccess -> nats.externalAccess"],
    "values-1x/awakari__core__1.yaml": ["config.auth -> config.merge.authorization"],
    "values-1x/suckatrash__nats-argocd-stack__4.yaml": [
      "config.cluster.name -> config.cluster.merge.name",
      "config.jetstream.memStore -> config.jetstream.memoryStore",
      "config.tls -> config.nats.tls",
      "natsbox -> natsBox",
      "service.ports.client -> service.ports.nats",
      "service.ports.monitoring -> service.ports.monitor",
    ],
    "values-1x/Black-And-White-Club__all-infrastructure__2.yaml": ["service.type -> service.merge.spec.type", "ingress -> config.websocket.ingress"],
  };

  test("exactly the keys that nothing reads are found", () => {
    const findings: Record<string, readonly string[]> = {};
    for (const { file, class: name, text, version } of corpus.filter((one) => /^(values-|umbrella)/.test(one.class) && !one.dialect.includes("vendored"))) {
      for (const one of detectValues(tree(text))?.charts ?? []) {
        if (!CHARTS[one.dialect].keysKnown) continue;
        const number = /(?:chart|dep) (?:nats|stan|nack|nats-operator|nats-streaming-operator) (\d\S*)/.exec(version)?.[1] ?? null;
        const fits =
          number !== null &&
          (one.dialect === "stan" || CONTROLLERS.includes(one.dialect) || nameChart("nats", "nats-io", number).dialects.includes(one.dialect));
        const values = at(tree(text), ...one.at);
        if (values === undefined) continue;
        const { unknown, foreign } = unknownKeys(values, one.dialect, chartOf(one.dialect, fits ? number : null), { nested: name === "umbrella" });
        const lines = [...unknown.map((key) => `${key.key} -> ${key.meant}`), ...foreign.map((key) => `${key.key} of ${key.generation}`)];
        if (lines.length > 0) findings[file] = lines;
      }
    }
    expect(findings).toEqual(expected);
  });
});

describe("charts of controllers", () => {
  test.each<readonly [DialectName, string, string, readonly string[]]>([
    ["nack", "0.34.0", "jetstream: {nats: {url: a, credentials: {secret: {name: a, key: b}}, nkey: {secret: {nam: a}}}}", ["jetstream.nats.nkey.secret.nam"]],
    ["nack", "0.30.0", "jetstream: {controlLoop: true}", ["jetstream.controlLoop (version 0.32.0)"]],
    [
      "nack",
      "0.34.0",
      "jetstream: {klogLevel: 4, additionalArgs: [a]}\nautomountServiceAccountToken: false\nresources: {limits: {cpu: 1}}\nglobal: {labels: {a: b}}",
      [],
    ],
    ["nack", "0.34.0", "jetstream: {replicas: 2}", ["jetstream.replicas"]],
    [
      "nats-operator",
      "0.8.3",
      "cluster: {auth: {users: [{username: a, pasword: b}]}, tls: {enabled: true, serverSecret: a}}\ntolerations: [{a: b}]",
      ["cluster.auth.users.pasword -> cluster.auth.users.password"],
    ],
    ["nats-operator", "0.8.3", "cluster: {replicas: 3}", ["cluster.replicas"]],
    ["nats-streaming-operator", "1.0.1", "cluster: {config: {storeDir: /a}, natsSvc: nats}", ["cluster.config.storeDir"]],
  ])("%s %s: %s", (dialect, version, yaml, expected) => expect(found(yaml, dialect, version)).toEqual(expected));
});

const cases = "../shared/equivalence";
test.skipIf(!existsSync(cases)).each([
  ["nats-1.3.16-values-of-0x", "nats-1x", ["nats of nats-0x", "cluster of nats-0x", "auth of nats-0x", "natsbox of nats-0x"]],
  ["nats-0.19.17-values-of-1x", "nats-0x", ["config of nats-1x", "natsBox of nats-1x"]],
  [
    "nats-0.19.15-corpus-videocall",
    "nats-0x",
    [
      "nats.natsbox -> natsbox",
      "nats.cluster -> cluster",
      "nats.jetstream.fileStore -> nats.jetstream.fileStorage",
      "nats.jetstream.memStore -> nats.jetstream.memStorage",
      "nats.auth -> auth",
    ],
  ],
  ["nats-2.14.2-production", "nats-1x", []],
  ["nats-0.19.17-production", "nats-0x", []],
  ["stan-0.7.5-tls-misplaced", "stan", ["tls -> stan.tls"]],
] as const)("of %s, what helm renders nothing from", (name, dialect, expected) => {
  const { version } = JSON.parse(readFileSync(`${cases}/${name}/case.json`, "utf8"));
  expect(found(readFileSync(`${cases}/${name}/values.yaml`, "utf8"), dialect, version)).toEqual(expected);
});
