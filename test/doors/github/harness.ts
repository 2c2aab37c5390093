// One service without its listener: jobs are handed to the worker one after another, so that a test can break any call.
import { vi } from "vitest";
import { type Configuration, readConfiguration } from "../../../service/doors/github/configuration.ts";
import { type Job, keyOf, type PullJob, writeJob } from "../../../service/doors/github/job.ts";
import { type Linter, linter } from "../../../service/lint-thread/linter.ts";
import { log } from "../../../service/serving/log.ts";
import { metrics } from "../../../service/doors/github/metrics.ts";
import type { Service } from "../../../service/doors/github/service.ts";
import { handleDelivery } from "../../../service/doors/github/worker.ts";
import { githubApp } from "../../../service/host/github/app.ts";
import { blobCache } from "../../../service/host/github/blob-cache.ts";
import { memoryQueue } from "../../../service/host/queue/memory.ts";
import type { Outcome } from "../../../service/host/queue/queue.ts";
import { type FakeGitHub, type Seed, startFakeGitHub } from "../../github/fake-github.ts";
import type { FakePull, FakeRepository } from "../../github/state.ts";
import { lintThread } from "./bundle.ts";
import { release } from "./platform.ts";
import { environment } from "./serve.ts";

export interface Harness {
  readonly fake: FakeGitHub;
  readonly service: Service;
  readonly repository: FakeRepository;
  readonly pull: FakePull;
  readonly doubts: () => number;
  readonly text: () => string;
  readonly job: (over?: Partial<PullJob>) => PullJob;
  /** One delivery. */
  readonly deliver: (job?: Job, attempt?: number) => Promise<Outcome>;
  readonly close: () => Promise<void>;
}

let shared: Linter | undefined;

/** One lint thread for all tests of a file. */
export async function sharedLinter(): Promise<Linter> {
  shared ??= linter({ threads: 1, time: 60_000, memory: 512, program: await lintThread() });
  return shared;
}

/** "acme/platform" with a pull request that brings three faults. */
export async function harness(env: Readonly<Record<string, string>> = {}, seed: Partial<Seed> = {}): Promise<Harness> {
  const fake = await startFakeGitHub({
    seed: { repositories: [{ name: "acme/platform", branches: { main: release("a"), topic: release("a", "replicas", "debug", "trace") } }], ...seed },
  });
  const repository = fake.state.repository("acme/platform");
  const pull = repository.open({ head: "topic" });
  const read = readConfiguration(environment(fake, env), {});
  if ("problems" in read) throw new Error(read.problems.join());
  const configuration: Configuration = read.configuration;
  const lines: string[] = [];
  const queue = memoryQueue();
  const counted = metrics(queue);
  const app = await githubApp({
    appId: configuration.appId,
    privateKey: configuration.privateKey,
    apiUrl: configuration.apiUrl,
    pace: 0,
    timeout: 1_500,
    onCall: counted.called,
  });
  const doubt = vi.fn();
  const service: Service = {
    configuration,
    app,
    login: () => "natslint[bot]",
    host: new URL(fake.url).host,
    queue,
    linter: await sharedLinter(),
    blobs: blobCache(8 * 1024 * 1024),
    log: log("debug", (text) => lines.push(text)),
    metrics: counted,
    version: "0.0.0",
    today: () => "2026-01-01",
    silenced: new Map(),
    rests: new Map(),
    doubt,
  };
  const [installation = 0] = fake.installations.keys();
  const job = (over: Partial<PullJob> = {}): PullJob => ({
    version: 1,
    host: service.host,
    installation,
    repository: { id: repository.id, owner: "acme", name: "platform" },
    reason: "test",
    kind: "pull",
    number: pull.number,
    again: false,
    ...over,
  });
  return {
    fake,
    service,
    repository,
    pull,
    doubts: () => doubt.mock.calls.length,
    text: () => lines.join(""),
    job,
    deliver: (one = job(), attempt = 1) => handleDelivery(service, { key: keyOf(one), body: writeJob(one), attempt }),
    close: () => fake.close(),
  };
}
