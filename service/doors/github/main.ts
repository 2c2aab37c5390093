// `natslint serve github`: the webhook's listener, the workers and the sweeper in one process, from start to SIGTERM.

import { once, setMaxListeners } from "node:events";
import type { AddressInfo } from "node:net";
import { servicePath, version } from "../../host/assets.ts";
import { githubApp, type GitHubApp } from "../../host/github/app.ts";
import { blobCache } from "../../host/github/blob-cache.ts";
import { shownServers } from "../../host/queue/connection.ts";
import { jetStreamQueue } from "../../host/queue/jetstream.ts";
import { memoryQueue } from "../../host/queue/memory.ts";
import type { JobQueue } from "../../host/queue/queue.ts";
import { linter } from "../../lint-thread/linter.ts";
import { complain, listenProblem, type ServeWorld, toldToStop } from "../../serving/life.ts";
import { failureFields } from "../../serving/failure-fields.ts";
import { log as makeLog, type Log } from "../../serving/log.ts";
import type { Environ } from "../../serving/variables.ts";
import { type Configuration, readConfiguration, type ServeFlags } from "./configuration.ts";
import { metrics as makeMetrics } from "./metrics.ts";
import { ownIdentity } from "./own-identity.ts";
import { httpServer } from "./server.ts";
import { isServed, type Service } from "./service.ts";
import { sweeper } from "./sweeper.ts";
import { handleDelivery } from "./worker.ts";

/** The process as this service sees it. */
export interface GitHubWorld extends ServeWorld {
  /** The lint thread's program; it lies beside the bundle unless said otherwise. */
  readonly lintThread?: string;
}

/** Runs until it is told to stop. Gives the exit code: 0, 2 when it is configured wrongly, 3 when it cannot run. */
export async function serveGitHub(env: Environ, flags: ServeFlags, world: GitHubWorld): Promise<number> {
  const read = readConfiguration(env, flags);
  if ("problems" in read) {
    complain(world, read.problems);
    return 2;
  }
  const { configuration } = read;
  const log = makeLog(configuration.logLevel, (text) => world.stdout.write(text));
  let queue: JobQueue;
  try {
    queue = await openQueue(configuration);
  } catch (thrown) {
    complain(world, [thrown instanceof Error ? thrown.message : "the queue cannot be used"]);
    return 3;
  }
  const metrics = makeMetrics(queue);
  const { appId, privateKey, apiUrl, pace } = configuration;
  let app: GitHubApp;
  const calls = new AbortController();
  // Each call that is under way listens, and there are as many as workers and blobs want.
  setMaxListeners(0, calls.signal);
  try {
    app = await githubApp({ appId, privateKey, apiUrl, pace, onCall: metrics.called, stop: calls.signal });
  } catch {
    complain(world, ["PRIVATE_KEY is no private key that can sign: take the .pem file that GitHub gave for the App"]);
    await queue.close();
    return 2;
  }
  try {
    await serve(configuration, queue, app, log, metrics, world, calls);
    return 0;
  } catch (thrown) {
    const problem = listenProblem(thrown, configuration.host);
    if (problem === null) throw thrown;
    complain(world, [problem]);
    return 3;
  } finally {
    await queue.close();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

async function openQueue({ queue }: Configuration): Promise<JobQueue> {
  return queue === null ? memoryQueue() : await jetStreamQueue(queue);
}

async function serve(
  configuration: Configuration,
  queue: JobQueue,
  app: GitHubApp,
  log: Log,
  metrics: ReturnType<typeof makeMetrics>,
  world: GitHubWorld,
  calls: AbortController,
): Promise<void> {
  const identity = ownIdentity(app, log);
  const host = new URL(configuration.apiUrl).host;
  const lint = linter({
    threads: Math.max(1, configuration.workers),
    time: configuration.lintSeconds * 1_000,
    memory: configuration.lintMemory,
    program: world.lintThread ?? servicePath("lint-thread"),
  });
  const service: Service = {
    configuration,
    app,
    login: identity.login,
    host,
    queue,
    linter: lint,
    blobs: blobCache(64 * 1024 * 1024),
    log,
    metrics,
    version: version(),
    today: () => new Date().toISOString().slice(0, 10),
    silenced: new Map(),
    rests: new Map(),
    doubt: () => void identity.ask(),
  };
  let stopping = false;
  const server = httpServer({
    receiver: {
      host,
      appId: configuration.appId,
      isServed: (repository) => isServed(configuration, repository),
      secrets: configuration.secrets,
      put: queue.put,
      told: (received) => {
        metrics.received(received);
        const { result, status, delivery, event, milliseconds } = received;
        log[status >= 500 ? "error" : status >= 400 ? "warn" : "info"]("webhook", {
          result,
          status,
          delivery,
          event,
          milliseconds: Math.round(milliseconds * 10) / 10,
        });
      },
    },
    log,
    dead: () => (queue.problem() === "the connection to the queue is closed" ? "the connection to the queue is closed" : null),
    unready: () => (stopping ? "the service is stopping" : (queue.problem() ?? identity.problem())),
    metrics: metrics.text,
  });
  server.listen(configuration.port, configuration.host);
  await once(server, "listening");
  log.info("listening", {
    port: (server.address() as AddressInfo).port,
    version: service.version,
    github: host,
    queue: configuration.queue === null ? "memory" : shownServers(configuration.queue.address),
    workers: configuration.workers,
  });
  const ended = toldToStop(world.stop);
  void identity.ask();
  const work =
    configuration.workers === 0
      ? null
      : queue.work(configuration.workers, async (delivery) =>
          identity.problem() === null ? await handleDelivery(service, delivery) : { kind: "put off", after: 1_000 },
        );
  const stopSweeping = sweepNowAndThen(service);

  await ended;
  stopping = true;
  log.info("stopping");
  stopSweeping();
  identity.stop();
  const closed = once(server, "close");
  server.close();
  // Connections that were busy are kept alive by whoever sent the last webhook.
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  // What takes longer than the platform waits is done by another replica, or found by the sweeper.
  const worked = work?.stop();
  await Promise.race([Promise.all([closed, worked]), pause(23_000)]);
  clearInterval(idle);
  // A call that hangs would keep the process until the platform kills it; its job is given back.
  calls.abort();
  await Promise.race([worked, pause(1_000)]);
  server.closeAllConnections();
  await lint.close();
  log.info("stopped");
}

/** Soon after the start, and then every so many minutes. */
function sweepNowAndThen(service: Service): () => void {
  const { sweepMinutes } = service.configuration;
  if (sweepMinutes === 0) return () => undefined;
  const sweep = sweeper(service);
  let timer: NodeJS.Timeout;
  const run = (): void => {
    void sweep
      .sweep()
      .catch((thrown: unknown) => service.log.warn("the sweep failed", failureFields(thrown)))
      .finally(() => {
        timer = setTimeout(run, sweepMinutes * 60_000 * (0.9 + Math.random() * 0.2));
        timer.unref();
      });
  };
  timer = setTimeout(run, 2_000);
  timer.unref();
  return () => clearTimeout(timer);
}
