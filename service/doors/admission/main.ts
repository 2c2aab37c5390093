// `natslint serve admission`: the webhook's listener, its threads and what watches over both, from start to SIGTERM.

import express from "express";
import { once } from "node:events";
import { createServer as createPlain, type Server } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { version } from "../../host/assets.ts";
import type { Surroundings } from "../../host/cluster/surroundings.ts";
import { failureFields } from "../../serving/failure-fields.ts";
import { mountEnd, mountHealth } from "../../serving/health.ts";
import { complain, listenProblem, type ServeWorld, toldToStop } from "../../serving/life.ts";
import { type Log, log as makeLog, patientWriter } from "../../serving/log.ts";
import type { Environ } from "../../serving/variables.ts";
import { admission } from "./admission.ts";
import { certificateKeeper, filePair, type Keeper, type KeeperOptions } from "./certificate-keeper.ts";
import { type Configuration, readConfiguration, type ServeFlags } from "./configuration.ts";
import { connections, loopLag } from "./connections.ts";
import { drained } from "./drained.ts";
import { type Judges, judges as makeJudges } from "./judges.ts";
import { type Metrics, metrics as makeMetrics } from "./metrics.ts";
import { routes } from "./routes.ts";
import { servedFingerprint } from "./served-fingerprint.ts";

/** The process as this service sees it. */
export interface AdmissionWorld extends ServeWorld {
  /** The threads' program; it lies beside the bundle unless said otherwise. */
  readonly thread?: string;
}

const LARGE_FROM = 256 * 1024;
const LARGEST_BODIES = 48 * 1024 * 1024;
const MOST_LAG = 500;

/** Runs until it is told to stop. Gives the exit code: 0, 2 when it is configured wrongly, 3 when it cannot run. */
export async function serveAdmission(env: Environ, flags: ServeFlags, world: AdmissionWorld): Promise<number> {
  const read = readConfiguration(env, flags);
  if ("problems" in read) {
    complain(world, read.problems);
    return 2;
  }
  const { configuration } = read;
  // Node writes to a pipe at once or not at all: one that nobody reads would stop the whole process.
  const writer =
    world.stdout === process.stdout ? patientWriter() : { ...world.stdout, write: (text: string) => world.stdout.write(text), end: async () => undefined };
  const log = makeLog(configuration.logLevel, (text) => writer.write(text));
  let surroundings: (Surroundings & { readonly close: () => Promise<void> }) | null;
  let source: CertificateSource;
  try {
    surroundings = await openSurroundings(configuration, log);
    source = await certificateSource(configuration, log);
  } catch (thrown) {
    complain(world, [thrown instanceof Error ? thrown.message : "the cluster cannot be reached"]);
    return 2;
  }
  try {
    return await serve(configuration, { surroundings, source, log }, world);
  } catch (thrown) {
    const problem = listenProblem(thrown, configuration.host);
    if (problem === null) throw thrown;
    complain(world, [problem]);
    return 3;
  } finally {
    await source.stop();
    await surroundings?.close();
    await writer.end();
  }
}

async function openSurroundings(
  { clusterState, kubeconfig, namespaces }: Configuration,
  log: Log,
): Promise<(Surroundings & { readonly close: () => Promise<void> }) | null> {
  if (!clusterState) return null;
  const { openSurroundings: open } = await import("../../host/cluster/open.ts");
  return await open({ kubeconfig, namespaces, told: (event, fields) => log.warn(event, fields) });
}

interface Parts {
  readonly surroundings: Surroundings | null;
  readonly source: CertificateSource;
  readonly log: Log;
}

async function serve(configuration: Configuration, { surroundings, source, log }: Parts, world: AdmissionWorld): Promise<number> {
  const { host, times, settings, cap, largestBody, largestObject, threads, labelEditors } = configuration;
  const lag = loopLag();
  const lives = connections();
  const metrics: Metrics = makeMetrics({ bundle: () => judges.bundle(), freshness: () => surroundings?.freshness() ?? [] });
  const judges: Judges = makeJudges({ settings, cap, largestObject, threads, log, metrics, ...(world.thread === undefined ? {} : { program: world.thread }) });
  const app = routes({
    admission: admission({ ...judges, largeFrom: LARGE_FROM, times, surroundings, settings, cap, log, metrics }),
    metrics,
    log,
    labelEditors,
    largestBody,
    largestBodies: LARGEST_BODIES,
    busy: () => (lag.now() > MOST_LAG ? "lag" : null),
    closes: lives.closes,
  });
  const server = createServer(
    {
      minVersion: "TLSv1.2",
      keepAliveTimeout: 120_000,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 2_000,
      maxHeaderSize: 16 * 1024,
    },
    app,
  );
  server.maxHeadersCount = 64;
  // Who speaks no TLS, or does not like the certificate, is no failure of the service.
  server.on("tlsClientError", () => metrics.undecided("admit", "tls"));
  const keeper = keepCertificate(configuration, source, server, log, metrics);
  await keeper.look();
  let stopping = false;
  let mismatch: string | null = "the certificate is not served yet";
  const began = performance.now();
  const isSynced = (): boolean => surroundings === null || surroundings.freshness().every(({ synced }) => synced);
  let everSynced = false;
  const unready = (): string | null => {
    everSynced ||= isSynced();
    metrics.degraded(!everSynced);
    if (stopping) return "the service is stopping";
    const waits = everSynced || performance.now() - began >= times.sync ? null : "the cluster is not read yet";
    return judges.unready() ?? keeper.problem() ?? mismatch ?? waits;
  };
  const health = healthServer(log, { dead: judges.dead, unready, metrics: metrics.text });
  await listen(health, configuration.healthPort, host);
  await listen(server, configuration.port, host).catch(async (thrown: unknown) => {
    health.close();
    keeper.stop();
    await judges.end();
    throw thrown;
  });
  const port = (server.address() as AddressInfo).port;
  const check = async (): Promise<void> => {
    const served = await servedFingerprint(port, host);
    const kept = keeper.current()?.fingerprint;
    mismatch = served !== null && served === kept ? null : "the listener does not answer with the certificate";
  };
  const checking = setInterval(() => void check(), Math.min(10_000, times.certificate)).unref();
  await check();
  log.info("listening", {
    port,
    healthPort: (health.address() as AddressInfo).port,
    version: version(),
    maxMode: cap,
    cluster: surroundings !== null,
    threads,
  });

  const failed = world.stop === undefined ? uncaught(log, metrics) : new Promise<never>(() => undefined);
  const code = await Promise.race([toldToStop(world.stop).then(() => 0), failed]);
  stopping = true;
  log.info("stopping");
  lives.drain();
  // Told twice, it ends at once.
  const told = world.stop === undefined ? toldToStop(undefined) : new Promise<never>(() => undefined);
  await Promise.race([drained(lives, times), told]);
  await close(server, health);
  clearInterval(checking);
  keeper.stop();
  lag.stop();
  await judges.end();
  log.info("stopped");
  return code;
}

/** Where the pair comes from: files that others change, or the Secret that the replicas keep themselves. */
async function certificateSource({ certificate, kubeconfig, serviceName, webhookConfiguration, times }: Configuration, log: Log): Promise<CertificateSource> {
  if (!("secret" in certificate)) return { ...filePair(certificate.certificate, certificate.key), stop: async () => undefined };
  const { selfManaged } = await import("./self-managed.ts");
  const { read, stop } = selfManaged({
    kubeconfig,
    secret: certificate.secret,
    configuration: webhookConfiguration,
    serviceName: serviceName ?? "",
    every: times.certificate,
    log,
  });
  return { read, folders: [], stop };
}

type CertificateSource = Pick<KeeperOptions, "read" | "folders"> & { readonly stop: () => Promise<void> };

function keepCertificate(
  { serviceName, times }: Configuration,
  source: CertificateSource,
  server: ReturnType<typeof createServer>,
  log: Log,
  metrics: Metrics,
): Keeper {
  const keeper = certificateKeeper({
    ...source,
    every: times.certificate,
    host: serviceName,
    use: (pair) => server.setSecureContext({ cert: pair.certificate, key: pair.key, minVersion: "TLSv1.2" }),
    told: (result, why) => {
      const current = keeper.current();
      metrics.certificate(result, current?.notAfter ?? null);
      const until = current === null ? undefined : new Date(current.notAfter).toISOString();
      log[why === null ? "info" : "error"]("certificate", { result, why, serial: current?.serial, until });
    },
  });
  return keeper;
}

function healthServer(log: Log, health: Parameters<typeof mountHealth>[1]): Server {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  mountHealth(app, health);
  mountEnd(app, log);
  return createPlain({ requestTimeout: 20_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 }, app);
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host);
  await once(server, "listening");
}

async function close(server: Server, health: Server): Promise<void> {
  const closed = Promise.all([once(server, "close"), once(health, "close")]);
  for (const one of [server, health]) {
    one.close();
    one.closeIdleConnections();
  }
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
  for (const one of [server, health]) one.closeAllConnections();
}

/** What nobody caught: the process is not to be trusted any more, but what it is doing may end. */
function uncaught(log: Log, metrics: Metrics): Promise<number> {
  return new Promise((resolve) => {
    for (const event of ["uncaughtException", "unhandledRejection"] as const)
      process.on(event, (thrown: unknown) => {
        log.error("natslint failed", failureFields(thrown));
        metrics.engineError("uncaught");
        resolve(3);
      });
  });
}
