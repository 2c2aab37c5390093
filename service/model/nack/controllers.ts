// NACK's controller: the workload that makes streams and the like of NACK's resources, where it connects, and what it can read.

import { at, map, type MapNode, type Node, scalar } from "../../document/node.ts";
import { volumeMounts } from "../kubernetes/directories.ts";
import type { KubernetesObject, Switches, Unit } from "../kubernetes/objects.ts";
import { podTemplate } from "../kubernetes/pod-template.ts";
import { imageName, versionOfTag } from "../kubernetes/server-image.ts";
import { type Scope, scopeNode } from "../scope.ts";
import { nackFlags } from "./flags.ts";

/** Does the workload run NACK's controller? */
export function isNackController(object: KubernetesObject): boolean {
  return containerOf(object) !== undefined;
}

function containerOf(object: KubernetesObject): MapNode | undefined {
  const containers = at(podTemplate(object)?.spec, "containers");
  return (containers?.kind === "list" ? containers.items : []).find(
    (one): one is MapNode => one.kind === "map" && imageName(at(one, "image"))?.base === "jetstream-controller",
  );
}

/** A member of the model's `nackControllers`; null for any other object. */
export function nackController(workload: KubernetesObject, scope: Scope, switches: Switches | undefined): MapNode | null {
  const container = containerOf(workload);
  const image = at(container, "image");
  const name = imageName(image);
  const pod = podTemplate(workload)?.spec;
  if (container === undefined || image === undefined || name === null || pod === undefined) return null;
  const flag = nackFlags(container);
  const say = (value: string | null): Node => scalar(value, image.origin);
  const unit: Unit = { objects: [workload], complete: false };
  const metadata = at(workload.node, "metadata");
  const tls: [string, Node][] = [
    ["cert", flag("tlscert")],
    ["key", flag("tlskey")],
    ["ca", flag("tlsca")],
    ["first", flag("tlsfirst")],
  ];
  return map(
    [
      ["name", at(metadata, "name") ?? scalar(null, workload.node.origin)],
      ["namespace", at(metadata, "namespace") ?? scalar(scope.namespace, workload.node.origin)],
      ["scope", scopeNode(scope, workload.node.origin)],
      ["image", image],
      ["tag", say(name.tag)],
      ["digest", say(name.digest)],
      ["version", versionOfTag(name.tag, image)],
      ["server", flag("s")],
      ["crdConnect", flag("crd-connect")],
      ["controlLoop", flag("control-loop", switches?.controlLoop?.origin)],
      ["readOnly", flag("read-only")],
      ["watches", flag("namespace")],
      ["creds", flag("creds")],
      ["nkey", flag("nkey")],
      ["tls", map(tls, container.origin)],
      ["mounts", volumeMounts({ container, pod, workload, unit })],
    ],
    workload.node.origin,
  );
}
