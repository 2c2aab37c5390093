// nats-box: a Deployment for people at a terminal, with its contexts in a Secret. Its pods carry the server's
// labels but for the component, so that careless selectors reach them.

import type { MapNode, Node } from "../../../document/node.ts";
import { plain } from "../../../document/plain.ts";
import { both, choose, type Decision, either, joined, not, type Written } from "../template.ts";
import type { Chart } from "./chart.ts";
import { caFile } from "./config.ts";
import { environment } from "./environment.ts";
import { pathIn, printedValue } from "./go-values.ts";
import { image } from "./image.ts";
import { where } from "./services.ts";
import { pullSecrets } from "./stateful-set.ts";
import { caMount, caVolume } from "./tls-secrets.ts";

const KINDS = [
  { key: "creds", dir: "nats-creds", file: "nats.creds", suffix: "creds" },
  { key: "nkey", dir: "nats-nkeys", file: "nats.nk", suffix: "nk" },
  { key: "tls", dir: "nats-certs", file: "tls.crt", suffix: "" },
] as const;

/** All objects of nats-box. */
export function natsBox(chart: Chart): readonly (MapNode | undefined)[] {
  const isOn = chart.on("natsBox", "enabled");
  if (isOn === false) return [];
  const account = ["natsBox", "serviceAccount"] as const;
  const accountObject = chart.near(...account)({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: chart.metadata(chart.named("-box", ...account), "nats-box"),
  });
  const secret = (key: "contextsSecret" | "contentsSecret", suffix: string, stringData: Written): Node =>
    chart.near(
      "natsBox",
      key,
    )({ apiVersion: "v1", kind: "Secret", metadata: chart.metadata(chart.named(suffix, "natsBox", key), "nats-box"), type: "Opaque", stringData });
  const contexts = secret("contextsSecret", "-box-contexts", contextFiles(chart));
  const contents = secret("contentsSecret", "-box-contents", contentFiles(chart));
  const deployed = deployment(chart);
  return [
    where(isOn, contexts, () => chart.object(contexts, "natsBox", "contextsSecret")),
    where(both(isOn, hasContents(chart)), contents, () => chart.object(contents, "natsBox", "contentsSecret")),
    where(both(isOn, chart.on(...account, "enabled")), accountObject, () => chart.object(accountObject, ...account)),
    where(isOn, deployed, () => chart.object(deployed, "natsBox", "deployment")),
  ];
}

function deployment(chart: Chart): Node {
  return chart.near(
    "natsBox",
    "deployment",
  )({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: chart.metadata(chart.named("-box", "natsBox", "deployment"), "nats-box"),
    spec: { selector: { matchLabels: chart.selector("nats-box") }, replicas: 1, template: podTemplate(chart) },
  });
}

function podTemplate(chart: Chart): Node {
  const write = chart.near("natsBox", "podTemplate");
  const contents = (): Node => write({ name: "contents", secret: { secretName: chart.named("-box-contents", "natsBox", "contentsSecret") } });
  const content = write({
    metadata: { labels: chart.labels("nats-box") },
    spec: {
      containers: [container(chart)],
      enableServiceLinks: false,
      imagePullSecrets: pullSecrets(chart),
      serviceAccountName: choose(chart.on("natsBox", "serviceAccount", "enabled"), () => printedValue(chart.named("-box", "natsBox", "serviceAccount"))),
      volumes: [
        { name: "contexts", secret: { secretName: chart.named("-box-contexts", "natsBox", "contextsSecret") } },
        choose(hasContents(chart), contents),
        caVolume(chart),
        ...mounted(chart, ({ name, path }) => ({ name, secret: { secretName: printedValue(chart.get(...path, "secretName")) } })),
      ],
    },
  });
  return chart.revised(content, "natsBox", "podTemplate");
}

function container(chart: Chart): Node {
  const write = chart.near("natsBox", "container");
  const isNew = chart.since("1.1.11");
  const entry = choose(
    isNew,
    () => write('exec /entrypoint.sh "$@"'),
    () => write('exec sh -ec "$0"'),
  );
  const content = write({
    name: "nats-box",
    ...image(chart, "natsBox", "container", "image"),
    env: environment(chart, undefined, "natsBox", "container", "env"),
    command: ["sh", "-ec", script(chart, entry), choose(isNew, () => write("--"))],
    args: [choose(isNew, () => write("sh")), choose(isNew, () => write("-ec")), "trap true INT TERM; sleep infinity & wait"],
    volumeMounts: [
      { name: "contexts", mountPath: "/etc/nats-contexts" },
      choose(hasContents(chart), () => write({ name: "contents", mountPath: "/etc/nats-contents" })),
      caMount(chart),
      ...mounted(chart, ({ name, dir }) => ({ name, mountPath: dir })),
    ],
    resources: choose(chart.since("1.3.15"), () => chart.get("natsBox", "container", "resources") ?? write(null)),
  });
  return chart.revised(content, "natsBox", "container");
}

function script(chart: Chart, entry: Node | undefined): Node {
  const write = chart.near("natsBox", "container");
  const context = chart.get("natsBox", "defaultContextName");
  const quoted = context?.kind === "scalar" ? JSON.stringify(String(context.value)) : context;
  const select = (): Node => joined(write, "if ! [ -f context.txt ]; then\n  echo -n ", quoted, " > context.txt\nfi\n");
  const start =
    'work_dir="$(pwd)"\nmkdir -p "$XDG_CONFIG_HOME/nats"\ncd "$XDG_CONFIG_HOME/nats"\nif ! [ -s context ]; then\n  ln -s /etc/nats-contexts context\nfi\n';
  return joined(write, start, choose(chart.on("natsBox", "defaultContextName"), select), 'cd "$work_dir"\n', entry, "\n");
}

function contextNames(chart: Chart): readonly string[] {
  const contexts = chart.get("natsBox", "contexts");
  return contexts?.kind === "map" ? [...contexts.entries.keys()].sort() : [];
}

/** Do all contexts show? An unknown map may hold more of them. */
function openContexts(chart: Chart): Decision {
  const contexts = chart.get("natsBox", "contexts");
  if (contexts?.kind === "unknown") return contexts;
  return contexts?.kind === "map" && contexts.incomplete !== undefined ? { kind: "unknown", because: contexts.incomplete, origin: contexts.origin } : false;
}

/** Is any credential given as text, so that the chart makes a Secret of it? */
function hasContents(chart: Chart): Decision {
  let answer = openContexts(chart);
  for (const name of contextNames(chart)) for (const key of ["creds", "nkey"]) answer = either(answer, chart.on("natsBox", "contexts", name, key, "contents"));
  return answer;
}

interface Mounted {
  readonly name: string;
  readonly path: readonly string[];
  readonly dir: Node;
}

/** One item for each Secret that the contexts name. */
function mounted(chart: Chart, item: (one: Mounted) => Written): readonly Written[] {
  const open = openContexts(chart);
  const items: Written[] = typeof open === "boolean" ? [] : [open];
  for (const context of contextNames(chart))
    for (const { key } of KINDS) {
      const path = ["natsBox", "contexts", context, key];
      const make = (): Node => chart.near(...path)(item({ name: `ctx-${context}-${key}`, path, dir: directory(chart, context, key) }));
      items.push(choose(chart.on(...path, "secretName"), make));
    }
  return items;
}

function directory(chart: Chart, context: string, key: (typeof KINDS)[number]["key"]): Node {
  const path = ["natsBox", "contexts", context, key];
  const otherwise = (): Node => chart.near(...path)(`/etc/${KINDS.find((one) => one.key === key)?.dir ?? ""}/${context}`);
  return choose(chart.on(...path, "dir"), () => printedValue(chart.get(...path, "dir")), otherwise) ?? otherwise();
}

function contentFiles(chart: Chart): Written {
  const files: Record<string, Written> = {};
  for (const context of contextNames(chart))
    for (const { key, suffix } of KINDS.slice(0, 2)) {
      const path = ["natsBox", "contexts", context, key, "contents"];
      files[`${context}.${suffix}`] = choose(chart.on(...path), () => printedValue(chart.get(...path)));
    }
  return complete(chart, files);
}

function contextFiles(chart: Chart): Written {
  const files: Record<string, Written> = {};
  for (const context of contextNames(chart)) {
    const made = chart.revised(contextOf(chart, context), "natsBox", "contexts", context);
    const json = (): string => JSON.stringify(plain(made), (_, value) => (typeof value === "bigint" ? Number(value) : sorted(value)), 2);
    const open: Node = { kind: "unknown", because: "parts of it are not known", origin: made.origin };
    files[`${context}.json`] = isKnown(made) ? chart.near("natsBox", "contexts", context)(`${json()}\n`) : open;
  }
  return complete(chart, files);
}

function contextOf(chart: Chart, context: string): Node {
  const path = ["natsBox", "contexts", context];
  const write = chart.near(...path);
  const host = choose(
    chart.on("service", "enabled"),
    () => chart.named("", "service"),
    () => chart.named("-headless", "headlessService"),
  );
  const credential = (key: "creds" | "nkey", suffix: string, file: string) => (): Node | undefined =>
    choose(
      chart.on(...path, key, "contents"),
      () => write(`/etc/nats-contents/${context}.${suffix}`),
      () => choose(chart.on(...path, key, "secretName"), () => pathIn(write, directory(chart, context, key), chart.get(...path, key, "key"), file)),
    );
  const inTls = (key: string, file: string): Node | undefined =>
    choose(chart.on(...path, "tls", "secretName"), () => pathIn(write, directory(chart, context, "tls"), chart.get(...path, "tls", key), file));
  const isEncrypted = either(not(chart.since("1.1.10")), chart.on("config", "nats", "tls", "enabled"));
  return write({
    url: joined(write, "nats://", host),
    creds: credential("creds", "creds", "nats.creds")(),
    nkey: credential("nkey", "nk", "nats.nk")(),
    cert: inTls("cert", "tls.crt"),
    key: inTls("key", "tls.key"),
    ca: choose(chart.isEarly ? false : isEncrypted, () => caFile(chart)),
  });
}

/** A map that says so where contexts are missing from it. */
function complete(chart: Chart, files: Record<string, Written>): Written {
  const open = openContexts(chart);
  const node = chart.near("natsBox", "contexts")(files) as MapNode;
  return typeof open === "boolean" ? (node.entries.size > 0 ? node : null) : { ...node, incomplete: open.because };
}

function isKnown(node: Node): boolean {
  if (node.kind === "map") return node.incomplete === undefined && [...node.entries.values()].every(isKnown);
  return node.kind === "list" ? node.items.every(isKnown) : node.kind === "scalar";
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
