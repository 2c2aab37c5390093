// The webhook's configuration: flags, the same as variables, and the settings file of natslint itself.

import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { rules, validateSettings } from "../../host/assets.ts";
import { chartProblem } from "../../model/charts.ts";
import { catalogue } from "../../rule/rule.ts";
import { type Environ, listed, type Variables, variables } from "../../serving/variables.ts";
import { readSettings } from "../../settings/read-settings.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../settings/settings.ts";
import type { Cap } from "./modes.ts";

/** The flags of `natslint serve admission`, as the command line gives them. */
export interface ServeFlags {
  readonly port?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly healthPort?: string;
  readonly maxMode?: string;
  readonly clusterState?: string;
  readonly kubeconfig?: string;
  readonly config?: string;
  readonly selfManagedCertificates?: string;
}

export interface Configuration {
  readonly host: string;
  readonly port: number;
  readonly healthPort: number;
  readonly certificate: { readonly certificate: string; readonly key: string } | { readonly secret: SecretName };
  /** By which name the API server calls; null: it is not checked. */
  readonly serviceName: string | null;
  readonly cap: Cap;
  readonly settings: Settings;
  readonly clusterState: boolean;
  readonly kubeconfig: string | null;
  readonly namespaces: readonly string[];
  /** The webhook's configuration in the cluster, where self-managed authorities are kept up to date. */
  readonly webhookConfiguration: string;
  readonly labelEditors: readonly string[];
  readonly logLevel: string;
  /** Bytes of a body, characters of an object's text. */
  readonly largestBody: number;
  readonly largestObject: number;
  /** Threads for small reviews; one more is there for large ones. */
  readonly threads: number;
  /** Milliseconds. */
  readonly times: {
    readonly certificate: number;
    /** Serving on after the end was told, then waiting for quiet, at most so long. */
    readonly drain: number;
    readonly quiet: number;
    readonly drainAtMost: number;
    /** Ready without the cluster after so long. */
    readonly sync: number;
    readonly small: number;
    readonly large: number;
  };
}

export interface SecretName {
  readonly namespace: string;
  readonly name: string;
}

/** Reads it all, and says all that is wrong at once. */
export function readConfiguration(env: Environ, flags: ServeFlags): { readonly configuration: Configuration } | { readonly problems: readonly string[] } {
  const from = variables(env);
  const { get, number, oneOf } = from;
  const seconds = (name: string, usual: number, least: number, most: number): number => number(name, get(name), usual, least, most) * 1_000;
  const configuration: Configuration = {
    host: get("HOST") ?? "0.0.0.0",
    port: number("--port", flags.port ?? get("PORT"), 8443, 0, 65_535),
    healthPort: number("--health-port", flags.healthPort ?? get("NATSLINT_HEALTH_PORT"), 8080, 0, 65_535),
    certificate: certificate(from, flags),
    serviceName: get("NATSLINT_SERVICE_NAME") ?? null,
    cap: oneOf("--max-mode", flags.maxMode ?? get("NATSLINT_MAX_MODE"), ["warn", "dryrun", "deny"]),
    settings: settings(flags.config ?? get("NATSLINT_CONFIG"), from),
    clusterState: oneOf("--cluster-state", flags.clusterState ?? get("NATSLINT_CLUSTER_STATE"), ["on", "off"]) === "on",
    kubeconfig: flags.kubeconfig ?? get("NATSLINT_KUBECONFIG") ?? null,
    namespaces: listed(get("NATSLINT_NAMESPACES")),
    webhookConfiguration: get("NATSLINT_WEBHOOK_CONFIGURATION") ?? "natslint",
    labelEditors: listed(get("NATSLINT_LABEL_EDITORS") ?? "system:masters"),
    logLevel: oneOf("LOG_LEVEL", get("LOG_LEVEL"), ["info", "trace", "debug", "warn", "error", "fatal", "silent"]),
    largestBody: number("NATSLINT_LARGEST_BODY", get("NATSLINT_LARGEST_BODY"), 8, 1, 24) * 1024 * 1024,
    // A ConfigMap of 1 MiB grows when its text is indented.
    largestObject: number("NATSLINT_LARGEST_OBJECT", get("NATSLINT_LARGEST_OBJECT"), 1536, 16, 16_384) * 1024,
    threads: number("NATSLINT_THREADS", get("NATSLINT_THREADS"), Math.max(1, availableParallelism() - 1), 1, 64),
    times: {
      certificate: seconds("NATSLINT_CERTIFICATE_SECONDS", 5, 1, 3600),
      drain: seconds("NATSLINT_DRAIN_SECONDS", 10, 0, 600),
      quiet: seconds("NATSLINT_DRAIN_QUIET_SECONDS", 5, 0, 95),
      drainAtMost: seconds("NATSLINT_DRAIN_MOST_SECONDS", 95, 1, 600),
      sync: seconds("NATSLINT_SYNC_SECONDS", 30, 0, 600),
      small: number("NATSLINT_SMALL_MILLISECONDS", get("NATSLINT_SMALL_MILLISECONDS"), 1_000, 50, 10_000),
      large: number("NATSLINT_LARGE_MILLISECONDS", get("NATSLINT_LARGE_MILLISECONDS"), 2_000, 50, 20_000),
    },
  };
  return from.problems.length > 0 ? { problems: from.problems } : { configuration };
}

function certificate({ get, complain }: Variables, flags: ServeFlags): Configuration["certificate"] {
  const certificate = flags.tlsCert ?? get("NATSLINT_TLS_CERT");
  const key = flags.tlsKey ?? get("NATSLINT_TLS_KEY");
  const secret = flags.selfManagedCertificates ?? get("NATSLINT_SELF_MANAGED_CERTIFICATES");
  if (secret !== undefined) {
    const [, namespace, name] = /^([a-z0-9-]{1,63})\/([a-z0-9.-]{1,253})$/.exec(secret) ?? [];
    if (certificate !== undefined || key !== undefined)
      complain("--self-managed-certificates makes its own, so --tls-cert and --tls-key have no place beside it");
    if (get("NATSLINT_SERVICE_NAME") === undefined)
      complain("--self-managed-certificates needs NATSLINT_SERVICE_NAME, the name by which the API server calls: SERVICE.NAMESPACE.svc");
    if (namespace !== undefined && name !== undefined) return { secret: { namespace, name } };
    complain("--self-managed-certificates takes NAMESPACE/NAME of the Secret that keeps them");
  } else if (certificate === undefined || key === undefined)
    complain("--tls-cert and --tls-key are needed, the webhook's certificate and its key in PEM, or else --self-managed-certificates");
  return { certificate: certificate ?? "", key: key ?? "" };
}

function settings(file: string | undefined, { complain }: Variables): Settings {
  if (file === undefined) return DEFAULT_SETTINGS;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (thrown) {
    complain(`${file} cannot be read (${(thrown as { readonly code?: string }).code ?? "unknown error"})`);
    return DEFAULT_SETTINGS;
  }
  // Objects of a cluster have paths of their own, so patterns begin at the top.
  const read = readSettings({ path: file, text }, catalogue(rules()), validateSettings(), DEFAULT_SETTINGS.base, chartProblem);
  if ("settings" in read) return read.settings;
  for (const problem of read.problems) complain(problem);
  return DEFAULT_SETTINGS;
}
