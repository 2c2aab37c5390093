// So many changes a second for the API server, whether it keeps up or not, and what became of each. Dry runs: nothing is stored.
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { ApiServer } from "../../tools/api-server.ts";

export interface Load {
  /** Stops sending, waits for what is under way, and tells. */
  readonly stop: () => Promise<LoadResult>;
}

export interface LoadResult {
  readonly sent: number;
  /** While they were sent. */
  readonly seconds: number;
  /** Answers in a second, of all the time until the last. */
  readonly answered: number;
  /** Everything but a 201, in words. */
  readonly failures: readonly string[];
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
}

export interface Change {
  /** Where the object goes, such as `/apis/apps/v1/namespaces/default/statefulsets`. */
  readonly path: string;
  readonly object: object;
}

/** Asks for a change every 1/rate seconds, each for a new object. */
export function startLoad(api: ApiServer, rate: number, change: (index: number) => Change): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: 64, ca: readFileSync(api.authority) });
  const failures: string[] = [];
  const times: number[] = [];
  const started = performance.now();
  let sent = 0;
  let under = 0;

  const send = (index: number): void => {
    under++;
    const from = performance.now();
    const done = (failure?: string): void => {
      under--;
      times.push(performance.now() - from);
      if (failure !== undefined) failures.push(failure);
    };
    const { path, object } = change(index);
    const headers = { authorization: `Bearer ${api.token}`, "content-type": "application/json" };
    const asked = request(`${api.url}${path}?dryRun=All`, { agent, method: "POST", headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => (text += part));
      answer.on("end", () => done(answer.statusCode === 201 ? undefined : `${answer.statusCode} ${text.slice(0, 500)}`));
    });
    asked.on("error", (failure) => done(failure.message));
    asked.end(JSON.stringify(object));
  };
  const timer = setInterval(() => {
    for (const due = ((performance.now() - started) / 1_000) * rate; sent < due; ) send(sent++);
  }, 5);

  return {
    async stop() {
      clearInterval(timer);
      const seconds = (performance.now() - started) / 1_000;
      while (under > 0) await sleep(20);
      agent.destroy();
      const sorted = times.toSorted((one, other) => one - other);
      const at = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
      const answered = Math.round((sent * 1_000) / (performance.now() - started));
      return { sent, seconds, answered, failures, median: at(0.5), p99: at(0.99) };
    },
  };
}
