// A configuration file by itself: a server of which nothing else is known.

import { posix } from "node:path";
import { includesOf } from "../document/conf/includes-of.ts";
import { type ConfContext, readConf } from "../document/conf/read-conf.ts";
import { list, map, type MapNode, type Node, scalar, unknown } from "../document/node.ts";
import type { Settings } from "../settings/settings.ts";
import type { Source } from "../source/source.ts";
import { confKeys } from "./conf-schema/conf-keys.ts";
import { isServerKey, isStreamingKey } from "./conf-schema/judge.ts";
import { configuration, streaming } from "./configuration.ts";
import type { Knowledge } from "./knowledge.ts";
import { lexicalOf } from "./lexical.ts";
import { startupFacts } from "./startup/startup-facts.ts";
import type { Found } from "./releases.ts";

export interface ConfFile {
  /** Of nats-server, where the user names it. */
  readonly version: readonly number[] | undefined;
  /** All sources, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Another configuration includes it: its keys are judged there, where they belong. */
  readonly isPart: boolean;
}

export function confRelease(source: Source, settings: Settings, engine: Pick<Knowledge, "schema">, { version, texts, isPart }: ConfFile): Found {
  const { path } = source;
  const { alone } = settings;
  const document = readConf(source.text, {
    path,
    origin: (span, key) => (key === undefined ? { path, span } : { path, span, key }),
    ...(version === undefined ? {} : { version }),
    include: (written, from) => {
      const target = posix.join(posix.dirname(from), written);
      const text = texts.get(target);
      // What is not in sight may be there all the same, unless this is all there is.
      if (text === undefined) return alone === undefined ? null : undefined;
      return { path: target, text, origin: (span, key) => (key === undefined ? { path: target, span } : { path: target, span, key }) };
    },
    ...(alone !== undefined && ({ environment: (name) => alone.environment.get(name), literal: true } satisfies Partial<ConfContext>)),
  });
  const { root } = document;
  const onlyStreaming = alone === undefined && streaming(root) === undefined && isOnlyStreaming(root);
  const server = alone?.server ?? (streaming(root) === undefined && !onlyStreaming ? "nats" : "stan");
  const stan = server === "stan" ? (streaming(root) ?? streaming(map([["streaming", root]], root.origin))) : undefined;
  const config = configuration(root);
  const beside = unknown("a configuration file does not say where it runs", root.origin);
  const { lexical, variables } = lexicalOf(root, engine.schema, version, "conf", () => "undefined");
  const tree = map(
    [
      ["kind", scalar(server, root.origin)],
      ["version", versionTree(version, root)],
      ["config", config],
      ...(stan === undefined ? [] : [["streaming", stan] as const]),
      ["lexical", lexical],
      ["variables", variables],
      ...startupFacts(config, stan, engine.schema),
      ...["workload", "container", "directories", "services", "disruptionBudgets"].map((key) => [key, beside] as const),
    ],
    root.origin,
  );
  const conf = {
    tree: root,
    referenced: document.referenced,
    overridden: document.overridden,
    errors: document.errors.map((error) => ({ error, origin: error.origin })),
  };
  const judged = !isPart && (alone !== undefined || server === "stan" || isWhole(root));
  const by = { server, version: server === "stan" ? STAN_SERVER : version } as const;
  return {
    path,
    release: null,
    namespace: settings.assume.namespace ?? null,
    complete: false,
    chart: scalar(null, root.origin),
    unread: [],
    server: {
      tree,
      confErrors: conf.errors,
      confSaid: judged ? confKeys(conf, by) : [],
    },
    environment: undefined,
  };
}

/** The nats-server inside the last nats-streaming-server. */
const STAN_SERVER: readonly number[] = [2, 9, 24];

/** The files that configurations among these include. */
export function included(confs: readonly Source[]): ReadonlySet<string> {
  return new Set(confs.flatMap(({ path, text }) => includesOf(text).map((written) => posix.join(posix.dirname(path), written))));
}

/** A file of nats-streaming-server without a block of its own for it: it has keys of nats-streaming-server's, and more of them than of the other's. */
function isOnlyStreaming(root: MapNode): boolean {
  const names = [...root.entries.keys()];
  const own = names.filter((name) => isStreamingKey(name) && !isServerKey(name));
  return own.length > 0 && own.length >= names.filter((name) => isServerKey(name) && !isStreamingKey(name)).length;
}

/** A file without any key of the top level is a part that something out of sight includes. */
function isWhole(root: MapNode): boolean {
  return [...root.entries.keys()].some(isServerKey);
}

function versionTree(parts: readonly number[] | undefined, beside: Node): Node {
  if (parts === undefined) return unknown("a configuration file does not say which server reads it", beside.origin);
  return map(
    [
      ["text", scalar(parts.join("."), beside.origin)],
      [
        "parts",
        list(
          parts.map((part) => scalar(part, beside.origin)),
          beside.origin,
        ),
      ],
    ],
    beside.origin,
  );
}
