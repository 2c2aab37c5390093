// The service as it ships, started over a GitHub that is a process's own: what the benches of the service measure.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { join } from "node:path";
import type { FakeGitHub } from "../test/github/fake-github.ts";
import { root } from "../tools/opa.ts";

export interface Service {
  /** Where webhooks go. */
  readonly webhooks: string;
  /** Jobs done since it started. */
  readonly done: () => number;
  /** Resolves when so many jobs are done. */
  readonly until: (jobs: number) => Promise<void>;
  /** MiB. */
  readonly memory: () => Promise<{ readonly resident: number; readonly heap: number }>;
  readonly end: () => Promise<void>;
}

/** Starts it; `more` is put over the environment that it needs. */
export async function startService(fake: FakeGitHub, more: Readonly<Record<string, string>> = {}): Promise<Service> {
  const { id, privateKey, webhookSecret } = fake.app;
  const env = {
    PATH: process.env["PATH"] ?? "",
    PORT: "0",
    HOST: "127.0.0.1",
    APP_ID: String(id),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: fake.url,
    NATSLINT_SWEEP_MINUTES: "0",
    NATSLINT_PACE: "0",
    ...more,
  };
  const child = spawn(process.execPath, [join(root, "dist", "cli.js"), "serve", "github"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  let port = 0;
  let known = false;
  let done = 0;
  let rest = "";
  const waiting = new Set<() => void>();
  child.stdout.on("data", (chunk) => {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      port ||= Number(/"port":(\d+)/.exec(line)?.[1] ?? 0);
      known ||= line.includes("the App is known");
      if (line.includes('"result":"done"')) done++;
    }
    for (const look of waiting) look();
  });
  const holds = (is: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!is()) return;
        waiting.delete(look);
        resolve();
      };
      void ended.then(([code]) => reject(new Error(`the service ended with ${code}`)));
      waiting.add(look);
      look();
    });
  await holds(() => port > 0 && known);
  const base = `http://127.0.0.1:${port}`;
  return {
    webhooks: `${base}/api/github/webhooks`,
    done: () => done,
    until: (jobs) => holds(() => done >= jobs),
    memory: async () => {
      const text = await (await fetch(`${base}/metrics`)).text();
      const of = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, "m").exec(text)?.[1]) / 1024 / 1024;
      return { resident: of("process_resident_memory_bytes"), heap: of("nodejs_heap_size_used_bytes") };
    },
    end: async () => {
      child.kill("SIGTERM");
      await ended;
      agent.destroy();
    },
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Posts and gives the milliseconds until the whole answer is there. Throws where it is not 202. */
export async function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  const began = performance.now();
  return await new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent, headers: { ...headers, "content-length": String(Buffer.byteLength(body)) } }, (answer) => {
      answer.resume();
      answer.on("end", () => (answer.statusCode === 202 ? resolve(performance.now() - began) : reject(new Error(`it answered ${answer.statusCode}`))));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
