// The service in this process, over a fake GitHub: started on a free port, told to stop at the end of the test.
import { vi } from "vitest";
import { serveGitHub } from "../../../service/doors/github/main.ts";
import type { FakeGitHub } from "../../github/fake-github.ts";
import type { FakeRepository } from "../../github/state.ts";
import { lintThread } from "./bundle.ts";

export interface Served {
  /** Where webhooks go. */
  readonly webhooks: string;
  readonly base: string;
  /** All that it logged, one JSON object each. */
  readonly log: () => Record<string, unknown>[];
  readonly text: () => string;
  readonly stop: () => Promise<number>;
}

/** What the service needs to know of a fake GitHub. */
export function environment(fake: FakeGitHub, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PORT: "0",
    HOST: "127.0.0.1",
    APP_ID: String(fake.app.id),
    PRIVATE_KEY: fake.app.privateKey,
    WEBHOOK_SECRET: fake.app.webhookSecret,
    GITHUB_API_URL: fake.url,
    NATSLINT_SWEEP_MINUTES: "0",
    NATSLINT_PACE: "0",
    ...more,
  };
}

export async function serve(fake: FakeGitHub, more: Readonly<Record<string, string>> = {}): Promise<Served> {
  const out: string[] = [];
  const stopping = new AbortController();
  const write = (text: string): void => void out.push(text);
  const ended = serveGitHub(environment(fake, more), {}, { stdout: { write }, stderr: { write }, stop: stopping.signal, lintThread: await lintThread() });
  const text = (): string => out.join("");
  const log = (): Record<string, unknown>[] =>
    text()
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const port = await vi.waitFor(() => {
    const found = log().find(({ msg }) => msg === "listening")?.["port"];
    if (typeof found !== "number") throw new Error(`not listening: ${text()}`);
    return found;
  }, 10_000);
  const base = `http://127.0.0.1:${port}`;
  await vi.waitFor(() => {
    if (!log().some(({ msg }) => msg === "the App is known")) throw new Error(`the App is not known: ${text()}`);
  }, 10_000);
  return {
    webhooks: `${base}/api/github/webhooks`,
    base,
    log,
    text,
    stop: async () => {
      stopping.abort();
      return await ended;
    },
  };
}

/** Resolves once so many jobs came to this. */
export async function jobs(served: Served, count: number, result = "done"): Promise<void> {
  await vi.waitFor(
    () => {
      const found = served.log().filter((line) => line["msg"] === "job" && line["result"] === result);
      if (found.length < count) throw new Error(`${found.length} of ${count} jobs: ${served.text()}`);
    },
    { timeout: 60_000, interval: 20 },
  );
}

/** The checks of a repository: head, conclusion, title. */
export function checks(repository: FakeRepository): string[] {
  return repository.checkRuns.map(({ head, status, conclusion, output }) => `${head.slice(0, 7)} ${status} ${conclusion} ${output.title}`);
}
