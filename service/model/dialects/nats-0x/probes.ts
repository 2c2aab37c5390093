// The probes of the server, which the 0.x nats chart changed more often than anything else.

import { at, map, type Node, unknown } from "../../../document/node.ts";
import { readVersion, compareParts } from "../../versions.ts";
import { both, choose, type Decision, either, not, truth, type Written } from "../template.ts";
import { serverTag } from "./images.ts";
import { goText, plain } from "./printed.ts";
import { beside, get, is, pick, pickDecision, type Scope, union, when } from "./scope.ts";

export interface Probes {
  readonly livenessProbe: Node | undefined;
  readonly readinessProbe: Node | undefined;
  readonly startupProbe: Node | undefined;
}

/** Before 0.11.3 they were fixed, and there was none for the start. */
export function probes(scope: Scope): Probes {
  const fixed = (): Written => ({ httpGet: { path: "/", port: 8222 }, initialDelaySeconds: 10, timeoutSeconds: 5 });
  const own = (name: "liveness" | "readiness" | "startup", otherwise: () => Written): Node | undefined =>
    pick(scope, "0.11.3", () => probe(scope, name), otherwise);
  return {
    livenessProbe: own("liveness", fixed),
    readinessProbe: own("readiness", fixed),
    startupProbe: own("startup", () => undefined),
  };
}

function probe(scope: Scope, name: "liveness" | "readiness" | "startup"): Node | undefined {
  const node = get(scope, "nats", "healthcheck", name);
  const path = name === "startup" ? startupPath(scope) : pathOf(scope, name);
  const write = beside(scope, node);
  const target = write({ httpGet: { path, port: 8222 } });
  return when(scope, truth(at(node, "enabled")), () =>
    pick(
      scope,
      "0.18.2",
      () => merged(target, node as Node),
      () => chosen(scope, name, target, node as Node),
    ),
  );
}

/** From 0.18.2 on a probe takes whatever the values say, and lacks only what they leave out. */
function merged(target: Node, node: Node): Node {
  if (node.kind !== "map" || target.kind !== "map") return node;
  const entries = new Map(node.entries);
  entries.delete("enabled");
  const httpGet = entries.get("httpGet");
  const standard = target.entries.get("httpGet") as Node;
  if (httpGet === undefined) entries.set("httpGet", standard);
  else if (httpGet.kind === "map" && standard.kind === "map")
    entries.set("httpGet", { ...httpGet, entries: new Map([...standard.entries, ...httpGet.entries]) });
  return { ...node, entries };
}

function chosen(scope: Scope, name: string, target: Node, node: Node): Node {
  const value = (key: string): readonly [string, Node] => [key, plain(scope.title, at(node, key), scope.write)];
  const numbers = map(["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"].map(value), node.origin);
  const grace = at(node, "terminationGracePeriodSeconds");
  const extra = name === "liveness" ? when(scope, truth(grace), () => ({ terminationGracePeriodSeconds: grace })) : undefined;
  return union(beside(scope, node), target, numbers, extra);
}

/** Liveness and readiness ask for more than an answer only where that is wished and the server can give it. */
function pathOf(scope: Scope, name: "liveness" | "readiness"): Node {
  const healthcheck = get(scope, "nats", "healthcheck");
  const wanted = both(scope.since("0.18.1"), truth(at(healthcheck, "enableHealthzLivenessReadiness")));
  const healthz = both(wanted, either(not(truth(at(healthcheck, "detectHealthz"))), serverSince(scope, [2, 9, 0])));
  const { write } = scope;
  const early = (): Written => (name === "liveness" ? "/healthz?js-enabled=true" : "/healthz?js-server-only=true");
  const late = (): Node | undefined =>
    choose(
      serverSince(scope, [2, 9, 10]),
      () => write(name === "liveness" ? "/healthz?js-enabled-only=true" : "/healthz?js-server-only=true"),
      () =>
        choose(
          is(scope, "nats", "jetstream", "enabled"),
          () => write("/healthz?js-server-only=true&js-enabled=true"),
          () => write("/healthz?js-server-only=true"),
        ),
    );
  return choose(
    healthz,
    () => pick(scope, "0.19.3", late, early),
    () => write("/"),
  ) as Node;
}

function startupPath(scope: Scope): Node {
  const healthcheck = get(scope, "nats", "healthcheck");
  const { write } = scope;
  const enabled = truth(at(healthcheck, "enableHealthz"));
  const detected = (): Decision => both(enabled, either(not(truth(at(healthcheck, "detectHealthz"))), serverSince(scope, [2, 7, 1])));
  // Until 0.13.1 only an upgrade asked for it, or somebody who said that this is one.
  const upgrade = (): Decision => both(scope.since("0.12.1"), both(is(scope, "upgrade"), both(enabled, either(false, serverWithin27(scope)))));
  return choose(
    pickDecision(scope, "0.13.2", detected, upgrade),
    () => write("/healthz"),
    () => write("/"),
  ) as Node;
}

/** Is the server's tag at least that version? A tag without a number counts as new. */
function serverSince(scope: Scope, wanted: readonly number[]): Decision {
  const parts = tagParts(scope);
  return Array.isArray(parts) ? compareParts(parts, wanted) >= 0 : (parts as Exclude<Decision, boolean>);
}

function serverWithin27(scope: Scope): Decision {
  const parts = tagParts(scope);
  if (!Array.isArray(parts)) return parts as Exclude<Decision, boolean>;
  return compareParts(parts, [2, 7, 1]) >= 0 && compareParts(parts, [2, 8, 0]) < 0;
}

function tagParts(scope: Scope): readonly number[] | Node {
  const tag = serverTag(scope);
  if (tag?.kind === "unknown") return tag;
  const text = goText(tag);
  if (typeof text !== "string") return text;
  const found = /\d+(?:\.\d+){0,2}/.exec(text)?.[0];
  if (found === undefined) return [2, 9, 0];
  const parts = readVersion(found.includes(".") ? found : `${found}.0`)?.parts;
  return parts ?? unknown("the tag is no version", tag?.origin ?? scope.values.origin);
}
