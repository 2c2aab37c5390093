// Webhooks as GitHub sends them: payloads in full, made from the fake's state, and signed over their bytes.

import { createHmac } from "node:crypto";
import type { AppKeys } from "./access.ts";
import { filledWebhook, type Json, webhookProblem } from "./rest-schema.ts";
import { appJson, checkRunJson, ownerJson, pullJson, repositoryJson, userJson } from "./shapes.ts";
import type { FakeCheckRun, FakePull, FakeRepository, State } from "./state.ts";

type Fields = { readonly [key: string]: Json };

/** What `fetch` or supertest need to send a webhook. */
export interface SignedWebhook {
  readonly method: "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WebhookOptions {
  readonly secret?: string;
  /** Its id; a new one each time unless said otherwise. */
  readonly delivery?: string;
}

/** Payloads that fit GitHub's description; `more` is put over them. */
export interface Payloads {
  pullRequest(pull: FakePull, action: string, more?: Fields): Fields;
  checkRun(repository: FakeRepository, run: FakeCheckRun, action: "rerequested" | "requested_action", more?: Fields): Fields;
  checkSuite(repository: FakeRepository, head: string, more?: Fields): Fields;
  mergeGroup(repository: FakeRepository, action: "checks_requested" | "destroyed", head: string, base: string, more?: Fields): Fields;
  installation(account: string, action: string, more?: Fields): Fields;
}

export function payloads(state: State, app: AppKeys, installationOf: (owner: string) => number): Payloads {
  const common = (repository: FakeRepository, sender: string): Fields => ({
    repository: repositoryJson(repository),
    organization: { login: repository.owner, id: 1, node_id: "O_1" },
    sender: userJson(state.user(sender)),
    installation: { id: installationOf(repository.owner), node_id: "I_1" },
  });
  return {
    pullRequest(pull, action, more = {}) {
      const before = pull.heads.at(-2) ?? pull.heads[0] ?? "";
      return made("pull-request", action, {
        ...common(pull.repository, pull.author.login),
        number: pull.number,
        pull_request: pullJson(pull),
        ...(action === "synchronize" ? { before, after: pull.head.sha } : {}),
        ...(action === "edited" ? { changes: {} } : {}),
        ...more,
      });
    },
    checkRun: (repository, run, action, more = {}) =>
      made("check-run", action, { ...common(repository, "dora"), check_run: checkRunJson(run, appJson(app.id, app.slug)), ...more }),
    checkSuite: (repository, head, more = {}) =>
      made("check-suite", "rerequested", {
        ...common(repository, "dora"),
        check_suite: { id: 1, head_sha: head, before: head, after: head, app: appJson(app.id, app.slug) },
        ...more,
      }),
    mergeGroup: (repository, action, head, base, more = {}) =>
      made("merge-group", action, {
        ...common(repository, "dora"),
        merge_group: {
          head_sha: head,
          base_sha: base,
          head_ref: `refs/heads/gh-readonly-queue/main/pr-1-${base}`,
          base_ref: "refs/heads/main",
          head_commit: { id: head },
        },
        ...more,
      }),
    installation: (account, action, more = {}) =>
      made("installation", action, {
        installation: { id: installationOf(account), account: ownerJson(account), app_id: app.id, app_slug: app.slug },
        sender: userJson(state.user("dora")),
        ...more,
      }),
  };
}

/** What is wrong with a payload by GitHub's description; null where nothing is, or where natslint reads no such event. */
export function payloadProblem(event: string, payload: Fields): string | null {
  const name = descriptionOf(event, String(payload["action"] ?? ""));
  const problem = webhookProblem(name, payload);
  return problem === null || problem.startsWith("no webhook") ? null : `webhook ${name}: ${problem}`;
}

export function signedWebhook(event: string, payload: unknown, secret: string, delivery: string): SignedWebhook {
  const body = JSON.stringify(payload);
  return {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/fake",
      "x-github-event": event,
      "x-github-delivery": delivery,
      "x-github-hook-id": "1",
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    },
    body,
  };
}

function made(event: string, action: string, known: Fields): Fields {
  return filledWebhook(descriptionOf(event, action), { action, ...known }) as Fields;
}

function descriptionOf(event: string, action: string): string {
  return `${event}${action === "" ? "" : `-${action}`}`.replaceAll("_", "-");
}
