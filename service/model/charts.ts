// Which published chart a name, a repository and a version mean, and which dialect reads its values.
// It knows names only: what a chart does is in `dialects/`, what its defaults are in `charts/`.

export type DialectName =
  | "nats-0x"
  | "nats-1x"
  | "stan"
  | "stable-nats"
  | "qlik"
  | "qlik-streaming"
  | "bitnami"
  | "nack"
  | "nats-operator"
  | "nats-streaming-operator";

export interface ChartIdentity {
  readonly chart: string;
  readonly repository: string;
  readonly generation: string;
  /** How a sentence names it. */
  readonly title: string;
  /** The file of `charts/` (without `.json`) that has its facts. */
  readonly facts: string;
  /** Are all keys that its templates read among the facts? */
  readonly keysKnown: boolean;
  /** The versions that the dialect covers: from this one, up to but not including `below`; numeric parts count. */
  readonly from: string;
  readonly below: string;
  /** The oldest version to reckon with where nothing names one: what is older was replaced within its first months. */
  readonly usual?: string;
}

/** Pre-releases count by their numbers: nats 1.0.0-beta.1 is of the 1.x generation. */
export const CHARTS: Readonly<Record<DialectName, ChartIdentity>> = {
  "nats-0x": {
    chart: "nats",
    repository: "nats-io",
    generation: "0x",
    title: "nats 0.x",
    facts: "nats",
    keysKnown: true,
    from: "0.1.0",
    below: "1.0.0",
    usual: "0.5.0",
  },
  "nats-1x": {
    chart: "nats",
    repository: "nats-io",
    generation: "1x",
    title: "nats 1.x and 2.x",
    facts: "nats",
    keysKnown: true,
    from: "1.0.0",
    below: "999.0.0",
  },
  stan: {
    chart: "stan",
    repository: "nats-io",
    generation: "0x",
    title: "stan",
    facts: "stan",
    keysKnown: true,
    from: "0.1.0",
    below: "999.0.0",
    usual: "0.5.0",
  },
  "stable-nats": {
    chart: "nats",
    repository: "stable",
    generation: "legacy",
    title: "stable/nats",
    facts: "stable-nats",
    keysKnown: true,
    from: "0.0.1",
    below: "7.0.0",
  },
  qlik: { chart: "nats", repository: "qlik", generation: "qlik", title: "qlik/nats", facts: "qlik-nats", keysKnown: false, from: "0.0.1", below: "999.0.0" },
  "qlik-streaming": {
    chart: "nats-streaming",
    repository: "qlik",
    generation: "qlik",
    title: "qlik/nats-streaming",
    facts: "qlik-nats-streaming",
    keysKnown: false,
    from: "0.0.1",
    below: "999.0.0",
  },
  bitnami: {
    chart: "nats",
    repository: "bitnami",
    generation: "bitnami",
    title: "bitnami/nats",
    facts: "bitnami-nats",
    keysKnown: false,
    from: "7.0.0",
    below: "999.0.0",
  },
  nack: {
    chart: "nack",
    repository: "nats-io",
    generation: "nack",
    title: "nack",
    facts: "nack",
    keysKnown: true,
    from: "0.5.6",
    below: "999.0.0",
    // Older ones have another form of the image, and all that they install has long been replaced.
    usual: "0.18.0",
  },
  "nats-operator": {
    chart: "nats-operator",
    repository: "nats-io",
    generation: "operator",
    title: "nats-operator",
    facts: "nats-operator",
    keysKnown: true,
    from: "0.7.4",
    below: "999.0.0",
  },
  "nats-streaming-operator": {
    chart: "nats-streaming-operator",
    repository: "nats-io",
    generation: "operator",
    title: "nats-streaming-operator",
    facts: "nats-streaming-operator",
    keysKnown: true,
    from: "1.0.0",
    below: "999.0.0",
  },
};

/** Dialects of charts that run no server by themselves: what they install makes one, or something else, of custom resources. */
export const CONTROLLERS: readonly DialectName[] = ["nack", "nats-operator", "nats-streaming-operator"];

/** Is it the name of a chart that natslint reads? */
export function isKnownName(chart: string): boolean {
  return Object.values(CHARTS).some((one) => one.chart === chart);
}

/** A chart as a person or a wrapper names it. */
export interface NamedChart {
  readonly chart: string;
  /** One of `nats-io`, `stable`, `qlik`, `bitnami`; null when nobody knows whose chart it is. */
  readonly repository: string | null;
  /** As written: exact, a range, or null. */
  readonly version: string | null;
  /** The dialects it can be: one when name and version decide, several when the version is missing, none for other charts. */
  readonly dialects: readonly DialectName[];
}

/** A chart as a dependency or a GitOps wrapper gives it. An OCI address may end with the chart's name. */
export function nameChart(chart: string, repository: string | null, version: string | null): NamedChart {
  const name = chart.split("/").at(-1) ?? chart;
  const owner = repository === null ? repositoryOf(chart.slice(0, -name.length)) : repositoryOf(repository);
  const wanted = version === null || version.trim() === "" ? null : version.trim();
  return { chart: name, repository: owner, version: wanted, dialects: dialectsOf(owner, name, wanted) };
}

/**
 * The value of `--chart`: `[REPOSITORY/]NAME[@VERSION]`, where the repository is a short name or an address.
 * Without one the NATS project's charts are meant. What is none of the known charts is an error, in one sentence.
 */
export function readChartOption(text: string): NamedChart | { readonly error: string } {
  const found = /^(?:(.+)\/)?([A-Za-z0-9._-]+?)(?:@([^@]*))?$/.exec(text.trim());
  const name = found?.[2];
  if (name === undefined) return { error: `"${text}" is no chart: write [REPOSITORY/]NAME[@VERSION], for example nats-io/nats@2.14.2` };
  const version = found?.[3];
  if (version === "") return { error: `"${text}" has no version after the @` };
  const named = nameChart(name, found?.[1] ?? "nats-io", version ?? null);
  if (named.dialects.length > 0) return named;
  return {
    error: `"${text}" is no chart that natslint knows; it knows nats-io/nats, nats-io/stan, nats-io/nack, nats-io/nats-operator, nats-io/nats-streaming-operator, bitnami/nats, qlik/nats, qlik/nats-streaming and stable/nats`,
  };
}

/** What is wrong with a chart as settings and flags name it, in one sentence; null when nothing is. */
export function chartProblem(chart: string): string | null {
  const read = readChartOption(chart);
  if ("error" in read) return read.error;
  return read.version === null || /\d/.test(read.version) ? null : `"${chart}": "${read.version}" is no version; write one such as 2.14.2`;
}

/** Whose repository an address or a short name is; null for an unknown one, such as a mirror or a local folder. */
export function repositoryOf(address: string): string | null {
  const text = address.trim().toLowerCase().replace(/\/+$/, "");
  const short = SHORT_NAMES[text.replace(/^@|^alias:/, "")];
  if (short !== undefined) return short;
  if (text.startsWith("file:") || text.startsWith(".") || text === "") return null;
  const [host = "", ...path] = text.replace(/^[a-z+]+:\/\//, "").split("/");
  if (host === "nats-io.github.io" || /\/k8s\/helm\/charts$/.test(text)) return "nats-io";
  if (path.includes("bitnamicharts") || path.at(-1) === "bitnami" || host === "charts.bitnami.com") return "bitnami";
  if (path.includes("bitnami") && path.includes("charts")) return "bitnami";
  if (text === "charts.helm.sh/stable" || /^(charts\.helm\.sh|kubernetes-charts\.storage\.googleapis\.com)$/.test(host)) return "stable";
  if (host.split(/[.-]/).includes("qlik") || path.some((part) => part === "qlik" || part === "qlik-oss")) return "qlik";
  return null;
}

/** The short names under which people add these repositories to Helm. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  "nats-io": "nats-io",
  nats: "nats-io",
  bitnami: "bitnami",
  stable: "stable",
  qlik: "qlik",
};

function dialectsOf(repository: string | null, chart: string, version: string | null): readonly DialectName[] {
  if (repository === "nats-io" && chart === "stan") return ["stan"];
  const controller = CONTROLLERS.find((one) => CHARTS[one].chart === chart);
  if (repository === "nats-io" && controller !== undefined) return [controller];
  if (repository === "qlik" && chart === "nats-streaming") return ["qlik-streaming"];
  if (chart !== "nats" || repository === null) return [];
  if (repository === "stable") return ["stable-nats"];
  if (repository === "qlik") return ["qlik"];
  const limit = repository === "bitnami" ? 7 : 1;
  const [older, newer]: [DialectName, DialectName] = repository === "bitnami" ? ["stable-nats", "bitnami"] : ["nats-0x", "nats-1x"];
  const below = version === null ? null : isBelow(version, limit);
  if (below === null) return [newer, older];
  return [below ? older : newer];
}

/** Is a version, or all that a range allows, of a major version below the limit? Null when a range allows both. */
function isBelow(version: string, limit: number): boolean | null {
  let least: number | null = null;
  let most: number | null = null;
  for (const [, sign = "", major = "", rest = ""] of version.matchAll(/(>=|<=|>|<|=|~|\^)?\s*v?(\d+)((?:\.[0-9xX*]+)*)\S*/g)) {
    const number = Number(major);
    if (sign === ">=" || sign === ">") least = number;
    else if (sign === "<=") most = number;
    else if (sign === "<") most = /[1-9]/.test(rest) ? number : number - 1;
    else least = most = number;
  }
  if (least !== null && least >= limit) return false;
  return most !== null && most < limit ? true : null;
}
