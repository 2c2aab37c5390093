// Does the process grow? Its memory after 1,000 jobs and after 10,000 of the same.
import { say, title } from "./print.ts";
import { pullRequests } from "./pull-requests.ts";
import { startService } from "./service.ts";

const PULLS = 50;

export async function memory(): Promise<void> {
  const most = Number(process.env["BENCH_JOBS"] ?? 10_000);
  title(`memory over ${most} jobs, queue in memory, 2 workers; heap: the least of ten looks`);
  const { fake, pulls } = await pullRequests(PULLS, 10);
  const service = await startService(fake, { LOG_LEVEL: "info" });
  try {
    let at = 0;
    let early = { resident: 0, heap: 0 };
    for (let jobs = 0; jobs < most; ) {
      // All of one round, then the next: of one pull request only the latest event waits.
      for (const pull of pulls) await fake.deliver(service.webhooks, "pull_request", fake.payloads.pullRequest(pull, "synchronize"));
      jobs += PULLS;
      await service.until(jobs);
      fake.traffic.length = 0;
      if (jobs < at + 1_000) continue;
      at = jobs;
      const now = await settled(service);
      if (at === 1_000) early = now;
      if (at === 1_000 || at % 3_000 === 0 || jobs >= most)
        say(`${String(at).padStart(6)} jobs  heap ${now.heap.toFixed(1)} MiB  resident ${now.resident.toFixed(0)} MiB`);
      if (jobs >= most)
        say(`growth from job 1,000 on: heap ${(now.heap - early.heap).toFixed(1)} MiB, resident ${(now.resident - early.resident).toFixed(0)} MiB`);
    }
  } finally {
    await service.end();
    await fake.close();
  }
}

/** The heap is full of what is not collected yet, so the least of some looks counts. */
async function settled({ memory: look }: Awaited<ReturnType<typeof startService>>): Promise<{ resident: number; heap: number }> {
  const seen: { resident: number; heap: number }[] = [];
  for (let time = 0; time < 10; time++) {
    seen.push(await look());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { heap: Math.min(...seen.map(({ heap }) => heap)), resident: Math.min(...seen.map(({ resident }) => resident)) };
}
