// Can a text concern NATS at all? Asked before anything is parsed, because parsing is what costs.
// It errs towards yes: a word or a shape that only looks like NATS costs a parse, a missed one costs a finding.

/**
 * Words, ports and keys that NATS has and hardly anything else. "nats" stands in no other word worth sparing, so that
 * natsBox, NATS_URL and gnatsd all count; "stan" and "nack" do in many (instance, standard, snack), so they need
 * borders of their own, where a change of case is one. Several short expressions run faster than a long one.
 */
const SIGNS: readonly RegExp[] = [
  /[Nn][Aa][Tt][Ss]/,
  /et_?[Ss]tream|ETSTREAM/,
  /(?<![A-Za-z])(?:stan|nack)(?![a-z])/,
  /(?<![A-Z])(?:Stan|Nack)(?![a-z])|(?<![A-Za-z])(?:STAN|NACK)(?![A-Za-z])/,
  /(?:4222|6222|7422|7522|8222)(?!\d)/,
  /eaf_?[Nn]odes|o_?[Aa]dvertise/,
  /max_payload|max_control|max_pending|o_auth_user|system_account/,
  /promExporter|routeURLs|clusterAuth|bootconfig/,
  /serverNamePrefix|headlessService/,
  /tlsCA|ft_group|clusterReadiness/,
];

/** The blocks of nats.conf, which an included file may hold alone. */
const BLOCKS = /^[ \t]*["']?(?:authorization|accounts|websocket|mqtt|gateway|cluster|resolver)["']?[ \t]*[:=]?[ \t]*\{[ \t]*(?:[^}\s]|$)/m;

/** A chart's values may name NATS nowhere: `config: {cluster: {replicas: 3}}`. Both keys of a pair have to be there. */
const SHAPES: readonly (readonly [RegExp, RegExp])[] = [
  [key("config"), key("cluster|monitor|resolver|gateway|websocket|mqtt|profiling|merge|patch|podTemplate|reloader")],
  [key("container"), key("merge|patch|resources|env|image")],
  [key("podTemplate|statefulSet|service"), key("merge|patch")],
  [key("cluster"), key("replicas|replicaCount|authorization")],
  [key("auth"), key("basic|resolver|nkeys|jwtUsers")],
  [key("exporter"), key("reloader")],
  [key("store"), key("ft|partitioning|sql|volume|cluster")],
];

/**
 * False when the text cannot be about NATS or NATS Streaming: neither as a file nor, in a file of several documents, as one of them.
 * `path` counts too where it is given: `nats/values.yaml` with three lines of resources is relevant.
 */
export function looksRelevant(text: string, path = ""): boolean {
  if (namesNats(text, path) || hasShape(text)) return true;
  // A configuration or values inside of JSON, or of a quoted text: what begins a line there begins none here.
  return text.includes("\\n") && looksRelevant(text.replace(ESCAPED, unescaped));
}

/** Does it hold a word or a port of NATS, not only the shape of its values? */
export function namesNats(text: string, path = ""): boolean {
  return SIGNS.some((sign) => sign.test(text) || sign.test(path));
}

function hasShape(text: string): boolean {
  return BLOCKS.test(text) || SHAPES.some(([one, other]) => one.test(text) && other.test(text));
}

const ESCAPED = /\\(.)/gs;

function unescaped(_whole: string, letter: string): string {
  return letter === "n" ? "\n" : letter === "t" ? "\t" : letter;
}

/** One of the names as a whole key of YAML or JSON. */
function key(names: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9_-])(?:${names})(?:["'][ \\t]*:|[ \\t]*:(?!\\S))`);
}
