// The stan chart, told in small values: its block in the conf, its claims, and the anti-affinity that nobody wrote.

import { describe, expect, test } from "vitest";
import { at, type MapNode, type Node } from "../../../service/document/node.ts";
import { plain, UNKNOWN } from "../../../service/document/plain.ts";
import type { Rendering } from "../../../service/model/dialects/rendering.ts";
import { render } from "./equivalence-0x.ts";
import { valuesOf } from "./plain-values.ts";

function stan(values: string, version: string | null = "0.13.0"): Rendering {
  return render({ chart: "stan", version, release: "my-stan", namespace: "messaging" }, [valuesOf(values)]);
}

function object(rendering: Rendering, kind: string): MapNode | undefined {
  return rendering.objects.find((one) => plain(at(one, "kind") as Node) === kind);
}

function conf(rendering: Rendering, ...path: (string | number)[]): Node | undefined {
  return at(object(rendering, "ConfigMap"), "data", "stan.conf", ...path);
}

function spec(rendering: Rendering, ...path: (string | number)[]): unknown {
  return value(object(rendering, "StatefulSet"), "spec", ...path);
}

function value(node: Node | undefined, ...path: (string | number)[]): unknown {
  const found = at(node, ...path);
  return found === undefined ? undefined : plain(found);
}

const pod = ["template", "spec"] as const;

describe("replicas", () => {
  test.each([
    ["0.13.0", "{}", 1],
    ["0.13.0", "{store: {cluster: {enabled: true}}, stan: {replicas: 3}}", 3],
    ["0.13.0", "{store: {cluster: {enabled: true}}, stan: {replicas: 2}}", 2],
    ["0.4.2", "{store: {cluster: {enabled: true}}, stan: {replicas: 5}}", 3],
    ["0.4.2", "stan: {replicas: 2}", 2],
    ["0.3.10", "stan: {replicas: 2}", 1],
  ])("%s makes of %s %s", (version, values, wanted) => {
    expect(spec(stan(values, version), "replicas")).toBe(wanted);
  });

  test("count for peers and routes as well", () => {
    const made = stan("{stan: {replicas: 3}, store: {cluster: {enabled: true}}}");
    expect(value(conf(made, "streaming", "cluster", "peers"))).toEqual(["my-stan-0", "my-stan-1", "my-stan-2"]);
    expect(value(conf(made, "cluster", "routes", 2))).toBe("nats://my-stan-2.my-stan.messaging.svc:6222");
  });
});

describe("the streaming block", () => {
  test("tells what stands bare: the group and all of the login", () => {
    const made = stan("{store: {ft: {group: 42}}, stan: {auth: {enabled: true, username: app, password: 12345, token: 1k}}}");
    expect(conf(made, "streaming", "ft_group_name")).toMatchObject({ spelling: { text: "42", conf: "bare" } });
    expect(conf(made, "streaming", "password")).toMatchObject({ spelling: { text: "12345", conf: "bare" } });
    expect(conf(made, "streaming", "token")).toMatchObject({ spelling: { text: "1k", conf: "bare" } });
  });

  test("leaves a SQL store alone unless the type says so", () => {
    const sql = "sql: {driver: postgres, source: 'dbname=stan'}";
    expect(value(conf(stan(`store: {${sql}}`), "streaming", "store"))).toBe("file");
    const streaming = conf(stan(`store: {type: sql, ${sql}}`), "streaming");
    expect(value(streaming, "store")).toBe("sql");
    expect(value(streaming, "sql_options")).toEqual({ driver: "postgres", source: "dbname=stan" });
  });

  test("has only those limits that are numbers, and a size in any form", () => {
    const limits = (values: string, version?: string): unknown => value(conf(stan(`store: {limits: ${values}}`, version), "streaming", "store_limits"));
    expect(limits("{max_msgs: 2000000, max_subs: '5', max_bytes: 1GB, other: 1}")).toEqual({ max_msgs: "2000000", max_bytes: "1GB" });
    expect(limits("{max_bytes: 10485760}")).toEqual({ max_bytes: "1.048576e+07" });
    expect(limits("{max_subs: '5', other: 1}", "0.6.0")).toEqual({ max_subs: "5", other: 1 });
  });

  test("turns debugging on from 0.5.6 on", () => {
    expect(value(conf(stan("stan: {logging: {debug: true}}"), "streaming", "sd"))).toBe("true");
    expect(conf(stan("stan: {logging: {debug: true}}", "0.5.4"), "streaming", "sd")).toBeUndefined();
  });
});

describe("the server inside", () => {
  test("has a port and a cluster only without a URL", () => {
    const clustered = "store: {cluster: {enabled: true}}";
    const outside = stan(`{stan: {replicas: 3, nats: {url: 'nats://nats:4222'}}, ${clustered}}`);
    expect(value(conf(outside, "streaming", "ns"))).toBe("nats://nats:4222");
    expect(conf(outside, "cluster")).toBeUndefined();
    expect(value(object(outside, "Service"), "spec", "ports")).toHaveLength(2);
    const inside = stan(`{stan: {replicas: 3}, ${clustered}}`);
    expect(conf(inside, "streaming", "ns")).toBeUndefined();
    expect(value(conf(inside, "cluster", "port"))).toBe("6222");
    expect(value(object(inside, "Service"), "spec", "ports")).toHaveLength(3);
  });

  test("reads its limits as nats 0.6.2 did, for ever", () => {
    const made = stan("nats: {writeDeadline: 10s, limits: {writeDeadline: 5s, maxConnections: 7}}");
    expect(value(conf(made, "write_deadline"))).toBe("10s");
    expect(value(conf(made, "lame_duck_duration"))).toBe("10s");
    expect(value(conf(made, "max_connections"))).toBe("7");
  });
});

describe("claims", () => {
  const shared = "store: {ft: {group: g}, volume: {persistentVolumeClaim: {claimName: stan-efs}}}";
  const claimed = (made: Rendering): unknown =>
    value(at(object(made, "StatefulSet"), "spec", ...pod, "volumes", 1) as Node | undefined, "persistentVolumeClaim", "claimName");

  test("are one for each pod by default", () => {
    expect(spec(stan("{}"), "volumeClaimTemplates", 0, "spec")).toEqual({ accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } });
    expect(spec(stan("store: {type: memory}"), "volumeClaimTemplates")).toBeUndefined();
  });

  test("are the one that is named until 0.8.0", () => {
    expect(claimed(stan(shared, "0.7.5"))).toBe("stan-efs");
    expect(object(stan(shared, "0.7.5"), "PersistentVolumeClaim")).toBeUndefined();
  });

  test("are another, for one node, from 0.8.7 on, unless the named one is said to exist", () => {
    const made = stan(shared);
    expect(claimed(made)).toBe("my-stan-pvc");
    expect(value(object(made, "PersistentVolumeClaim"), "spec", "accessModes")).toEqual(["ReadWriteOnce"]);
    const existing = stan(shared.replace("stan-efs", "stan-efs, existingClaim: true"));
    expect(claimed(existing)).toBe("stan-efs");
    expect(object(existing, "PersistentVolumeClaim")).toBeUndefined();
  });

  test.each([
    ["0.13.0", shared, "stan-efs"],
    ["0.8.7", shared, "stan-efs"],
    ["0.8.0", shared, undefined],
    ["0.13.0", shared.replace("stan-efs", "stan-efs, existingClaim: true"), undefined],
    ["0.13.0", shared.replace("claimName: stan-efs", "existingClaim: false"), undefined],
    ["0.13.0", shared.replace("store: {", "store: {type: memory, "), undefined],
    [null, shared, undefined],
  ])("in %s are told where %s names one that is not used", (version, values, name) => {
    const [unread] = stan(values, version).unread;
    expect(unread === undefined ? undefined : value(unread.node)).toBe(name);
    if (unread !== undefined) expect(unread).toMatchObject({ because: "not an existing claim", effective: "my-stan-pvc" });
  });

  test("put a list of access modes inside another", () => {
    expect(spec(stan("store: {volume: {accessModes: [ReadWriteMany]}}"), "volumeClaimTemplates", 0, "spec", "accessModes")).toEqual([["ReadWriteMany"]]);
  });
});

describe("scheduling", () => {
  const standard = {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["my-stan"] }] }, topologyKey: "kubernetes.io/hostname" },
      ],
    },
  };

  test("keeps the pods apart unless the values say anything else", () => {
    expect(spec(stan("{}"), ...pod, "affinity")).toEqual(standard);
    expect(spec(stan("affinity: {nodeAffinity: {}}"), ...pod, "affinity")).toEqual({ nodeAffinity: {} });
    expect(spec(stan("affinity: {nodeAffinity: {}}", "0.7.4"), ...pod, "affinity")).toEqual({ ...standard, nodeAffinity: {} });
  });

  test("points at the values for what only the template says", () => {
    const affinity = at(object(stan("stan: {replicas: 3}"), "StatefulSet"), "spec", ...pod, "affinity");
    expect(affinity?.origin.via).toEqual([{ kind: "template", chart: "stan 0.13.0" }]);
  });
});

test("an open version leaves what all versions do", () => {
  const made = stan("{stan: {replicas: 3}, store: {cluster: {enabled: true}}}", null);
  expect(value(conf(made, "streaming", "store"))).toBe("file");
  expect(spec(made, "replicas")).toBe(3);
  expect(value(object(made, "StatefulSet"), "spec", ...pod, "affinity")).toHaveProperty("podAntiAffinity");
  expect(spec(made, "volumeClaimTemplates")).toBe(UNKNOWN);
});
