// Secrets of every kind wherever people put them, and the whole service as a process over a real queue: none is in what
// it sends, prints, counts or keeps, nor in the dead letters.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startFakeGitHub } from "../../github/fake-github.ts";
import { natsServer, natsServerThere } from "../../host/queue/server.ts";
import { connect } from "@nats-io/transport-node";
import { jetstream } from "@nats-io/jetstream";
import { release, values } from "./platform.ts";
import { CANARIES } from "./secrets-of-every-kind.ts";
import { checksOf, opened, spawned } from "./spawned.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const { password, token, seed, jwt, bcrypt, github, url } = CANARIES;

/** A repository that has them in values, comments, keys, and in the names of files. */
const FILES = {
  "production/a/values.yaml": values("replicas", "debug").replace(
    "    authorization:\n",
    `    # token ${github}\n    password: ${password}\n    ${jwt}: 1\n    ${seed}: 2\n    routes: ["nats://${url}@host:4222"]\n    authorization:\n      token: ${token}\n      password: "${bcrypt}"\n`,
  ),
  [`production/${github}/nats.conf`]: `port: 4222\ndebug: true\n${seed}: 1\nauthorization { user: a, password: "${password}", token: ${token} }\ncluster { name: c, routes: ["nats://${url}@h:6222"] }\n`,
  [`production/${jwt}/values.yaml`]: values("trace"),
  "production/broken.yaml": `nats: {password: ${password}\n  token: [${token}\n`,
  "production/nats.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nats-config}\ndata:\n  nats.conf: |\n    accounts { A: { users: [ { nkey: ${seed}, password: ${bcrypt} } ] } }\n    bogus: ${token}\n`,
};

/** All that a folder holds, as text. */
function stored(path: string): string {
  if (!statSync(path).isDirectory()) return readFileSync(path, "latin1");
  return readdirSync(path)
    .map((name) => `${name}\n${stored(join(path, name))}`)
    .join("\n");
}

describe.skipIf(!natsServerThere())("the whole service", { timeout: 120_000 }, () => {
  test("keeps every secret of a pull request, of its branch and of its title, in work, in failure and in the dead letters", async () => {
    const fake = await startFakeGitHub({ seed: { repositories: [{ name: "acme/platform", branches: { main: release("a") } }] } });
    open.push(() => fake.close());
    const nats = await natsServer();
    open.push(() => nats.end());
    const served = await spawned(fake, { NATSLINT_QUEUE: nats.url, LOG_LEVEL: "trace" });
    open.push(served.kill);
    const repository = fake.state.repository("acme/platform");
    const branch = `topic-${github}-${token}`;
    repository.push(branch, FILES);
    const pull = repository.open({ head: branch, title: `${password} ${jwt}` });
    // First as it should be, then with errors of GitHub that quote what they were about.
    await opened(fake, pull, served);
    await vi.waitFor(() => expect(checksOf(pull).join()).toMatch(/^completed failure/), { timeout: 40_000, interval: 50 });
    expect(pull.threads.length).toBeGreaterThan(0);
    repository.push(branch, { "production/a/Chart.yaml": `${release("a")["production/a/Chart.yaml"]}# ${password}\n` });
    fake.fail("GET */files", { kind: "status", status: 400, message: `token=${github} password: ${password} ${jwt} nats://${url}@h` }, { times: 9 });
    await opened(fake, pull, served, "synchronize");
    await vi.waitFor(() => expect(served.text()).toContain('"result":"failed"'), { timeout: 20_000, interval: 50 });
    // A letter that is no job, with secrets in it, as somebody else might put it there.
    const connection = await connect({ servers: [nats.url] });
    open.push(() => connection.close());
    await jetstream(connection).publish("natslint.job.strange", JSON.stringify({ version: 99, kind: "pull" }));
    await vi.waitFor(async () => expect(await served.get("/metrics")).toMatch(/natslint_queue_jobs\{state="dead"\} 1/), { timeout: 20_000, interval: 100 });
    const metrics = await served.get("/metrics");
    expect(await served.end()).toBe(0);
    await nats.kill();
    const places = {
      calls: fake.traffic.map(({ path, body, headers }) => `${path} ${body} ${JSON.stringify(headers)}`).join("\n"),
      output: served.text(),
      metrics,
      queue: stored(join(nats.folder, "store")),
      writes: fake.writes().join("\n"),
    };
    expect(places.queue).toContain("acme");
    const leaks = Object.entries(places).flatMap(([place, text]) =>
      Object.entries(CANARIES).flatMap(([kind, canary]) => (text.includes(canary) ? [`${kind} in ${place}`] : [])),
    );
    expect(leaks).toEqual([]);
    for (const [place, text] of Object.entries(places))
      expect({ place, found: text.match(/.{0,40}(canaryPass|canaryT0ken|CANARYSEED|canarypass|canaryJwt).{0,20}/g) }).toEqual({ place, found: null });
    // What the App itself holds.
    for (const text of [places.output, places.metrics, places.queue]) expect(text).not.toMatch(/PRIVATE KEY|Secret to Everybody|ghs_\d/);
  });
});
