// Certificates that natslint makes itself, against a real API server that has to trust them: two replicas, one leader.
import { connect } from "node:tls";
import { afterAll, expect, inject, test } from "vitest";
import { bad, good } from "../doors/admission/reviews.ts";
import { type Served, serve, until } from "../doors/admission/serve.ts";
import { apply, did } from "./kubectl.ts";

const replicas: Served[] = [];
// All files of this suite share an API server: a webhook that nobody serves any more would be in the way of the others.
afterAll(async () => {
  await did(["delete", "validatingwebhookconfiguration", NAME, "--ignore-not-found"]);
  for (const one of replicas) await one.stop();
});

const NAME = "natslint-self-managed";

function replica(): Promise<Served> {
  return serve({
    process: true,
    ready: false,
    env: {
      NATSLINT_TLS_CERT: "",
      NATSLINT_TLS_KEY: "",
      NATSLINT_SELF_MANAGED_CERTIFICATES: "default/natslint-certificates",
      NATSLINT_WEBHOOK_CONFIGURATION: NAME,
      NATSLINT_SERVICE_NAME: "localhost",
      NATSLINT_KUBECONFIG: inject("api").kubeconfig,
    },
  });
}

const ready = (served: Served): Promise<true> =>
  until(
    async () => ((await served.health("/readyz")).status === 200 ? true : undefined),
    () => `not ready: ${served.text()}`,
  );

const bundles = async (): Promise<string[]> =>
  (await did(["get", "validatingwebhookconfiguration", NAME, "-o", "jsonpath={range .webhooks[*]}{.clientConfig.caBundle}{'\\n'}{end}"])).trim().split("\n");

function serial({ port }: Served): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.serialNumber ?? "");
      socket.end();
    });
    socket.on("error", reject);
  });
}

function configuration(port: number): object {
  const webhook = (name: string): object => ({
    name,
    admissionReviewVersions: ["v1"],
    sideEffects: "None",
    failurePolicy: "Fail",
    timeoutSeconds: 10,
    matchPolicy: "Equivalent",
    clientConfig: { url: `https://localhost:${port}/v1/admit` },
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "production" } },
    rules: [{ apiGroups: ["apps"], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["statefulsets"] }],
  });
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name: NAME },
    webhooks: [webhook("a.natslint.io"), webhook("b.natslint.io")],
  };
}

test("12 without its Secret it waits, not ready and alive; 11 of two replicas one leads, and both serve its certificate", { timeout: 120_000 }, async () => {
  const first = await replica();
  replicas.push(first);
  await until(
    async () => ((await first.health("/readyz")).text.includes("the certificate cannot be read") ? true : undefined),
    () => first.text(),
  );
  expect((await first.health("/livez")).status).toBe(200);
  await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "production" } }, configuration(first.port));
  await apply({ apiVersion: "v1", kind: "Secret", metadata: { name: "natslint-certificates", namespace: "default", labels: { kept: "yes" } } });
  const second = await replica();
  replicas.push(second);
  await Promise.all([ready(first), ready(second)]);
  expect(await serial(first)).toBe(await serial(second));
  const leaders = replicas.filter((one) => one.log().some(({ msg }) => msg === "this replica leads"));
  expect(leaders).toHaveLength(1);
  expect(await did(["get", "secret", "natslint-certificates", "-n", "default", "-o", "jsonpath={.metadata.labels.kept}"])).toBe("yes");
  expect(replicas.map((one) => one.text()).join("")).not.toContain("PRIVATE KEY");
});

test("the API server trusts it: good objects get in, bad ones are denied by both webhooks in one message", { timeout: 120_000 }, async () => {
  await until(
    async () => ((await apply(good())).code === 0 ? true : undefined),
    () => "the API server does not trust the certificate",
  );
  const denied = await apply({ ...bad(), metadata: { name: "other", namespace: "production" } });
  expect(denied.code).toBe(1);
  expect(denied.stderr).toMatch(/admission webhook "[ab]\.natslint\.io" denied the request: 1 problem: \[cluster-min-replicas\] spec\.replicas: 2 replicas/);
});

test("9 authorities that somebody wiped are put back", { timeout: 120_000 }, async () => {
  const [before] = await bundles();
  expect(before).not.toBe("");
  await did(["patch", "validatingwebhookconfiguration", NAME, "--type=json", "-p", '[{"op":"replace","path":"/webhooks/0/clientConfig/caBundle","value":""}]']);
  await until(
    async () => ((await bundles()).every((one) => one === before) ? true : undefined),
    () => "they are still gone",
  );
  expect(replicas.some((one) => one.log().some(({ msg }) => msg === "the webhook's authorities were put right"))).toBe(true);
  // Whoever looks at the Secret is told, since what took them away will do so again.
  const note = await until(
    async () =>
      (await did([
        "get",
        "events",
        "-n",
        "default",
        "--field-selector",
        "reason=AuthoritiesChanged",
        "-o",
        "jsonpath={range .items[*]}{.message}{'\\n'}{end}",
      ])) || undefined,
    () => `no event: ${replicas.map((one) => one.text()).join("")}`,
  );
  expect(note).toBe(`Something changed the authorities (caBundle) of a.natslint.io in the ValidatingWebhookConfiguration ${NAME}; they were put right\n`);
});

test("11 the leader goes away, and another takes over without another certificate", { timeout: 120_000 }, async () => {
  const [leader, other] = replicas.sort((a, b) => Number(b.text().includes("this replica leads")) - Number(a.text().includes("this replica leads")));
  if (leader === undefined || other === undefined) throw new Error("two replicas are needed");
  const before = await serial(other);
  await leader.stop();
  replicas.splice(replicas.indexOf(leader), 1);
  await until(
    () => (other.log().some(({ msg }) => msg === "this replica leads") ? true : undefined),
    () => other.text(),
    60_000,
  );
  expect(await serial(other)).toBe(before);
});
