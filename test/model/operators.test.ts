// What the operators make of their resources, by the operators' sources: nats-operator 0.8, nats-streaming-operator 0.4.
import { describe, expect, test } from "vitest";
import { plain } from "../../service/document/plain.ts";
import { at, type Node } from "../../service/document/node.ts";
import { readYaml } from "../../service/document/yaml/read-yaml.ts";
import { type KubernetesObject, readObjects } from "../../service/model/kubernetes/objects.ts";
import { natsCluster } from "../../service/model/operators/nats-cluster.ts";
import { natsStreamingCluster } from "../../service/model/operators/nats-streaming-cluster.ts";

const shown = (node: Node | undefined): unknown => (node === undefined ? undefined : plain(node));
const made = (make: (object: KubernetesObject) => KubernetesObject[], spec: string): readonly KubernetesObject[] => {
  const text = `apiVersion: example/v1\nkind: Example\nmetadata: { name: orders, namespace: messaging }\nspec:\n${spec.replace(/^/gm, "  ")}`;
  return readObjects(readYaml({ path: "cr.yaml", text }).documents[0]?.root ?? null).flatMap((object) => make(object));
};
const nats = (spec: string): { readonly pods: unknown; readonly conf: unknown; readonly services: readonly unknown[]; readonly container: unknown } => {
  const [workload, secret, ...services] = made(natsCluster, spec);
  const pods = at(workload?.node, "spec", "template");
  return {
    pods: shown(pods),
    conf: shown(at(secret?.node, "data", "nats.conf")),
    services: services.map((one) => shown(at(one.node, "spec"))),
    container: shown(at(pods, "spec", "containers", 0)),
  };
};
const stanCommand = (spec: string): unknown => {
  const [workload] = made(natsStreamingCluster, spec);
  return shown(at(workload?.node, "spec", "template", "spec", "containers", 0, "command"));
};

test("a small NatsCluster", () => {
  const { conf, container, services } = nats(
    'size: 3\nversion: "2.1.8"\nnoAdvertise: true\nnatsConfig: { debug: true, maxPayload: 20000000, write_deadline: 5s }\n',
  );
  expect(conf).toEqual({
    port: 4222,
    http_port: 8222,
    debug: true,
    logtime: true,
    write_deadline: "5s",
    max_payload: 20_000_000,
    cluster: { port: 6222, routes: ["nats://orders-mgmt:6222"] },
  });
  expect(container).toMatchObject({
    name: "nats",
    image: "nats:2.1.8",
    command: [
      "/nats-server",
      "-c",
      "/etc/nats-config/nats.conf",
      "-P",
      "/var/run/nats/nats.pid",
      "--cluster_advertise",
      "$(POD_NAME).orders-mgmt",
      "--connect_retries",
      "10",
      "--no_advertise",
    ],
  });
  expect(services).toEqual([
    { selector: { app: "nats", nats_cluster: "orders" }, ports: [{ name: "client", port: 4222, targetPort: 4222 }] },
    expect.objectContaining({ clusterIP: "None", publishNotReadyAddresses: true }),
  ]);
});

test("versions before 2 run gnatsd, and a leading v is dropped", () => {
  expect(nats("size: 3\nversion: v1.4.1\n").container).toMatchObject({ image: "nats:1.4.1", command: expect.arrayContaining(["/gnatsd"]) });
});

test("the size decides nothing by default: no pods", () => {
  const [workload] = made(natsCluster, "version: 2.1.9\n");
  expect(shown(at(workload?.node, "spec", "replicas"))).toBe(0);
});

test("certificates are files of the Secrets, under the operator's names", () => {
  const { conf } = nats(
    "size: 3\ntls:\n  serverSecret: clients\n  serverSecretCAFileName: ca.crt\n  routesSecret: routes\n  routesTLSTimeout: 3\n  enableHttps: true\n  verify: true\n",
  );
  expect(conf).toMatchObject({
    https_port: 8222,
    tls: {
      ca_file: "/etc/nats-server-tls-certs/ca.crt",
      cert_file: "/etc/nats-server-tls-certs/server.pem",
      key_file: "/etc/nats-server-tls-certs/server-key.pem",
      verify: true,
    },
    cluster: { tls: { cert_file: "/etc/nats-routes-tls-certs/route.pem", timeout: 3 } },
  });
  expect(conf).not.toHaveProperty("http_port");
});

test("anti-affinity takes the place of the template's, and labels of the pods are the operator's", () => {
  const { pods } = nats("size: 3\npod: { antiAffinity: true, labels: { team: blue } }\ntemplate: { spec: { affinity: { nodeAffinity: {} } } }\n");
  expect(pods).toMatchObject({
    metadata: { labels: { app: "nats", nats_cluster: "orders", team: "blue" } },
    spec: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "kubernetes.io/hostname" }] } } },
  });
  expect(pods).not.toHaveProperty("spec.affinity.nodeAffinity");
});

test("gateways, leaf nodes and websockets take host ports unless they are told not to", () => {
  const open = nats("size: 3\ngatewayConfig: { name: eu, hostPort: 32328 }\nleafnodeConfig: { hostPort: 4224 }\npod: { disableLeafnodesHostPort: true }\n");
  expect(open.container).toMatchObject({
    ports: expect.arrayContaining([
      { name: "gateway", containerPort: 32328, protocol: "TCP", hostPort: 32328 },
      { name: "leaf", containerPort: 4224, protocol: "TCP" },
    ]),
  });
});

test("an address of the node is looked up by a container in front, behind the template's own", () => {
  const { pods } = nats("size: 3\npod: { advertiseExternalIP: true, bootconfigImageTag: 0.7.0 }\ntemplate: { spec: { initContainers: [{ name: mine }] } }\n");
  expect(pods).toMatchObject({
    spec: { initContainers: [{ name: "mine" }, { name: "bootconfig", image: "connecteverything/nats-boot-config:0.7.0" }] },
  });
  expect(nats("size: 3\n").pods).not.toHaveProperty("spec.initContainers");
});

describe("who may connect", () => {
  const SPEC = "size: 3\nauth: { clientsAuthSecret: users, clientsAuthTimeout: 5 }\n";
  const JSON_TEXT = '{"users":[{"username":"a","password":"b","pass":"c"}],"unknown":1,"timeout":2}';
  const secret = (content: string, name = "users"): readonly KubernetesObject[] =>
    readObjects(
      readYaml({ path: "secret.yaml", text: `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: messaging }\n${content}` }).documents[0]
        ?.root ?? null,
    );
  const authorization = (spec: string, beside: readonly KubernetesObject[]): Node | undefined => {
    const [, conf] = made((object) => natsCluster(object, beside), spec);
    return at(conf?.node, "data", "nats.conf", "authorization");
  };
  const known = { users: [{ username: "a", password: "b" }], timeout: 5 };

  test.each([
    ["in data", `data: { users.json: ${Buffer.from(JSON_TEXT).toString("base64")} }`],
    ["in stringData", `stringData: { users.json: '${JSON_TEXT}' }`],
  ])("stands in the one key of the Secret: %s", (_, content) => expect(shown(authorization(SPEC, secret(content)))).toEqual(known));

  test.each([
    ["another Secret", secret(`stringData: { a: '${JSON_TEXT}' }`, "others")],
    ["two keys, of which any may come first", secret(`stringData: { a: '${JSON_TEXT}', b: '{}' }`)],
    ["two Secrets of the name", [...secret(`stringData: { a: '${JSON_TEXT}' }`), ...secret("stringData: { a: '{}' }")]],
    ["what is no JSON", secret("stringData: { a: 'users: []' }")],
    ["no data", secret("type: Opaque")],
  ])("is not known with %s", (_, beside) => expect(authorization(SPEC, beside)?.kind).toBe("unknown"));

  test("service accounts win", () => {
    const spec = "size: 3\nauth: { enableServiceAccounts: true, clientsAuthSecret: users }\n";
    expect(authorization(spec, secret(`stringData: { a: '${JSON_TEXT}' }`))?.kind).toBe("unknown");
  });
});

test("without the Secrets in sight nobody is known", () => {
  const [, secret] = made(natsCluster, "size: 3\nauth: { clientsAuthSecret: users, clusterAuthSecret: routes }\n");
  expect(at(secret?.node, "data", "nats.conf", "authorization")?.kind).toBe("unknown");
  expect(at(secret?.node, "data", "nats.conf", "cluster", "authorization")?.kind).toBe("unknown");
});

test.each([
  ["size: 3\nnatsSvc: nats\n", "-store file -dir store"],
  ["size: 3\nnatsSvc: nats\nconfig: {}\n", "-store file -clustered -dir store"],
  ["size: 1\nnatsSvc: nats\nconfig: {}\n", "-store file -dir store"],
  ["size: 1\nnatsSvc: nats\nconfig: { clustered: true }\n", "-store file -clustered -dir store"],
  ["size: 2\nnatsSvc: nats\nconfig: { ftGroup: a, storeDir: /pv }\n", "-store file -dir /pv/orders-1 --ft_group a"],
  ["size: 2\nnatsSvc: nats\nconfig: { ftGroup: a }\n", "-store file -dir store"],
  ["size: 3\nnatsSvc: nats\nstore: SQL\nconfigFile: /etc/stan/secret.conf\n", "-store SQL -sc /etc/stan/secret.conf"],
  ["size: 3\nnatsSvc: nats\nstore: sql\n", "-store file -dir store"],
  ["natsSvc: nats\nconfig: { debug: true, trace: true, raftLogging: true }\n", "-store file -dir store -SD -SV --cluster_raft_logging"],
])("a NatsStreamingCluster of %j", (spec, expected) => {
  expect((stanCommand(spec) as string[]).join(" ")).toBe(`/nats-streaming-server -cluster_id orders -nats_server nats://nats:4222 -m 8222 ${expected}`);
});

test.each([
  ["size: 3\nstore: SQL\n", 1],
  ["size: 0\n", 1],
  ["size: 3\n", 3],
])("the number of servers of %j", (spec, expected) => {
  const [workload] = made(natsStreamingCluster, spec);
  expect(shown(at(workload?.node, "spec", "replicas"))).toBe(expected);
});
