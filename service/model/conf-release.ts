// A configuration by itself, as a file or as a key of a ConfigMap: a server of which nothing else is known.

import { posix } from "node:path";
import { includesOf } from "../document/conf/includes-of.ts";
import { type ConfContext, type ConfDocument, readConf } from "../document/conf/read-conf.ts";
import { map, type MapNode, type Origin, scalar, unknown } from "../document/node.ts";
import type { TextViolation } from "../document/violation.ts";
import type { Settings } from "../settings/settings.ts";
import type { Span } from "../source/position.ts";
import type { Source } from "../source/source.ts";
import { confKeys } from "./conf-schema/conf-keys.ts";
import { isServerKey, isStreamingKey } from "./conf-schema/judge.ts";
import { configuration, streaming } from "./configuration.ts";
import type { Knowledge } from "./knowledge.ts";
import { lexicalOf } from "./lexical.ts";
import { authenticationOf } from "./security/authentication.ts";
import { credentialsOf } from "./security/credentials.ts";
import { later, type Part, serverOf } from "./parts.ts";
import { advisoriesOf } from "./server-releases/known-releases.ts";
import { startupFacts } from "./startup/startup-facts.ts";
import type { Found } from "./releases.ts";
import { versionNode } from "./versions.ts";

/** A text that a server reads, and the way back from it to its file. */
export interface ConfText {
  /** The file that it stands in. */
  readonly path: string;
  /** What an include beside it is relative to: the file's own path, or the key of a ConfigMap. */
  readonly name: string;
  readonly text: string;
  readonly origin: (span: Span, key?: Span) => Origin;
  readonly namespace: string | null;
  /** Is it encoded in the data of a Secret? */
  readonly isPayload?: boolean;
}

export interface ConfSurroundings {
  /** Of nats-server, where the user names it. */
  readonly version: readonly number[] | undefined;
  /** What lies beside it, by name; undefined where nothing does. */
  readonly beside: (name: string) => ConfText | undefined;
  /** Another configuration includes it: its keys, and which of them are missing, are judged there, where they belong. */
  readonly isPart: boolean;
}

export function confOfFile({ path, text }: Source, namespace: string | null): ConfText {
  return { path, name: path, text, origin: (span, key) => (key === undefined ? { path, span } : { path, span, key }), namespace };
}

export function confRelease(given: ConfText, settings: Settings, engine: Pick<Knowledge, "schema">, { version, beside, isPart }: ConfSurroundings): Found {
  const { alone } = settings;
  const document = readConf(given.text, {
    path: given.name,
    origin: given.origin,
    ...(version === undefined ? {} : { version }),
    include: (written, from) => {
      const target = posix.join(posix.dirname(from), written);
      const found = beside(target);
      // What is not in sight may be there all the same, unless this is all there is.
      if (found === undefined) return alone === undefined ? null : undefined;
      return { path: target, text: found.text, origin: found.origin };
    },
    ...(alone !== undefined && ({ environment: (name) => alone.environment.get(name), literal: true } satisfies Partial<ConfContext>)),
  });
  const { root } = document;
  const onlyStreaming = alone === undefined && streaming(root) === undefined && isOnlyStreaming(root);
  const server = alone?.server ?? (streaming(root) === undefined && !onlyStreaming ? "nats" : "stan");
  const stan = server === "stan" ? (streaming(root) ?? streaming(map([["streaming", root]], root.origin))) : undefined;
  const own = configuration(root);
  // Which of its keys are missing can be told of the configuration that includes it alone.
  const config = isPart && own.kind === "map" ? { ...own, incomplete: "another file includes it" } : own;
  const nowhere = unknown("a configuration file does not say where it runs", root.origin);
  const mayBePart = isPart || (alone === undefined && isOneBlock(given.name, root));
  const read = later(() => lexicalOf(root, engine.schema, version, "conf", () => "undefined"));
  const parts: readonly Part[] = [
    ["kind", () => scalar(server, root.origin)],
    [
      "version",
      () =>
        version === undefined
          ? unknown("a configuration file does not say which server reads it", root.origin)
          : versionNode({ text: version.join("."), parts: version }, root.origin),
    ],
    ["config", () => config],
    ["streaming", () => stan],
    ["lexical", () => read().lexical],
    ["variables", () => read().variables],
    ...startupFacts(config, stan, engine.schema, version),
    ["authentication", () => authenticationOf(mayBePart && config.kind === "map" ? { ...config, incomplete: "another file may include it" } : config)],
    ["credentials", () => credentialsOf(config, stan, { variable: () => undefined, isPayload: () => given.isPayload === true })],
    ["imageConf", () => scalar(false, root.origin)],
    ["advisories", () => (server === "nats" ? advisoriesOf(version ?? null, root.origin) : undefined)],
    ...NOWHERE.map((key): Part => [key, () => nowhere]),
  ];
  const tree = serverOf(parts, engine.schema, root.origin);
  const conf = {
    tree: root,
    referenced: document.referenced,
    overridden: document.overridden,
    errors: document.errors.map((error) => ({ error, origin: error.origin })),
  };
  const judged = !isPart && (alone !== undefined || server === "stan" || isWhole(root));
  const by = { server, version: server === "stan" ? STAN_SERVER : version } as const;
  return {
    path: given.path,
    release: null,
    namespace: given.namespace,
    complete: false,
    chart: scalar(null, root.origin),
    unread: [],
    server: {
      tree,
      confErrors: conf.errors,
      confSaid: () => [...(judged ? confKeys(conf, by) : []), ...(alone === undefined ? includesSaid(document.includes, given.name, beside) : [])],
    },
    environment: undefined,
  };
}

/** What a configuration by itself cannot say. */
const NOWHERE = ["workload", "container", "directories", "services", "disruptionBudgets", "reload", "shell", "line"];

/** Directives that lead elsewhere than people think, or out of what can be looked at. */
function includesSaid(includes: ConfDocument["includes"], name: string, beside: ConfSurroundings["beside"]): TextViolation[] {
  return includes.flatMap(({ path, origin }): TextViolation[] => {
    const said = { rule: "conf-include-misuse", origin, facts: { file: path } };
    const target = posix.join(posix.dirname(name), path);
    if (beside(target) !== undefined) return [];
    if (posix.isAbsolute(path)) return [said];
    return target.startsWith("../") ? [{ ...said, case: "outside" }] : [];
  });
}

/** The nats-server inside the last nats-streaming-server. */
const STAN_SERVER: readonly number[] = [2, 9, 24];

/** The names that configurations among these include. */
export function included(confs: readonly Pick<ConfText, "name" | "text">[]): ReadonlySet<string> {
  return new Set(confs.flatMap(({ name, text }) => includesOf(text).map((written) => posix.join(posix.dirname(name), written))));
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

/** One listener or store by itself, under another name than a server's own file has: most are included by a file that is elsewhere. */
function isOneBlock(name: string, root: MapNode): boolean {
  const [only, ...more] = root.entries.keys();
  if (only === undefined || more.length > 0 || OWN_FILE.test(posix.basename(name))) return false;
  return BLOCKS.has(only.toLowerCase()) && root.entries.get(only)?.kind === "map";
}

const OWN_FILE = /^(nats|nats-server|gnatsd|server)\.(conf|config|cfg)$/i;

const BLOCKS: ReadonlySet<string> = new Set(["jetstream", "leafnodes", "leaf", "websocket", "ws", "mqtt", "cluster", "gateway", "tls"]);
