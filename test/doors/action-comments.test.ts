// The Action's comments: the bundle on a real checkout of the merge commit, against the fake GitHub.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type FakeGitHub, type Seed, startFakeGitHub } from "../github/fake-github.ts";
import type { FakePull } from "../github/state.ts";
import { annotated, bundled, runGit, scratchFolder, type Step, step, type StepOptions, sweep } from "./action-world.ts";
import { PAIR, TRIO } from "./world.ts";

const NAME = "octo/nats";
const WRITES = { contents: "read", pull_requests: "write" };
const READS = { contents: "read", pull_requests: "read" };
const TOKENS = {
  ghs_writes: { login: "github-actions[bot]", permissions: WRITES },
  ghs_reads: { login: "github-actions[bot]", permissions: READS },
  ghs_app: { login: "other-app[bot]", permissions: WRITES },
};
const settings = (...files: string[]): string =>
  `environments: {production: ['*']}\nreleases:\n${files.map((file) => `  - {name: ${file.replace("-values.yaml", "")}, chart: nats@2.14.2, values: [${file}]}\n`).join("")}`;
const BASE = {
  "natslint.yaml": settings("a-values.yaml", "b-values.yaml", "c-values.yaml"),
  "a-values.yaml": TRIO,
  "b-values.yaml": TRIO,
  "c-values.yaml": PAIR,
};

let bundle: string;
let fake: FakeGitHub;
beforeAll(async () => {
  bundle = await bundled();
});
afterEach(() => fake.close());
afterAll(sweep);

async function github(more: Partial<Seed> = {}): Promise<void> {
  fake = await startFakeGitHub({
    seed: { repositories: [{ name: NAME, branches: { main: BASE }, isPrivate: false }], permissions: null, tokens: TOKENS, ...more },
  });
}

function opened(files: Readonly<Record<string, string>>, more: { readonly isDraft?: boolean } = {}): FakePull {
  const repository = fake.state.repository(NAME);
  repository.push("change", files);
  return repository.open({ head: "change", ...more });
}

/** Runs the step for a pull request as it is now: the merge commit checked out alone, as actions/checkout does it. */
async function run(
  pull: FakePull,
  { checkout = `refs/pull/${pull.number}/merge`, ...options }: StepOptions & { readonly checkout?: string } = {},
): Promise<Step & { readonly wrote: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), "natslint-forge-"));
  try {
    const bare = join(folder, "origin.git");
    const { objects } = fake.state;
    const changes = pull
      .files()
      .flatMap(({ path, previousPath, status, sha }) => [
        ...(previousPath === null ? [] : [[previousPath, null] as const]),
        [path, status === "removed" ? null : (objects.blob(sha) ?? "")] as const,
      ]);
    const merge = objects.makeCommit([pull.baseSha(), pull.head.sha], Object.fromEntries(changes), "merge");
    objects.write(
      bare,
      new Map([
        ["main", pull.baseSha()],
        [`refs/pull/${pull.number}/head`, pull.head.sha],
        [`refs/pull/${pull.number}/merge`, merge],
      ]),
      "main",
    );
    const workspace = join(scratchFolder(), "workspace");
    runGit(folder, "init", "--quiet", workspace);
    runGit(workspace, "remote", "add", "origin", `file://${bare}`);
    runGit(workspace, "fetch", "--quiet", "--no-tags", "--depth=1", "origin", checkout);
    runGit(workspace, "checkout", "--quiet", "--detach", "FETCH_HEAD");
    const before = fake.writes().length;
    const [owner = "", name = ""] = NAME.split("/");
    const repository = (of: FakePull["head"]["repository"]): object | null => (of === null ? null : { id: of.id, full_name: `${of.owner}/${of.name}` });
    const payload = {
      number: pull.number,
      pull_request: {
        number: pull.number,
        draft: pull.isDraft,
        head: { sha: pull.head.sha, repo: repository(pull.head.repository) },
        base: { sha: pull.baseSha(), repo: repository(pull.repository) },
      },
    };
    const ran = await step(bundle, workspace, {
      here: true,
      event: "pull_request",
      payload,
      ...options,
      inputs: { token: "ghs_writes", ...options.inputs },
      env: {
        GITHUB_API_URL: fake.url,
        GITHUB_REPOSITORY: `${owner}/${name}`,
        GITHUB_REPOSITORY_ID: String(pull.repository.id),
        GITHUB_WORKFLOW: "natslint",
        GITHUB_JOB: "lint",
        GITHUB_ACTION: "__natslint",
        NATSLINT_PACE: "0",
        ...options.env,
      },
    });
    return { ...ran, wrote: fake.writes(before) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ONE = PAIR.replace("replicas: 2", "replicas: 1");

describe("comments", () => {
  test("a pull request played through: opened, pushed without effect, fixed and worsened, all clear", async () => {
    await github();
    const pull = opened({ "a-values.yaml": PAIR, "b-values.yaml": PAIR });
    const first = await run(pull, { here: false });
    expect({ code: first.code, annotated: annotated(first) }).toEqual({
      code: 1,
      annotated: ["error a-values.yaml:5 cluster-min-replicas", "error b-values.yaml:5 cluster-min-replicas"],
    });
    const again = await run(pull, { here: false });
    expect(again.wrote).toEqual([]);
    pull.repository.push("change", { "README.md": "text\n" });
    const later = await run(pull, { here: false });
    expect(later.wrote).toEqual([]);
    pull.repository.push("change", { "a-values.yaml": TRIO, "b-values.yaml": ONE });
    const second = await run(pull, { here: false });
    pull.repository.push("change", { "b-values.yaml": TRIO });
    const last = await run(pull, { here: false });
    expect(last.code).toBe(0);
    expect([first.wrote, second.wrote, last.wrote]).toMatchInlineSnapshot(`
      [
        [
          "octo/nats#1: review at 8884620, COMMENT: a-values.yaml:5, b-values.yaml:5",
          "octo/nats#1: comment",
        ],
        [
          "octo/nats#1: review at b4bfbc4, COMMENT: b-values.yaml:5",
          "octo/nats#1: delete comment on a-values.yaml:5",
          "octo/nats#1: delete comment on b-values.yaml:5",
          "octo/nats#1: edit comment",
        ],
        [
          "octo/nats#1: delete comment on b-values.yaml:5",
          "octo/nats#1: edit comment",
        ],
      ]
    `);
    expect(pull.threads).toEqual([]);
    expect(pull.comments.map(({ body }) => body.split("\n")[0])).toEqual(["### natslint: all clear"]);
  }, 120_000);

  test("none on a draft, and none when they are switched off", async () => {
    await github();
    const pull = opened({ "a-values.yaml": PAIR }, { isDraft: true });
    expect(await run(pull)).toMatchObject({ code: 1, wrote: [] });
    pull.isDraft = false;
    expect(await run(pull, { inputs: { comment: "false" } })).toMatchObject({ code: 1, wrote: [] });
  });

  test("a token that may only read: annotations and summary, and both say so", async () => {
    await github();
    const pull = opened({ "a-values.yaml": PAIR });
    const ran = await run(pull, { inputs: { token: "ghs_reads" } });
    expect({ code: ran.code, wrote: ran.wrote, annotated: annotated(ran).length }).toEqual({ code: 1, wrote: [], annotated: 1 });
    const sentence = "The token may not comment (the job needs `permissions: pull-requests: write`)";
    expect(ran.summary).toContain(sentence);
    expect(ran.stdout).toContain(sentence);
  });

  test("a fork: the settings of the base count, nothing is written, and it says why", async () => {
    await github({
      repositories: [
        { name: NAME, branches: { main: BASE } },
        { name: "mona/nats", forkOf: NAME, branches: {} },
      ],
    });
    const theirs = fake.state.repository("mona/nats");
    theirs.push("change", { "a-values.yaml": PAIR, "natslint.yaml": `${BASE["natslint.yaml"]}rules: {cluster-min-replicas: off}\n` });
    const pull = fake.state.repository(NAME).open({ head: "change", from: theirs });
    const ran = await run(pull, { inputs: { token: "ghs_reads" } });
    expect({ code: ran.code, wrote: ran.wrote, annotated: annotated(ran) }).toEqual({
      code: 1,
      wrote: [],
      annotated: ["error a-values.yaml:5 cluster-min-replicas"],
    });
    expect(ran.summary).toContain("The token of a workflow for a fork's pull request may only read, so nothing was commented");
  });

  test("an Enterprise Server, whose API is below /api/v3", async () => {
    await github({ enterprise: true });
    const pull = opened({ "a-values.yaml": PAIR });
    expect((await run(pull, { env: { GITHUB_API_URL: `${fake.url}/` } })).wrote).toHaveLength(2);
    expect((await run(pull)).wrote).toEqual([]);
  });

  test("a token of another App writes as that App, and leaves the comments of others alone", async () => {
    await github();
    const pull = opened({ "a-values.yaml": PAIR });
    await run(pull);
    expect((await run(pull, { inputs: { token: "ghs_app" } })).wrote).toHaveLength(2);
    expect((await run(pull, { inputs: { token: "ghs_app" } })).wrote).toEqual([]);
    expect((await run(pull)).wrote).toEqual([]);
  });

  test("another step of the workflow has its own comments", async () => {
    await github();
    const pull = opened({ "a-values.yaml": PAIR, "b-values.yaml": PAIR });
    await run(pull, { inputs: { paths: "a-values.yaml" } });
    expect((await run(pull, { inputs: { paths: "b-values.yaml" }, env: { GITHUB_ACTION: "__natslint_2" } })).wrote).toHaveLength(2);
    expect((await run(pull, { inputs: { paths: "a-values.yaml" } })).wrote).toEqual([]);
    expect(pull.threads).toHaveLength(2);
  });

  test("settings that do not hold: what stands there is left alone, and nothing says that all is clear", async () => {
    await github();
    const pull = opened({ "a-values.yaml": PAIR });
    await run(pull);
    pull.repository.push("change", { "natslint.yaml": "rulez: 1\n" });
    const ran = await run(pull);
    expect({ code: ran.code, wrote: ran.wrote }).toEqual({ code: 2, wrote: [] });
    expect(ran.summary).toContain("the comments were left as they are");
  });

  test("pull_request_target: the base is checked out, the head is fetched and only read, its settings do not count", async () => {
    await github();
    const pull = opened({ "a-values.yaml": PAIR, "natslint.yaml": `${BASE["natslint.yaml"]}rules: {cluster-min-replicas: off}\n` });
    const ran = await run(pull, { event: "pull_request_target", checkout: "main" });
    expect({ code: ran.code, annotated: annotated(ran) }).toEqual({ code: 1, annotated: ["error a-values.yaml:5 cluster-min-replicas"] });
    expect(ran.wrote).toHaveLength(2);
  });

  test("a token that nobody knows", async () => {
    await github();
    const ran = await run(opened({ "a-values.yaml": PAIR }), { inputs: { token: "ghs_unknown" } });
    expect({ code: ran.code, wrote: ran.wrote }).toEqual({ code: 1, wrote: [] });
    expect(ran.summary).toContain("The token may not comment");
  });

  test("a head that moves while the step runs: nothing is written for the old one", async () => {
    await github();
    const pull = opened({ "a-values.yaml": PAIR });
    fake.fail("graphql *", { kind: "meanwhile", happens: () => void pull.repository.push("change", { "README.md": "new\n" }) });
    const ran = await run(pull);
    expect(ran.wrote).toEqual([]);
    expect(ran.summary).toContain("A newer commit was pushed");
  });
});

describe("what GitHub does wrong", () => {
  test.each([
    ["a review that broke off after its effect is not written twice", "POST *reviews", { kind: "reset", when: "after" }, 1],
    ["a review that broke off before its effect is written", "POST *reviews", { kind: "reset", when: "before" }, 1],
    ["a summary with 502", "POST *issues*comments", { kind: "status", status: 502 }, 1],
    ["a page in place of the list of files", "GET *files*", { kind: "html" }, 1],
  ] as const)("%s", async (_name, call, how, threads) => {
    await github();
    const pull = opened({ "a-values.yaml": PAIR });
    fake.fail(call, how);
    const ran = await run(pull);
    expect({ code: ran.code, threads: pull.threads.length, comments: pull.comments.length }).toEqual({ code: 1, threads, comments: 1 });
    expect((await run(pull)).wrote).toEqual([]);
  });

  test.each([
    ["locked", { kind: "status", status: 403, message: "Unable to create comment because issue is locked." }, "the conversation is locked"],
    [
      "secondary limit",
      { kind: "status", status: 403, message: "You have exceeded a secondary rate limit", headers: { "retry-after": "1" } },
      "GitHub asked for a pause",
    ],
    ["down", { kind: "status", status: 503 }, "GitHub had an error of its own"],
    ["nonsense", { kind: "truncated" }, "Not everything was commented"],
  ] as const)("%s: the step ends as it would have, and says what is missing", async (_name, how, sentence) => {
    await github();
    const pull = opened({ "a-values.yaml": PAIR });
    fake.fail((call) => call.isWrite || how.kind === "truncated", how, { times: 100 });
    const ran = await run(pull);
    expect(ran.code).toBe(1);
    expect(annotated(ran)).toHaveLength(1);
    expect(ran.summary).toContain(sentence);
  });

  test("a review that is refused for one comment: that one goes to the summary, the others stand", async () => {
    await github();
    const pull = opened({ "a-values.yaml": PAIR, "b-values.yaml": PAIR });
    fake.fail(
      (call) => call.name.endsWith("/reviews") && JSON.stringify(call.body).includes('"a-values.yaml"'),
      { kind: "status", status: 422, message: "Validation Failed" },
      { times: 100 },
    );
    const ran = await run(pull);
    expect({ code: ran.code, threads: pull.threads.map(({ path }) => path) }).toEqual({ code: 1, threads: ["b-values.yaml"] });
    expect(pull.comments[0]?.body).toContain("a-values.yaml:5");
  });
});
