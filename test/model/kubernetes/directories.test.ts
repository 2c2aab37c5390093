// What holds a directory: the nearest mount, the volume behind it, and silence where one of the two cannot be known.

import { describe, expect, test } from "vitest";
import { at, type MapNode, type Node } from "../../../service/document/node.ts";
import { plain, UNKNOWN } from "../../../service/document/plain.ts";
import { directories, volumeMounts } from "../../../service/model/kubernetes/directories.ts";
import { type KubernetesObject, readObjects } from "../../../service/model/kubernetes/objects.ts";
import type { PodView } from "../../../service/model/kubernetes/pod-file.ts";
import { fromYaml } from "./from-yaml.ts";

const claims = "volumeClaimTemplates: [{metadata: {name: store}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]";

/** A pod with one container; `more` are keys of the workload's spec. */
function view(container: string, volumes = "[]", more = claims, others: readonly string[] = []): PodView {
  const node = fromYaml(`{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: stan}, spec: {${more}}}`);
  const workload: KubernetesObject = { kind: "StatefulSet", name: "stan", namespace: null, node };
  const objects = [workload, ...others.flatMap((text) => readObjects(fromYaml(text)))];
  return { container: fromYaml(container), pod: fromYaml(`volumes: ${volumes}`), workload, unit: { objects, complete: false } };
}

function streaming(block: string, from: PodView, key: "streaming_dir" | "streaming_cluster_log_path" = "streaming_dir"): Node | undefined {
  return at(directories(fromYaml("{}"), fromYaml(block), from), key);
}

function value(node: Node | undefined): unknown {
  return node === undefined ? undefined : plain(node);
}

const official = "{image: nats-streaming:0.25.6, volumeMounts: [{name: store, mountPath: /data}]}";
const own = "{image: example.com/nats-streaming:0.25.6, volumeMounts: [{name: store, mountPath: /data}]}";

describe("the mount of a path", () => {
  test.each([
    ["/data", official, "/data"],
    ["/data/store", official, "/data"],
    ["/data/", official, "/data"],
    ["/data/../data/store", official, "/data"],
    ["/data/../store", official, null],
    ["/database", official, null],
    ["data/store", official, "/data"],
    ["store", official, null],
    ["store", own, UNKNOWN],
    ["/store", own, null],
    ["store", own.replace("{", "{workingDir: /data, "), "/data"],
    ["../store", own.replace("{", "{workingDir: /data, "), null],
    ["store", own.replace("{", "{workingDir: !unknown '', "), UNKNOWN],
    ["/data/store", own.replace("{", "{workingDir: !unknown '', "), "/data"],
    ["/data/store", "{volumeMounts: [{name: store, mountPath: /}, {name: store, mountPath: /data/}, {name: store, mountPath: /data/store/a}]}", "/data/"],
    ["/data/store", "{volumeMounts: [{name: store, mountPath: !unknown }]}", UNKNOWN],
    ["/data/store", "{volumeMounts: [!unknown '', {name: store, mountPath: /data}]}", UNKNOWN],
    ["/data/store", "{volumeMounts: !unknown }", UNKNOWN],
    ["/data/store", "{...: }", UNKNOWN],
    ["/data/store", "{}", null],
  ])("%s in %s is at %s", (path, container, mount) => {
    const found = at(streaming(`dir: ${path}`, view(container)), "mount");
    expect(found?.kind === "map" ? value(at(found, "mountPath")) : value(found)).toEqual(mount);
  });
});

describe("the path", () => {
  test.each([
    ["{dir: /data}", "/data"],
    ["{Datastore: /data}", "/data"],
    ["{dir: ''}", undefined],
    ["{dir: null}", undefined],
    ["{}", undefined],
    ["{dir: 12}", UNKNOWN],
    ["{dir: !unknown }", UNKNOWN],
    ["{...: }", UNKNOWN],
  ])("of %s is %s", (block, path) => {
    const found = streaming(block, view(official));
    expect(value(found?.kind === "map" ? at(found, "path") : found)).toEqual(path);
  });

  test.each([
    ["{cluster: {log_path: /log}}", "/log"],
    ["{cluster: {Log_Path: /log}}", "/log"],
    ["{cluster_id: orders, cluster: {node_id: a}}", "orders/a"],
    ["{id: orders, cluster: {}}", "orders"],
    ["{cluster: {log_path: ''}}", "test-cluster"],
    ["{cid: orders, cluster: {node_id: !unknown }}", "orders"],
    ["{cid: !unknown '', cluster: {}}", UNKNOWN],
    ["{cid: !unknown '', cluster: {log_path: /log}}", "/log"],
    ["{cluster: {log_path: !unknown }}", UNKNOWN],
    ["{cluster: {...: }}", UNKNOWN],
    ["{cluster: !unknown }", UNKNOWN],
    ["{cluster: null}", undefined],
    ["{}", undefined],
  ])("of the log of %s is %s", (block, path) => {
    const found = streaming(block, view(official), "streaming_cluster_log_path");
    expect(value(found?.kind === "map" ? at(found, "path") : found)).toEqual(path);
  });

  test("of JetStream has several names", () => {
    for (const name of ["store_dir", "store", "storedir", "Store_Dir"])
      expect(value(at(directories(fromYaml(`jetstream: {${name}: /data}`), undefined, view(official)), "jetstream_store_dir", "path"))).toBe("/data");
    expect(at(directories(fromYaml("jetstream: null"), undefined, view(official)), "jetstream_store_dir")).toBeUndefined();
  });
});

describe("the volume", () => {
  const pvc = (namespace: string, mode: string): string =>
    `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: shared${namespace === "" ? "" : `, namespace: ${namespace}`}}, spec: {accessModes: [${mode}]}}`;
  const shared = "[{name: store, persistentVolumeClaim: {claimName: shared}}]";
  const volume = (from: PodView): MapNode => at(streaming("dir: /data", from), "mount", "volume") as MapNode;

  test.each<[string, string, string, unknown]>([
    ["a claim template", "[]", claims, "volumeClaimTemplate"],
    ["a template, and a volume of the same name", "[{name: store, emptyDir: {}}]", claims, "volumeClaimTemplate"],
    ["a claim", shared, "", "persistentVolumeClaim"],
    ["an empty directory", "[{name: store, emptyDir: {}}]", "", "emptyDir"],
    ["a folder of the node", "[{name: store, hostPath: {path: /a}}]", "", "hostPath"],
    ["a network share", "[{name: store, nfs: {path: /a}}]", "", "nfs"],
    ["a volume of which not all is known", "[{name: store, ...: }]", "", UNKNOWN],
    ["a volume that may be a template", "[{name: store, emptyDir: {}}]", "volumeClaimTemplates: !unknown ", UNKNOWN],
    ["a volume that is not in sight", "[]", "", UNKNOWN],
  ])("can be %s", (_, volumes, more, source) => {
    const found = volume(view(official, volumes, more));
    expect(value(found.kind === "map" ? at(found, "source") : found)).toEqual(source);
  });

  test("has the access modes of the claim in sight", () => {
    expect(value(at(volume(view(official, shared, "", [pvc("", "ReadWriteMany")])), "accessModes"))).toEqual(["ReadWriteMany"]);
    expect(value(at(volume(view(official, shared, "", [pvc("a", "ReadWriteMany")])), "accessModes"))).toEqual(["ReadWriteMany"]);
    expect(value(at(volume(view(official, shared, "")), "accessModes"))).toBe(UNKNOWN);
  });

  test("is one of two claims of that name only where their namespaces tell which", () => {
    const both = [pvc("a", "ReadWriteMany"), pvc("b", "ReadWriteOnce")];
    expect(value(at(volume(view(official, shared, "", both)), "accessModes"))).toBe(UNKNOWN);
    const here = view(official, shared, "", both);
    const workload = { ...here.workload, namespace: "b" };
    expect(value(at(volume({ ...here, workload }), "accessModes"))).toEqual(["ReadWriteOnce"]);
  });
});

test("all mounts are listed with their volumes", () => {
  expect(value(volumeMounts(view(official)))).toMatchObject([{ mountPath: "/data", volume: { source: "volumeClaimTemplate" } }]);
  expect(value(volumeMounts(view("{}")))).toEqual([]);
  expect(value(volumeMounts(view("{volumeMounts: !unknown }")))).toBe(UNKNOWN);
  expect(value(volumeMounts(view("{...: }")))).toBe(UNKNOWN);
});
