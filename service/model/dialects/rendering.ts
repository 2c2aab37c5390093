// What a chart makes of its values, as far as natslint follows it: Kubernetes objects whose leaves
// still know the values that caused them. Manifests that people wrote need no rendering; they are such objects.

import { at, type MapNode, type Node } from "../../document/node.ts";
import type { TextViolation } from "../../document/violation.ts";
import type { Switches } from "../kubernetes/objects.ts";
import type { Candidates } from "../chart-facts.ts";
import { configuration } from "../configuration.ts";
import { authenticationOf } from "../security/authentication.ts";
import type { Decision } from "./template.ts";

export interface Release {
  /** The release's name; null when nothing says it, then names made of it are unknown nodes with `same`. */
  readonly name: string | null;
  readonly namespace: string | null;
  /** The name under which a parent chart has the chart (its alias); the chart's own name otherwise. */
  readonly chartName: string;
}

/** A value that the chart does not read here. */
export interface Unread {
  /** Dotted values key. */
  readonly key: string;
  readonly node: Node;
  readonly because:
    | "not clustered"
    | "other generation"
    | "other dialect"
    | "not an existing claim"
    | "no such type"
    | "no exporter"
    | "no credentials"
    | "no websocket"
    | "no service"
    | "no host"
    | "no SQL store"
    | "not a number"
    | "no Secret"
    | "another key";
  readonly isDefault?: boolean;
  /** What counts instead. */
  readonly effective?: string | number | boolean;
  /** For keys of another generation: which one reads them. */
  readonly generation?: string;
}

export interface Rendering {
  /**
   * Objects in Kubernetes' own shape. In a ConfigMap or Secret the value of a `.conf` key may be a MapNode:
   * the configuration's tree with nats.conf's keys, instead of a text to parse. Its scalars have
   * `spelling.conf` "bare" where the chart prints the value without quotes (the server lexes `spelling.text`),
   * "quoted" where it prints it in quotes or as JSON, "include" where it prints a directive instead of the key and the value.
   */
  readonly objects: readonly MapNode[];
  readonly unread: readonly Unread[];
  /** The values that switch parts on and off: the place of a part that is not there. */
  readonly switches?: Switches;
  readonly violations: readonly TextViolation[];
}

/** One chart's dialect. Pure: the same values give the same objects. */
export interface Dialect {
  readonly chart: string;
  readonly repository: string;
  readonly generation: string;
  render(values: Node, chart: Candidates, release: Release): Rendering;
}

/** What switches a monitor on that the chart does not write, or that finds nothing, because there is no exporter. */
export function monitorWithoutExporter(key: string, node: Node | undefined, wanted: Decision, exported: Decision): readonly Unread[] {
  return wanted === true && exported === false && node !== undefined ? [{ key, node, because: "no exporter" }] : [];
}

/** The switch of authentication, where it is on and the configuration asks nobody who they are. */
export function emptyLogin(node: Node | undefined, on: Decision, conf: Node): readonly Unread[] {
  if (on !== true || node === undefined) return [];
  const clients = at(authenticationOf(configuration(conf)), "clients");
  return clients?.kind === "scalar" && clients.value === "none" ? [{ key: "auth.enabled", node, because: "no credentials" }] : [];
}
