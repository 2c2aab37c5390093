// The configuration of one server: its file where the pod has it, read with the pod's environment, and its flags on top.

import { Buffer } from "node:buffer";
import { posix } from "node:path";
import type { ConfDocument, Overridden } from "../../document/conf/conf-document.ts";
import { referred, unresolved } from "../../document/conf/outside.ts";
import { type ConfError, readConf } from "../../document/conf/read-conf.ts";
import { at, type MapNode, type Node, type Origin, type ScalarNode, text, unknown, type UnknownNode } from "../../document/node.ts";
import { holdsTemplateCode } from "../../document/template-code.ts";
import { embeddedText } from "../../document/yaml/embedded.ts";
import type { Span } from "../../source/position.ts";
import type { VariableFrom } from "../lexical.ts";
import { environment, type EnvironmentValue } from "./environment.ts";
import { find, ofKind } from "./objects.ts";
import { isMounted, podFile, type PodView } from "./pod-file.ts";
import type { ImageFile } from "./server-image.ts";

export interface ServerConf {
  /** nats.conf's tree, flags included. Unknown when the file is not in sight. */
  readonly tree: Node;
  readonly errors: readonly { readonly error: ConfError; readonly origin: Origin }[];
  /** The entries that a variable refers to, and keys that stand twice. */
  readonly referenced: ReadonlySet<Node>;
  readonly overridden: readonly Overridden[];
  /** Where the pod has a variable from; null for what stands for a file that the pod brings, and is no variable. */
  readonly from: (variable: string) => VariableFrom | null;
  /** Where the value of a variable of the pod is written; undefined where nothing in sight says it. */
  readonly placeOf: (variable: string) => Origin | undefined;
  /** Does a chart's rendering write it, so that the values decide its spelling? */
  readonly rendered: boolean;
  /** Where the conf's first character stands, for findings about the file as a whole. */
  readonly origin: Origin;
}

/** A map that is being read: what it has so far. */
interface Opened {
  readonly entries: ReadonlyMap<string, Node>;
  readonly incomplete: string | undefined;
  /** Is a file included that is not known? */
  readonly hides: boolean;
}

/** The text of a source, by its path. */
export type SourceText = (path: string) => string | undefined;

function pathsOf(file: ScalarNode | UnknownNode | ImageFile, container: MapNode): string[] {
  const written = "paths" in file ? file.paths : [text(file) ?? ""];
  return written.map((one) => posix.resolve("/", text(at(container, "workingDir")) ?? "/", one));
}

/** Is it the file that the image has, with nothing mounted over it? */
export function isOfImage(file: ImageFile | undefined, view: PodView): boolean {
  return file !== undefined && !pathsOf(file, view.container).some((one) => isMounted(one, view));
}

/** The conf at a path of the container. `version` chooses the dialect. */
export function readServerConf(
  file: ScalarNode | UnknownNode | ImageFile | undefined,
  view: PodView,
  sourceText: SourceText,
  version: readonly number[] | undefined,
): ServerConf | null {
  if (file === undefined) return null;
  const { container } = view;
  const errors: { error: ConfError; origin: Origin }[] = [];
  const referenced = new Set<Node>();
  const overridden: Overridden[] = [];
  // How many printed values broke what is around them.
  let holes = 0;
  const values = environment(container, (kind, name) => find(view.unit, view.workload, kind, { kind: "scalar", value: name, origin: container.origin })?.node);
  const from = (variable: string): VariableFrom | null => (variable === BOOT_VARIABLE ? null : values(variable).from);
  const placeOf = (variable: string): Origin | undefined => values(variable).origin;
  const made = (tree: Node, { origin }: Node, rendered = false): ServerConf => ({ tree, errors, referenced, overridden, from, placeOf, rendered, origin });
  if ("kind" in file && file.kind === "unknown") return made(unknown("the path of the configuration file is not known", container.origin), container);
  const paths = pathsOf(file, container);
  const mounted = paths.find((one) => isMounted(one, view));
  const path = mounted ?? paths[0] ?? "/";
  // What nothing is mounted over is as the image has it.
  const content = mounted === undefined && "conf" in file ? file.conf : podFile(path, view);
  if (content === undefined) return made(unknown("the object has no such key", container.origin), container);
  if (content.kind === "map") return made(interpretedMap(content, []), content, true);
  const conf = decoded(content, view, sourceText);
  if (conf === null) return made(content.kind === "unknown" ? content : unknown("it cannot be decoded", content.origin), content);
  if (holdsTemplateCode(conf.text)) return made(unknown("it is a template", content.origin), content);
  return made(read(conf.text, path, conf.origin), content);

  function read(confText: string, name: string, origin: (span: Span, key?: Span) => Origin): MapNode {
    const origins = new Map<string, (span: Span, key?: Span) => Origin>([[name, origin]]);
    const document = readConf(confText, {
      ...(version === undefined ? {} : { version }),
      path: name,
      origin,
      environment: lookUp,
      include: (written, from) => {
        const target = posix.join(posix.dirname(from), written);
        const node = podFile(target, view);
        if (node === undefined) return undefined;
        const booted = BOOT_FILES.get(posix.basename(target));
        if (node.kind === "unknown" && booted !== undefined) return { path: target, text: `${booted}: $${BOOT_VARIABLE}` };
        const inner = node.kind === "scalar" ? decoded(node, view, sourceText) : null;
        if (inner === null || holdsTemplateCode(inner.text)) return null;
        origins.set(target, inner.origin);
        return { path: target, text: inner.text, origin: inner.origin };
      },
    });
    for (const error of document.errors) errors.push({ error, origin: error.origin });
    for (const node of document.referenced) referenced.add(node);
    for (const one of document.overridden) overridden.push(one);
    return document.root;
  }

  function lookUp(name: string): string | null | undefined {
    if (name === BOOT_VARIABLE) return null;
    const answer: EnvironmentValue = values(name);
    return answer.from === "undefined" ? undefined : answer.value;
  }

  /** A chart's tree: what its template prints bare is read as conf, with the keys before it in the maps around and the environment. */
  function interpreted(node: Node, around: readonly Opened[]): Node {
    if (node.kind === "map") return interpretedMap(node, around);
    if (node.kind === "list") return { ...node, items: node.items.map((item) => interpreted(item, around)) };
    if (node.kind !== "scalar" || node.spelling?.conf !== "bare" || typeof node.value !== "string") return node;
    const { origin, spelling } = node;
    const name = /^\$(?!2a\$)([^\s,;\]}]+)$/.exec(spelling.text)?.[1];
    const defined = name === undefined ? undefined : around.findLast(({ entries }) => entries.has(name))?.entries.get(name);
    if (defined !== undefined) {
      referenced.add(defined);
      return referred(defined, origin);
    }
    if (name !== undefined && around.some(({ hides }) => hides)) return unresolved("an included file may define the variable", name, origin);
    // What else is not known of the maps may define what the environment does not.
    const isOpen = around.some(({ incomplete }) => incomplete !== undefined);
    const asRead = (place: (span: Span) => Origin): ConfDocument =>
      readConf(`pk: ${spelling.text}\n`, {
        ...(version === undefined ? {} : { version }),
        path,
        origin: place,
        environment: (variable) => {
          const found = lookUp(variable);
          return found === undefined && isOpen ? null : found;
        },
      });
    const document = asRead(() => origin);
    const value = document.root.entries.get("pk");
    for (const error of document.errors)
      errors.push({ error: error.kind === "syntax" && RAW_TWICE.test(spelling.text) ? { ...error, ...TWICE } : error, origin });
    if (value?.kind === "unknown" && value.same !== undefined) return { ...value, origin };
    if (document.errors.some((error) => error.refused) || value === undefined || document.root.entries.size !== 1) {
      // By its own places it tells whether it breaks off behind the value, too.
      if (asRead((span) => ({ path, span })).root.incomplete !== undefined) holes++;
      return { kind: "unknown", because: "the server cannot read it", spelling, origin };
    }
    return value.kind === "scalar" ? { ...value, origin, spelling } : value;
  }

  /** Of two equal keys the later counts, whether it stands here or in an included file. */
  function interpretedMap(node: MapNode, around: readonly Opened[]): MapNode {
    const before = holes;
    const here = { entries: new Map<string, Node>(), incomplete: node.incomplete, hides: false };
    for (const [key, value] of node.entries) {
      const isInclude = value.kind === "scalar" && value.spelling?.conf === "include";
      const included = isInclude ? read(`include ${value.spelling.text};`, path, () => value.origin) : undefined;
      here.hides ||= included?.incomplete !== undefined;
      here.incomplete ??= included?.incomplete;
      for (const [name, one] of included?.entries ?? [[key, interpreted(value, [...around, here])] as const]) {
        here.entries.delete(name);
        here.entries.set(name, one);
      }
    }
    if (holes > before) here.incomplete ??= "the server cannot read the configuration";
    return { ...node, entries: here.entries, ...(here.incomplete !== undefined && { incomplete: here.incomplete }) };
  }
}

/** What values write as `<< X >>` where the chart puts the marks around it by itself. */
const RAW_TWICE = /^<<\s.*\s>>$/;
const TWICE = { message: "The chart writes this between << and >> by itself, so the second pair comes into the configuration" } as const;

/** What nats-boot-config writes before the server starts: one key each, with an address that only the node knows. */
const BOOT_FILES: ReadonlyMap<string, string> = new Map([
  ["client_advertise.conf", "client_advertise"],
  ["gateway_advertise.conf", "advertise"],
]);

const BOOT_VARIABLE = "EXTERNAL_ADDRESS_OF_THE_NODE";

/** The text of a data key and the way back to the source. Base64 of a Secret has no way back but the whole value. */
function decoded(node: Node, view: PodView, sourceText: SourceText): { text: string; origin: (span: Span, key?: Span) => Origin } | null {
  if (node.kind !== "scalar" || typeof node.value !== "string") return null;
  const secret = ofKind(view.unit, "Secret").find((one) => holds(at(one.node, "data"), node));
  if (secret !== undefined) return { text: Buffer.from(node.value, "base64").toString("utf8"), origin: () => node.origin };
  const source = sourceText(node.origin.path);
  return source === undefined ? null : embeddedText(node, source);
}

function holds(data: Node | undefined, node: Node): boolean {
  return data?.kind === "map" && [...data.entries.values()].includes(node);
}
