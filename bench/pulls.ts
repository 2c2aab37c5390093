// From a webhook to the finished check, and what it asks of GitHub: of small and of large pull requests, with a GitHub
// that answers at once and with one that is as far away as GitHub is.
import { percentile, say, title } from "./print.ts";
import { pullRequests } from "./pull-requests.ts";
import { startService } from "./service.ts";

const ROUNDS = 5;

export async function pulls(): Promise<void> {
  for (const files of [10, 300]) {
    title(`webhook to finished check, ${files} changed files of 400; median of ${ROUNDS} pull requests`);
    for (const latency of [0, 50]) await measured(files, latency, 0);
    await measured(files, 50, 1_000);
  }
}

/** `pace`: milliseconds between writes; GitHub asks for a second, and three between reviews and comments. */
async function measured(files: number, latency: number, pace: number): Promise<void> {
  const { fake, pulls: open } = await pullRequests(ROUNDS + 1, files);
  if (latency > 0) fake.fail(() => true, { kind: "delay", milliseconds: latency }, { times: Number.POSITIVE_INFINITY });
  const service = await startService(fake, { NATSLINT_PACE: String(pace), NATSLINT_WORKERS: "1" });
  try {
    const seconds: number[] = [];
    const calls: Record<string, number>[] = [];
    for (const [index, pull] of open.entries()) {
      const before = fake.traffic.length;
      const began = performance.now();
      await fake.deliver(service.webhooks, "pull_request", fake.payloads.pullRequest(pull, "opened"));
      await service.until(index + 1);
      // The first has everything to load, and every blob to read.
      if (index === 0 && pace === 0) say(`the first ${((performance.now() - began) / 1_000).toFixed(2)} s, ${fake.traffic.length - before} calls`);
      if (index === 0) continue;
      seconds.push((performance.now() - began) / 1_000);
      calls.push(counted(fake.traffic.slice(before).map(({ call }) => call.name)));
    }
    const number = calls.map((one) => Object.values(one).reduce((sum, some) => sum + some, 0));
    const kinds = Object.entries(calls[0] ?? {}).map(([kind, some]) => `${some} ${kind}`);
    say(
      `GitHub ${latency} ms away, ${pace === 0 ? "writes at once" : "writes at GitHub's pace"}: ${percentile(seconds, 50).toFixed(2)} s, ${percentile(number, 50)} calls`,
    );
    if (pace > 0) say(`of which ${kinds.join(", ")}`);
  } finally {
    await service.end();
    await fake.close();
  }
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) {
    const kind = /access_tokens|check-runs|files|compare|trees|blobs|reviews|comments|graphql|pulls\/\d+$/.exec(name)?.[0].replace(/\/\d+$/, "") ?? "others";
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
