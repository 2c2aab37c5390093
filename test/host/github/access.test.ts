// Tokens: narrowed, renewed, refused; and the guards of a connection.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { githubApp } from "../../../service/host/github/app.ts";
import { type Call, connect } from "../../../service/host/github/connection.ts";
import { faultOf } from "../../../service/host/github/fault.ts";
import { readPullRequest } from "../../../service/host/github/pull-request.ts";
import { startFakeGitHub } from "../../github/fake-github.ts";
import { LINES, type Played, played, WANTED } from "./world.ts";

let now: Played;
afterEach(() => now?.fake.close());

const minted = ({ fake }: Played) => fake.traffic.filter(({ path }) => path.endsWith("/access_tokens"));

test("a token is made once, for one repository and with no more than is wanted", async () => {
  now = await played();
  await readPullRequest(now.github, now.repository, 1);
  await readPullRequest(now.github, now.repository, 1);
  expect(minted(now).map(({ body }) => JSON.parse(body))).toEqual([{ repository_ids: [now.platform.id], permissions: WANTED }]);
  const [token] = now.fake.tokens.keys();
  expect(token?.length).toBeGreaterThan(450);
});

test("what the installation does not grant is not asked for again", async () => {
  now = await played({ permissions: { contents: "read", pull_requests: "read" } });
  await readPullRequest(now.github, now.repository, 1);
  expect(minted(now).map(({ body }) => JSON.parse(body).permissions)).toEqual([WANTED, { contents: "read", pull_requests: "read" }]);
});

test("a token that runs out in mid-run is made again, for a write too", async () => {
  now = await played();
  await readPullRequest(now.github, now.repository, 1);
  for (const token of now.fake.tokens.values()) token.expires = 0;
  await now.github.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", { owner: "acme", repo: "platform", issue_number: 1, body: "hello" });
  expect(minted(now)).toHaveLength(2);
  expect(now.fake.writes()).toEqual(["acme/platform#1: comment"]);
});

test("clocks that differ by ten minutes either way", async () => {
  now = await played();
  for (const skew of [600, -600]) {
    now.fake.clock.skew = skew;
    expect((await now.app.identity()).slug).toBe("natslint");
  }
});

test.each([
  ["PKCS#8", (pem: string) => pem],
  ["with \\n written out", (pem: string) => pem.replaceAll("\n", "\\n")],
])("the key may be %s", async (_name, change) => {
  now = await played();
  const { fake } = now;
  const app = await githubApp({ apiUrl: `${fake.url}/`, appId: String(fake.app.id), privateKey: change(fake.app.privateKey), pace: 0 });
  expect((await app.identity()).id).toBe(fake.app.id);
});

test("a key that is none fails at once; one of another App at the first call", async () => {
  now = await played();
  const { fake } = now;
  await expect(githubApp({ apiUrl: fake.url, appId: 1, privateKey: "junk", pace: 0 })).rejects.toThrow();
  const app = await githubApp({ apiUrl: fake.url, appId: 99, privateKey: fake.app.privateKey, pace: 0 });
  expect(faultOf(await app.identity().catch((thrown: unknown) => thrown))?.kind).toBe("unauthorised");
});

test("a suspended installation, one that is gone, a repository that it does not cover", async () => {
  now = await played();
  const { fake, app, installation, platform, repository } = now;
  const fault = async (id: number, of: number) =>
    faultOf(await readPullRequest(app.repository(id, of, WANTED), repository, 1).catch((thrown: unknown) => thrown))?.kind;
  expect(await fault(installation + 1, platform.id)).toBe("missing");
  fake.installations.get(installation)!.isSuspended = true;
  expect(await fault(installation, platform.id)).toBe("suspended");
  expect(fake.writes()).toEqual([]);
});

test("the token goes to no other host: not by a Link, not by a redirect, not by an address", async () => {
  now = await played();
  const seen: unknown[] = [];
  const other = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.setHeader("content-type", "application/json");
    response.end("[]");
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
  const { github, fake, repository } = now;
  fake.fail("GET *pulls/1*", { kind: "redirect", status: 302, to: elsewhere }, { times: 4 });
  const error: unknown = await readPullRequest(github, repository, 1).catch((thrown: unknown) => thrown);
  expect(faultOf(error)?.kind).toBe("foreign");
  await expect(github.request(`GET ${elsewhere}`)).rejects.toThrow("another host");
  fake.fail("GET *pulls", { kind: "link", next: elsewhere });
  await expect(github.paginate("GET /repos/{owner}/{repo}/pulls", { owner: "acme", repo: "platform" })).rejects.toThrow("another host");
  expect(seen.filter((one) => one !== undefined)).toEqual([]);
  other.close();
});

test("every call names the API's version and natslint, and is counted", async () => {
  now = await played();
  const calls: Call[] = [];
  const app = await githubApp({
    apiUrl: now.fake.url,
    appId: now.fake.app.id,
    privateKey: now.fake.app.privateKey,
    pace: 0,
    onCall: (call) => calls.push(call),
  });
  await readPullRequest(app.repository(now.installation, now.platform.id, WANTED), now.repository, 1);
  expect(calls.map(({ method, status }) => `${method} ${status}`)).toEqual(["POST 201", "GET 200"]);
  for (const { headers } of now.fake.traffic)
    expect(headers).toMatchObject({ "x-github-api-version": "2022-11-28", "user-agent": expect.stringContaining("natslint") });
});

test("an Enterprise Server: REST below /api/v3, GraphQL at /api/graphql", async () => {
  const fake = await startFakeGitHub({
    seed: {
      enterprise: true,
      repositories: [{ name: "acme/platform", branches: { main: { "values.yaml": LINES }, feature: { "values.yaml": "a: 1\n" } } }],
      tokens: { ghp_x: { login: "github-actions[bot]", permissions: { pull_requests: "read" } } },
    },
  });
  fake.state.repository("acme/platform").open({ head: "feature" });
  const github = connect({ apiUrl: `${fake.url}/`, token: () => Promise.resolve("ghp_x"), throttleId: "x", pace: 0 });
  expect((await readPullRequest(github, { owner: "acme", name: "platform" }, 1)).number).toBe(1);
  expect(await github.graphql("query { viewer { login } }")).toEqual({ viewer: { login: "github-actions[bot]" } });
  await fake.close();
});
