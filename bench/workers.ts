// Jobs per second over JetStream, with one, two and four workers in one process.
import { natsServer } from "../test/host/queue/server.ts";
import { natsServerPath } from "../tools/nats-server.ts";
import { say, title } from "./print.ts";
import { pullRequests } from "./pull-requests.ts";
import { startService } from "./service.ts";

const JOBS = 60;

export async function workers(): Promise<void> {
  title(`jobs per second over JetStream: ${JOBS} pull requests of 10 files, GitHub 50 ms away, writes at once`);
  if (natsServerPath() === null) {
    say("no nats-server here: node tools/run.mjs tools/nats-server.ts builds one");
    return;
  }
  let alone = 0;
  for (const count of [1, 2, 4]) {
    const { fake, pulls } = await pullRequests(JOBS + 1, 10);
    fake.fail(() => true, { kind: "delay", milliseconds: 50 }, { times: Number.POSITIVE_INFINITY });
    const nats = await natsServer();
    const service = await startService(fake, { NATSLINT_QUEUE: nats.url, NATSLINT_WORKERS: String(count) });
    try {
      const send = (index: number): Promise<number> => {
        const pull = pulls[index];
        return pull === undefined ? Promise.resolve(0) : fake.deliver(service.webhooks, "pull_request", fake.payloads.pullRequest(pull, "opened"));
      };
      await send(JOBS);
      await service.until(1);
      const began = performance.now();
      await Promise.all(Array.from({ length: JOBS }, (_, index) => send(index)));
      await service.until(JOBS + 1);
      const rate = JOBS / ((performance.now() - began) / 1_000);
      alone ||= rate;
      say(`${count} ${count === 1 ? "worker " : "workers"} ${rate.toFixed(1).padStart(6)}/s  ${(rate / alone).toFixed(2)} x`);
    } finally {
      await service.end();
      await nats.end();
      await fake.close();
    }
  }
}
