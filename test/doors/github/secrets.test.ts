// Canaries: secrets of every kind in every place that the App reads. None may leave it.
import { afterAll, afterEach, expect, test } from "vitest";
import { type Harness, harness, sharedLinter } from "./harness.ts";
import { values } from "./platform.ts";
import { CANARIES } from "./secrets-of-every-kind.ts";

let one: Harness | undefined;
afterEach(async () => await one?.close());
afterAll(async () => await (await sharedLinter()).close());

test("no secret of the repository is in what is sent, logged or queued", { timeout: 60_000 }, async () => {
  const conf = `# password: ${CANARIES.password}
port: 4222
debug: true
authorization { user: a, password: "${CANARIES.password}", timeout: x }
accounts { A: { users: [ { user: a, password: ${CANARIES.password} }, { nkey: ${CANARIES.seed} } ] } }
cluster { name: c, routes: ["nats://${CANARIES.url}@nats.example:4222"], authorization { user: r, password: ${CANARIES.bcrypt} } }
leafnodes { remotes [ { url: "nats://${CANARIES.url}@nats.example:4222" } ] }
bogus_${CANARIES.token}: ${CANARIES.token}
`;
  const yaml = values("replicas", "debug", "trace").replace(
    "    authorization:\n",
    `    # token ${CANARIES.github}\n    password: ${CANARIES.password}\n    ${CANARIES.jwt}: 1\n    operator: ${CANARIES.jwt}\n    routes: ["nats://${CANARIES.url}@nats.example:4222"]\n    authorization:\n      token: ${CANARIES.token}\n      password: "${CANARIES.bcrypt}"\n`,
  );
  one = await harness();
  one.repository.push("topic", {
    "production/a/values.yaml": yaml,
    [`production/${CANARIES.github}/values.yaml`]: yaml,
    [`production/eyJhbGciOiJIUzI1NiJ9.canaryName/nats.conf`]: conf,
    "production/nats.conf": conf,
    "production/broken.yaml": `nats: {password: ${CANARIES.password}\n  token: [${CANARIES.token}\n`,
    "natslint.yaml": `rules:\n  ${CANARIES.jwt}: off\n`,
  });
  expect((await one.deliver()).kind).toBe("done");
  expect(one.repository.checkRuns.map(({ conclusion }) => conclusion)).toEqual(["failure"]);
  one.repository.push("topic", { "natslint.yaml": null });
  expect((await one.deliver()).kind).toBe("done");
  expect(one.pull.threads.length).toBeGreaterThan(0);
  // Authorization is the fake's own business, and is not kept by it.
  const sent = one.fake.traffic.map(({ path, body, headers }) => `${path} ${body} ${JSON.stringify(headers)}`).join("\n");
  for (const text of [sent, one.text(), (await one.service.metrics.text()).body])
    for (const [kind, canary] of Object.entries(CANARIES)) expect(text.includes(canary), kind).toBe(false);
  for (const text of [sent, one.text()]) expect(text).not.toMatch(/canaryPass|canaryT0ken|CANARYSEED|canarycanary|canarypass|canaryName/);
});
