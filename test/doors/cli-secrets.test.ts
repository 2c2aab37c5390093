// What is secret in a file stands in no output, whatever its shape and whatever is said about it.
import { describe, expect, test } from "vitest";
import { type Around, folder, natslint, read } from "./world.ts";

/** Texts with a secret each, `{s}`, and a fault near it, so that its line is shown; values are of the chart named last. */
const PLANTS: readonly (readonly [what: string, file: string, text: string, chart?: string])[] = [
  ["a password in quotes", "nats.conf", 'trace: true, authorization { user: a, password: "{s}" }\n'],
  ["a password without quotes", "nats.conf", "authorization {\n  user: a\n  password: 3{s}\n}\n"],
  ["a password behind an equals sign", "nats.conf", "trace=true; authorization={user=a; pass={s}}\n"],
  ["a password behind a blank", "nats.conf", "authorization {\n  user a\n  password {s}\n  trace\n}\n"],
  ["a password whose text does not end", "nats.conf", 'trace: true\nauthorization { password: "{s}\n'],
  ["a password whose quote ends too early", "nats.conf", 'authorization { user: a, password: "x"{s} }\n'],
  ["a password of many lines", "nats.conf", "trace: true, authorization { password: (\n{s}\n{s}\n)\n}\n"],
  ["a token", "nats.conf", "trace: true, authorization { token: {s} }\n"],
  ["a token in an array", "nats.conf", "trace: true, authorization { users: [ {user: a, password: {s}}, {user: b, pass: '{s}'} ] }\n"],
  ["a route's URL", "nats.conf", "trace: true, cluster { name: c, routes: [ nats://route:{s}@a:6222 ] }\n"],
  ["a route's URL with a token", "nats.conf", "trace: true, cluster { name: c, routes: [ nats://{s}@a:6222 ] }\n"],
  ["a leaf node's URL", "nats.conf", 'trace: true, leafnodes { remotes: [ { url: "nats-leaf://u:{s}@hub:7422" } ] }\n'],
  ["a gateway's URL", "nats.conf", 'trace: true, gateway { name: a, gateways: [ { name: b, urls: ["nats://u:{s}@b:7222"] } ] }\n'],
  ["a variable's value", "nats.conf", "PASSWORD: {s}\ntrace: true, authorization { user: a, password: $PASSWORD }\n"],
  ["an encryption key", "nats.conf", 'trace: true, jetstream { store_dir: /data, key: "{s}", cipher: aes }\n'],
  ["a seed", "nats.conf", "trace: true, leafnodes { remotes: [ { url: 'nats://h', nkey: SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYY{s} } ] }\n"],
  ["a JWT", "nats.conf", "trace: true, resolver: MEMORY, operator: eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.{s}.abc\n"],
  ["a preloaded JWT", "nats.conf", "trace: true, resolver_preload { AB: eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.{s}.abc }\n"],
  ["a bcrypt hash", "nats.conf", "authorization { user: a, password: $2b$11${s} }\n"],
  [
    "a token store",
    "stan.conf",
    'streaming { id: a, store: sql, sd: true, sql_options { driver: postgres, source: "host=db user=a password={s} dbname=b" } }\n',
  ],
  ["STAN's own credentials", "stan.conf", "streaming { id: a, sd: true, username: a, password: {s} }\n"],
  ["STAN's server URL", "stan.conf", 'streaming { id: a, sd: true, nats_server_url: "nats://a:{s}@nats:4222" }\n'],

  ["values: a password of digits", "values.yaml", "config:\n  merge:\n    authorization: { user: a, password: 8675309{d} }\n", "nats@2.14.2"],
  ["values: a password in flow style", "values.yaml", "config: {merge: {trace: true, authorization: {user: a, password: '{s}'}}}\n", "nats@2.14.2"],
  ["values: a raw password", "values.yaml", 'config:\n  merge: {trace: true, authorization: {user: a, password: "<< 3{s} >>"}}\n', "nats@2.14.2"],
  [
    "values: a block of text",
    "values.yaml",
    "config:\n  merge:\n    trace: true\n    authorization:\n      password: |\n        {s}\n        {s}\n",
    "nats@2.14.2",
  ],
  ["values: an anchor", "values.yaml", "x: &p {s}\nconfig:\n  merge: {trace: true, authorization: {user: a, password: *p}}\n", "nats@2.14.2"],
  ["values: a misspelled key", "values.yaml", "config:\n  merge: {trace: true}\n  pasword: {s}\n  passwords: [{s}]\n", "nats@2.14.2"],
  ["values: a key twice", "values.yaml", "config:\n  merge:\n    authorization:\n      password: {s}\n      password: {s}\n", "nats@2.14.2"],
  ["values: YAML that breaks in a secret", "values.yaml", 'config:\n  merge:\n    authorization:\n      password: "{s}\n      x: [\n', "nats@2.14.2"],
  ["values: YAML that breaks behind a secret", "values.yaml", 'config:\n  merge:\n    authorization:\n      password: "x" {s}\n', "nats@2.14.2"],
  [
    "values: a patch",
    "values.yaml",
    "config:\n  patch:\n    - { op: add, path: /authorization, value: { token: {s} } }\n    - { op: add, path: /trace, value: true }\n",
    "nats@2.14.2",
  ],
  [
    "values: contents of credentials",
    "values.yaml",
    "config: {merge: {trace: true}}\nnatsBox:\n  contexts:\n    default:\n      creds: { contents: {s} }\n      nkey: { contents: {s} }\n      merge: { password: {s}, token: {s} }\n",
    "nats@2.14.2",
  ],
  ["values: an environment variable", "values.yaml", "config: {merge: {trace: true}}\ncontainer:\n  env: {APP_PASSWORD: {s}}\n", "nats@2.14.2"],
  [
    "values: a TLS key",
    "values.yaml",
    "config: {merge: {trace: true}}\ntlsCA: {enabled: true}\nextraResources:\n  - { apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {tls.key: {s}} }\n",
    "nats@2.14.2",
  ],
  [
    "values 0.x: basic users",
    "values.yaml",
    "nats: {logging: {trace: true}}\nauth:\n  enabled: true\n  basic: {users: [{user: a, password: {s}}]}\n",
    "nats@0.19.17",
  ],
  ["values 0.x: a token", "values.yaml", "nats: {logging: {trace: true}}\nauth: {enabled: true, token: 3{s}}\n", "nats@0.19.17"],
  [
    "values 0.x: a gateway",
    "values.yaml",
    "nats: {logging: {trace: true}}\ngateway: {enabled: true, name: a, gateways: [{name: b, url: 'nats://u:{s}@b:7522'}]}\n",
    "nats@0.19.17",
  ],
  [
    "values 0.x: a leaf node",
    "values.yaml",
    "nats: {logging: {trace: true}}\nleafnodes: {enabled: true, remotes: [{url: 'tls://u:{s}@b:7422'}]}\n",
    "nats@0.19.17",
  ],
  ["values stan: a token", "values.yaml", "stan:\n  auth: {enabled: true, token: {s}}\n  logging: {trace: true}\n", "stan@0.13.0"],
  [
    "values stan: SQL",
    "values.yaml",
    "stan: {logging: {trace: true}}\nstore:\n  type: sql\n  sql: {driver: postgres, source: 'postgres://u:{s}@db/x', dbPassword: {s}}\n",
    "stan@0.13.0",
  ],
  [
    "values qlik",
    "values.yaml",
    "debug: {trace: true}\nauth: {enabled: true, user: a, password: 3{s}, users: [{user: b, password: {s}}], jwtUsers: [{user: c, password: {s}}]}\nclusterAuth: {enabled: true, user: r, password: 4{s}, token: {s}}\n",
    "qlik/nats",
  ],
  [
    "values stable",
    "values.yaml",
    "debug: {trace: true}\nauth: {enabled: true, user: a, password: 3{s}}\nclusterAuth: {enabled: true, user: r, password: 4{s}}\n",
    "stable/nats@4.3.6",
  ],
  [
    "values bitnami",
    "values.yaml",
    "debug: {trace: true}\nauth: {enabled: true, user: a, password: 3{s}, usersCredentials: [{username: x, password: {s}}], noAuthUser: a}\ncluster: {auth: {enabled: true, user: r, password: {s}}}\n",
    "bitnami/nats@9.0.29",
  ],

  [
    "a Secret's data",
    "nats.yaml",
    "apiVersion: v1\nkind: Secret\nmetadata: {name: nats-auth, name: nats-auth}\ndata: {password: {b}, other: {b}}\nstringData: {some: {s}}\n",
  ],
  [
    "a Secret with a configuration",
    "nats.yaml",
    "apiVersion: v1\nkind: Secret\nmetadata: {name: nats-config}\nstringData:\n  nats.conf: |\n    trace: true\n    authorization { user: a, password: 3{s} }\n    x: {s}\n---\n{sts}",
  ],
  [
    "a ConfigMap with a configuration",
    "nats.yaml",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nats-config}\ndata:\n  nats.conf: |\n    trace: true\n    authorization { user: a, password: 3{s} }\n    cluster { routes: [nats://r:{s}@a:6222] }\n---\n{sts}",
  ],
  [
    "a ConfigMap in one escaped line",
    "nats.yaml",
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nats-config}\ndata:\n  nats.conf: "trace: true\\nauthorization { user: a, password: \\"{s}\\" }\\ncluster { authorization { password: 3{s} } }\\n"\n---\n{sts}',
  ],
  [
    "an argument in a line of its own",
    "nats.yaml",
    `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: nats}
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: nats
          image: nats:1.0.4
          args:
            - --user
            - a
            - --pass
            - {s}
            - -DV
            - "--pass"
            - "{s}"
            - --pass={s}
`,
  ],
  [
    "arguments",
    "nats.yaml",
    `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: nats}
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: nats
          image: nats:1.0.4
          command: [sh, -c, "exec nats-server --user a --pass {s} --auth={s} -T"]
          args: [-DV, --user, a, --pass, "{s}", "--auth={s}", "--cluster=nats://r:{s}@0.0.0.0:6222", "--routes=nats://r:{s}@b:6222"]
          env:
            - {name: NATS_PASSWORD, value: "{s}", value: "{s}"}
            - {name: URL, value: "nats://u:{s}@nats:4222"}
            - name: NATS_TOKEN
              value: 12
              value: {s}
`,
  ],
];

const SECRET = "Xyzzy17Plugh";
const DIGITS = "24681357";
const BASE64 = Buffer.from(SECRET).toString("base64");

const STATEFUL_SET = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: nats}
spec:
  replicas: 2
  selector: {matchLabels: {app: nats}}
  template:
    metadata: {labels: {app: nats}}
    spec:
      containers:
        - name: nats
          image: nats:2.10.22
          args: [-c, /etc/nats/nats.conf]
          volumeMounts: [{name: config, mountPath: /etc/nats}]
      volumes: [{name: config, configMap: {name: nats-config}, secret: {secretName: nats-config}}]
`;

describe("a secret is printed nowhere", () => {
  test.each(PLANTS.map(([what, ...plant]) => [what, plant] as const))("%s", async (_, [path, template, chart]) => {
    const text = template.replaceAll("{sts}", STATEFUL_SET).replaceAll("{s}", SECRET).replaceAll("{b}", BASE64).replaceAll("{d}", DIGITS);
    const cwd = folder({ [path]: text });
    const flags = [path, "--environment", "production", ...(chart === undefined ? [] : ["--chart", chart])];
    const said: string[] = [];
    const keep = async (args: readonly string[], around: Around = {}): Promise<void> => {
      const { code, stdout, stderr } = await natslint(args, { cwd, ...around });
      expect(code, stderr).toBeLessThan(2);
      said.push(stdout, stderr);
    };
    await keep([...flags, "--output", "json=report.json", "--output", "sarif=report.sarif"]);
    await keep([...flags, "--fail-on", "info"], { terminal: true });
    await keep(["model", ...flags]);
    said.push(read(cwd, "report.json"), read(cwd, "report.sarif"));
    expect(said.join("\n"), "something is said about it").toContain(path);
    const leaked = said
      .join("\n")
      .split("\n")
      .filter((line) => [SECRET, BASE64, DIGITS].some((one) => line.includes(one)));
    expect(leaked).toEqual([]);
  });
});
