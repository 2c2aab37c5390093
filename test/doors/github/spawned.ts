// The service as a process of its own, over a fake GitHub: what tests start when they mean to break it from outside.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { vi } from "vitest";
import type { FakeGitHub } from "../../github/fake-github.ts";
import type { FakePull } from "../../github/state.ts";
import { servicePath } from "./bundle.ts";
import { environment } from "./serve.ts";

export interface Spawned {
  /** Where webhooks go. */
  readonly webhooks: string;
  readonly base: string;
  readonly child: ChildProcess;
  /** All that it printed. */
  readonly text: () => string;
  /** SIGTERM; gives the exit code. */
  readonly end: () => Promise<number | null>;
  readonly kill: () => void;
  /** The status and the body of one of its addresses. */
  readonly get: (path: string) => Promise<string>;
}

/** Starts it, and waits until it listens; and until it knows its App, unless `known` is false. */
export async function spawned(fake: FakeGitHub, more: Readonly<Record<string, string>> = {}, known = true): Promise<Spawned> {
  const env = { ...environment(fake), NATSLINT_QUEUE_PATIENCE: "2", ...more, PATH: process.env["PATH"] ?? "" };
  const child = spawn(process.execPath, [await servicePath()], { env, stdio: ["ignore", "pipe", "pipe"] });
  const out: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => out.push(String(chunk)));
  const text = (): string => out.join("");
  const port = await vi.waitFor(() => {
    const found = /"port":(\d+)/.exec(text())?.[1];
    if (found === undefined || (known && !text().includes("the App is known"))) throw new Error(`not listening: ${text()}`);
    return found;
  }, 60_000);
  const base = `http://127.0.0.1:${port}`;
  return {
    webhooks: `${base}/api/github/webhooks`,
    base,
    child,
    text,
    end: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      return ((await ended) as [number | null])[0];
    },
    kill: () => void child.kill("SIGKILL"),
    get: async (path) => {
      const answer = await fetch(base + path);
      return `${answer.status} ${await answer.text()}`;
    },
  };
}

/** Sends the webhook of a pull request; gives the status. */
export function opened(fake: FakeGitHub, pull: FakePull, to: Spawned, action = "opened"): Promise<number> {
  return fake.deliver(to.webhooks, "pull_request", fake.payloads.pullRequest(pull, action));
}

/** The checks of a pull request's head: status, conclusion and title of each. */
export function checksOf({ repository, head }: FakePull): string[] {
  return repository.checkRuns
    .filter((run) => run.head === head.sha)
    .map(({ status, conclusion, output }) => `${status} ${conclusion ?? "-"} ${output.title ?? "-"}`);
}
