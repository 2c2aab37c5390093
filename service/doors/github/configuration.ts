// The service's configuration: variables as Probot, Actions and the `nats` command know them, and flags over them.
// No value of a secret is ever part of a sentence.

import { readFileSync } from "node:fs";
import type { OnError } from "../../report/pull-request/check-run.ts";
import type { QueueAddress } from "../../host/queue/connection.ts";
import { addressProblem } from "../../host/queue/connection.ts";
import { type Environ, listed, type Variables, variables } from "../../serving/variables.ts";

/** The flags of `natslint serve github`, as the command line gives them. */
export interface ServeFlags {
  readonly port?: string;
  readonly queue?: string;
  readonly workers?: string;
  readonly onError?: string;
}

export interface Configuration {
  readonly port: number;
  readonly host: string;
  readonly appId: number;
  readonly privateKey: string;
  readonly secrets: readonly string[];
  readonly apiUrl: string;
  /** Null: the queue is in memory. */
  readonly queue: QueueSettings | null;
  /** Jobs at a time; 0: this process only receives. */
  readonly workers: number;
  readonly onError: OnError;
  /** Owners, or owner/name; empty: all that the App is installed on. */
  readonly repositories: readonly string[];
  /** Minutes between two looks at all open pull requests; 0: none. */
  readonly sweepMinutes: number;
  /** Tells two natslint Apps on one pull request apart. */
  readonly instance: string;
  /** Name of the check. */
  readonly checkName: string;
  readonly logLevel: string;
  /** May fixes be committed, threads be resolved? Both need `contents: write`. */
  readonly canWriteContents: boolean;
  /** Seconds and MiB that linting one pull request may take. */
  readonly lintSeconds: number;
  readonly lintMemory: number;
  /** 1000 milliseconds between writes, as GitHub asks for; tests have no time for it. */
  readonly pace: number;
}

export interface QueueSettings {
  readonly address: QueueAddress;
  readonly name: string;
  readonly replicas: number;
  readonly times: { readonly ackWait: number; readonly leaseTime: number };
}

/** Reads it all, and says all that is wrong at once. */
export function readConfiguration(env: Environ, flags: ServeFlags): { readonly configuration: Configuration } | { readonly problems: readonly string[] } {
  const from = variables(env);
  const { get, number, oneOf, name, complain } = from;
  const appId = number("APP_ID", get("APP_ID"), 0, 1, 999_999_999);
  if (get("APP_ID") === undefined) complain("APP_ID is not set: the number in the App's settings");
  const secrets = listed(get("WEBHOOK_SECRET"));
  if (secrets.length === 0) complain("WEBHOOK_SECRET is not set: the secret in the App's settings, several with commas between them while it is rotated");
  const configuration: Configuration = {
    port: number("PORT", flags.port ?? get("PORT"), 3000, 0, 65_535),
    host: get("HOST") ?? "0.0.0.0",
    appId,
    privateKey: privateKey(from),
    secrets,
    apiUrl: apiUrl(from),
    queue: queue(from, flags),
    workers: number("--workers", flags.workers ?? get("NATSLINT_WORKERS"), 2, 0, 64),
    onError: oneOf("--on-error", flags.onError ?? get("NATSLINT_ON_ERROR"), ["fail", "neutral"]),
    repositories: listed(get("NATSLINT_REPOSITORIES")).map((one) => one.toLowerCase()),
    sweepMinutes: number("NATSLINT_SWEEP_MINUTES", get("NATSLINT_SWEEP_MINUTES"), 5, 0, 1440),
    instance: name("NATSLINT_INSTANCE", get("NATSLINT_INSTANCE"), "app"),
    checkName: get("NATSLINT_CHECK_NAME") ?? "natslint",
    logLevel: oneOf("LOG_LEVEL", get("LOG_LEVEL"), ["info", "trace", "debug", "warn", "error", "fatal", "silent"]),
    canWriteContents: oneOf("NATSLINT_WRITE_CONTENTS", get("NATSLINT_WRITE_CONTENTS"), ["false", "true"]) === "true",
    lintSeconds: number("NATSLINT_LINT_SECONDS", get("NATSLINT_LINT_SECONDS"), 60, 1, 600),
    lintMemory: number("NATSLINT_LINT_MEMORY", get("NATSLINT_LINT_MEMORY"), 512, 64, 8192),
    pace: number("NATSLINT_PACE", get("NATSLINT_PACE"), 1000, 0, 60_000),
  };
  return from.problems.length > 0 ? { problems: from.problems } : { configuration };
}

function privateKey({ get, complain }: Variables): string {
  const path = get("PRIVATE_KEY_PATH");
  let key = get("PRIVATE_KEY");
  if (key === undefined && path !== undefined) {
    try {
      key = readFileSync(path, "utf8");
    } catch (thrown) {
      complain(`PRIVATE_KEY_PATH names a file that cannot be read (${(thrown as { code?: string }).code ?? "unknown error"})`);
      return "";
    }
  }
  if (key === undefined) {
    complain("neither PRIVATE_KEY nor PRIVATE_KEY_PATH is set: the App's private key in PEM");
    return "";
  }
  // Probot takes it in base64 as well, because line ends are hard to keep in variables.
  const text = key.includes("-----BEGIN") ? key : Buffer.from(key, "base64").toString("utf8");
  if (!text.includes("-----BEGIN")) complain("PRIVATE_KEY is no private key in PEM, nor one in base64");
  return text.replaceAll("\\n", "\n");
}

function apiUrl({ get, complain }: Variables): string {
  const text = get("GITHUB_API_URL") ?? "https://api.github.com";
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url !== null && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (url === null || !(url.protocol === "https:" || (url.protocol === "http:" && isLocal)) || url.username !== "" || url.search !== "")
    complain("GITHUB_API_URL takes https://api.github.com, https://HOST/api/v3 or https://api.TENANT.ghe.com");
  return text.replace(/\/+$/, "");
}

function queue({ get, number, name, complain }: Variables, flags: ServeFlags): QueueSettings | null {
  const given = flags.queue ?? get("NATSLINT_QUEUE");
  if (given === undefined || given === "memory") return null;
  const optional = <K extends string>(key: K, variable: string): Partial<Record<K, string>> => {
    const value = get(variable);
    return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, string>>);
  };
  const address: QueueAddress = {
    servers: listed(given),
    ...optional("credentials", "NATS_CREDS"),
    ...optional("nkey", "NATS_NKEY"),
    ...optional("user", "NATS_USER"),
    ...optional("password", "NATS_PASSWORD"),
    ...optional("token", "NATS_TOKEN"),
    ...optional("ca", "NATS_CA"),
    ...optional("certificate", "NATS_CERT"),
    ...optional("key", "NATS_KEY"),
  };
  const wrong = addressProblem(address);
  if (wrong !== null) complain(`--queue: ${wrong}`);
  const replicas = number("NATSLINT_QUEUE_REPLICAS", get("NATSLINT_QUEUE_REPLICAS"), 1, 1, 5);
  if (replicas % 2 === 0) complain("NATSLINT_QUEUE_REPLICAS takes 1, 3 or 5");
  // The lease outlasts the letter, so that who gets the letter again finds whether its first worker still lives.
  const patience = number("NATSLINT_QUEUE_PATIENCE", get("NATSLINT_QUEUE_PATIENCE"), 60, 2, 3600) * 1_000;
  const times = { ackWait: patience, leaseTime: patience * 1.5 };
  return { times, address, name: name("NATSLINT_QUEUE_NAME", get("NATSLINT_QUEUE_NAME"), "natslint"), replicas };
}
