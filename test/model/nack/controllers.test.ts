// NACK's controller as its workload says it: flags as Go's flag package reads them, the last of equal ones, and what is not known.
import { expect, test } from "vitest";
import { plain } from "../../../service/document/plain.ts";
import { readYaml } from "../../../service/document/yaml/read-yaml.ts";
import { readObjects } from "../../../service/model/kubernetes/objects.ts";
import { nackController } from "../../../service/model/nack/controllers.ts";

const scope = { release: null, namespace: "messaging", environment: null, from: null, complete: false };

function controller(container: string): unknown {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: nack }
spec:
  template:
    spec:
      volumes: [{ name: creds, secret: { secretName: nats-creds } }]
      containers: [${container}]
`;
  const [object] = readObjects(readYaml({ path: "nack.yaml", text }).documents[0]?.root ?? null);
  const made = object === undefined ? null : nackController(object, scope, undefined);
  return made === null ? null : plain(made);
}

const run = (args: string, more = ""): unknown => controller(`{ image: "natsio/jetstream-controller:0.23.0", args: [${args}]${more} }`);

test("what the chart writes", () => {
  expect(run('"-s=nats://nats:4222", "--creds=/etc/jsc-creds/sys.creds", "--namespace=messaging", "--control-loop"')).toMatchObject({
    name: "nack",
    namespace: "messaging",
    tag: "0.23.0",
    version: { parts: [0, 23, 0] },
    server: "nats://nats:4222",
    creds: "/etc/jsc-creds/sys.creds",
    watches: "messaging",
    controlLoop: true,
    crdConnect: false,
    readOnly: false,
  });
});

test.each([
  ['"-s", "nats://nats:4222", "-crd-connect"', { server: "nats://nats:4222", crdConnect: true }],
  ['"--control-loop=false"', { controlLoop: false }],
  ['"--control-loop", "--control-loop=0"', { controlLoop: false }],
  ['"-v", "4", "-control-loop"', { controlLoop: true }],
  ['"-v=4", "--sync-interval", "5m", "--read-only=true"', { readOnly: true }],
  // Behind the first word that is no flag there are none.
  ['"-s=nats://a:4222", "--", "--control-loop"', { server: "nats://a:4222", controlLoop: false }],
  ['"-s=nats://a:4222", "word", "--control-loop"', { controlLoop: false }],
  ['"-s="', { server: null }],
])("flags: %s", (args, expected) => expect(run(args)).toMatchObject(expected));

test("an argument that is not known leaves the others open, but for what it is the value of", () => {
  const env = ", env: [{ name: URL, valueFrom: { secretKeyRef: { name: nats, key: url } } }]";
  expect(run('"-s=$(URL)", "--control-loop"', env)).toMatchObject({ controlLoop: true, crdConnect: false });
  expect(run('"-s=$(URL)", "--control-loop"', env)).not.toHaveProperty("server", expect.any(String));
  expect(run('"$(URL)", "--control-loop"', env)).not.toHaveProperty("controlLoop", expect.any(Boolean));
});

test("what somebody else starts is not known", () => {
  expect(controller('{ image: "natsio/jetstream-controller:0.23.0", command: [sh, -c, "/jetstream-controller -s nats"] }')).not.toHaveProperty(
    "controlLoop",
    expect.any(Boolean),
  );
});

test("other workloads are no controllers", () => {
  expect(controller('{ image: "nats:2.10.20" }')).toBeNull();
});
