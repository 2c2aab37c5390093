// Configurations of nats-server by chance, in the blocks that people write: right ones, and wrong in one or two places.
import fc, { type Arbitrary } from "fast-check";
import { ACCOUNT_KEYS } from "../../service/model/conf-schema/account-keys.ts";
import { NETWORK_KEYS } from "../../service/model/conf-schema/network-keys.ts";
import { readTables } from "../../service/model/conf-schema/read-table.ts";
import { SERVER_KEYS } from "../../service/model/conf-schema/server-keys.ts";
import { blockOf } from "./values.ts";

const table = readTables(SERVER_KEYS, ACCOUNT_KEYS, NETWORK_KEYS);

/** What has a generator of its own below, where its parts fit each other more often. */
const OWN =
  /^(listen|port|host|server_name|http|https|http_port|https_port|accounts|authorization|system_account|no_auth_user|jetstream|cluster|gateway|leafnodes|websocket|mqtt|mappings|max_payload|max_pending|lame_duck\w*|default_js_domain|proxies|trace|no_system_account|default_sentinel)$/;

const usually = <T>(one: T, ...others: readonly T[]): Arbitrary<T> => fc.oneof({ weight: 40, arbitrary: fc.constant(one) }, fc.constantFrom(...others));
/** One of the right ones; sometimes of the wrong ones, or those that are wrong where something else is not there. */
const some = (right: readonly string[], wrong: readonly string[]): Arbitrary<string> =>
  fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...right) }, fc.constantFrom(...wrong));
const account = some(["A"], ["B", "SYS", "X"]);
const subject = some(["a", "a.b", "a.*", "a.>", "b", "b.c"], ['"a b"', '"a..b"', '"a.>.b"']);
/** There in `weight` of `weight + 4` cases. */
const maybe = (line: Arbitrary<string>, weight = 2): Arbitrary<string> =>
  fc.oneof({ weight: 10 * weight, arbitrary: line }, { weight: 40, arbitrary: fc.constant("") });
const lines = (...parts: readonly Arbitrary<string>[]): Arbitrary<string> => fc.tuple(...parts).map((all) => all.filter((one) => one !== "").join("\n"));
const block = (name: string, ...parts: readonly Arbitrary<string>[]): Arbitrary<string> => lines(...parts).map((inner) => `${name} {\n${inner}\n}`);
const pair = (name: string, value: Arbitrary<string>): Arbitrary<string> => value.map((text) => `${name}: ${text}`);
const listOf = (item: Arbitrary<string>, maxLength: number): Arbitrary<string> => fc.array(item, { maxLength }).map((items) => `[${items.join(",\n")}\n]`);
const more = (name: string): Arbitrary<string> => {
  const found = table.get(name);
  return found === undefined
    ? fc.constant("")
    : maybe(
        blockOf(found, table, 1, 2, ({ name: key }) => !TAKEN.test(key)),
        1,
      );
};

/** In the blocks below written out, so not once more. */
const TAKEN =
  /^(name|listen|port|host|routes|gateways|remotes|authorization|users|user|password|token|exports|imports|jetstream|mappings|accounts|no_auth_user|allowed_origins|jwt_cookie|no_tls|store_dir|default_permissions|permissions|url|urls|account|compression|domain|limits|extension_hint|stream|service|auth_callout|allowed_accounts|pool_size|headers)$/;

const permissions = lines(
  maybe(
    pair(
      "publish",
      fc.oneof(
        subject,
        listOf(subject, 2),
        subject.map((one) => `{ allow: ${one}, deny: b }`),
      ),
    ),
  ),
  maybe(
    pair(
      "subscribe",
      fc.oneof(
        subject,
        fc.constant('"a.* workers"'),
        subject.map((one) => `{ deny: [${one}] }`),
      ),
    ),
  ),
  maybe(some(["allow_responses: true", 'allow_responses { max: 5, expires: "1m" }'], ["allow_responses { max: x }"]), 1),
).map((inner) => `{ ${inner.replaceAll("\n", ", ")} }`);
const user = fc
  .tuple(
    fc.integer({ min: 0, max: 60 }).map((number) => (number === 0 ? "u" : `u${number}`)),
    usually(", password: p", "", ', password: ""', ", pass: 5"),
    maybe(
      permissions.map((one) => `, permissions: ${one}`),
      1,
    ),
  )
  .map(([name, password, rights]) => `{ user: ${name}${password}${rights} }`);
const nkey = some(
  ["{ nkey: UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4 }"],
  ["{ nkey: UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF5 }"],
);
const users = pair("users", listOf(fc.oneof({ weight: 9, arbitrary: user }, nkey), 2));
const compression = some(
  ["s2_fast", "off", "true", "s2_Auto", "{ mode: s2_auto, rtt_thresholds: [10ms, 50ms] }"],
  ["zip", "{ mode: s2_auto, rtt_thresholds: [50ms, 10ms] }", "{ rtt: [] }"],
);

const exported = fc
  .tuple(
    fc.constantFrom("stream", "service"),
    subject,
    maybe(
      account.map((name) => `, accounts: [${name}]`),
      1,
    ),
    maybe(fc.constantFrom(", response: stream", ", latency: l", ", latency: { sampling: 5, subject: l }"), 1),
  )
  .map(([kind, what, to, rest]) => `{ ${kind}: ${what}${to}${rest} }`);
const imported = fc
  .tuple(fc.constantFrom("stream", "service"), account, subject, maybe(fc.constantFrom(", to: z", ", prefix: z", ", share: true"), 1))
  .map(([kind, from, what, rest]) => `{ ${kind}: { account: ${from}, subject: ${what} }${rest} }`);
const mapping = fc
  .tuple(
    subject,
    some(
      ["d", "d.e", '{ dest: d, weight: "50%" }', "[{ dest: d, weight: 40 }, { dest: e, weight: 50 }]"],
      [
        "d.*",
        "d.>",
        "[{ dest: d, weight: 60 }, { dest: e, weight: 50 }]",
        "[{ destination: d, weight: 101 }]",
        "{ dest: d }",
        '"b.$1"',
        '"b.$2"',
        '"b.{{wildcard(1)}}"',
        '"b.{{partition(3,1)}}"',
      ],
    ),
  )
  .map(([from, to]) => `${from === "b" ? "b" : `"${from.replaceAll('"', "")}"`}: ${to}`);
const oneAccount = lines(
  maybe(users, 3),
  maybe(pair("exports", listOf(exported, 2)), 1),
  maybe(pair("imports", listOf(imported, 1)), 1),
  maybe(
    pair(
      "jetstream",
      some(
        ["true", "enabled", "disabled", "{ max_mem: 1M, max_file: 1M }", "{ max_streams: 5 }"],
        ["{ max_mem: 100GB }", '{ max_mem: "1M" }', "{ max_store: 10TB, max_streams: 5 }"],
      ),
    ),
    1,
  ),
  maybe(
    mapping.map((one) => `mappings { ${one} }`),
    1,
  ),
  maybe(pair("default_permissions", permissions), 1),
  more("account"),
);
const accounts = fc.tuple(some(["A", "A B", "A SYS", "A B SYS"], ["", "B", 'A "$G"', "A $SYS"]), fc.array(oneAccount, { minLength: 3, maxLength: 3 })).map(
  ([names, bodies]) =>
    `accounts {\n${names
      .split(" ")
      .filter((one) => one !== "")
      .map((name, index) => `${name} {\n${bodies[index]}\n}`)
      .join("\n")}\n}`,
);

const local = usually('"127.0.0.1:-1"', '"127.0.0.1:70000"', '"127.0.0.1:0"', '"127.0.0.1:-2"');
const name = usually("c1", '"c 1"', '""', "c2");
const url = usually('"nats://127.0.0.1:1"', '"ws://127.0.0.1:1"', '"nats://127.0.0.1:x"', '"nats-route://u:p@127.0.0.1:1"', '"wss://127.0.0.1:1/x"');
const single = some(["user: r, password: p", "user: r", "user: r, password: p, timeout: 5"], ["token: t", "users: [{ user: a, password: b }]", "timeout: 61"]);

const cluster = block(
  "cluster",
  pair("listen", local),
  maybe(pair("name", name), 30),
  maybe(pair("routes", listOf(url, 2)), 12),
  maybe(
    single.map((one) => `authorization { ${one} }`),
    1,
  ),
  maybe(pair("permissions", some(["{ import: a, export: [b] }", "{ import: { allow: a } }"], ['{ import: "a..b" }', '{ export: "a q" }'])), 1),
  maybe(pair("accounts", some(["[A]", "A"], ["[A, B]", "[A, A]", "[X]"])), 1),
  maybe(pair("pool_size", some(["0", "5"], ["-1"])), 1),
  maybe(pair("compression", compression), 1),
  more("cluster"),
);
const gateway = block(
  "gateway",
  maybe(pair("name", name), 60),
  maybe(pair("listen", local), 60),
  maybe(
    pair(
      "gateways",
      listOf(
        some(
          ['{ name: g, url: "nats://127.0.0.1:1" }', '{ name: h, urls: ["nats://127.0.0.1:1"] }'],
          ["{ name: g }", '{ url: "nats://127.0.0.1:1" }', "{ name: c1, urls: [] }"],
        ),
        2,
      ),
    ),
    2,
  ),
  maybe(
    single.map((one) => `authorization { ${one} }`),
    1,
  ),
  more("gateway"),
);
const remote = fc
  .tuple(
    usually(
      'url: "nats://127.0.0.1:1"',
      'urls: ["nats://127.0.0.1:1", "ws://127.0.0.1:1"]',
      'url: "wss://127.0.0.1:1"',
      'urls: ["nats://127.0.0.1:2", "nats://127.0.0.1:3"]',
      "urls: []",
      "hub: true",
    ),
    maybe(
      account.map((one) => `\naccount: ${one}`),
      1,
    ),
    maybe(
      compression.map((one) => `\ncompression: ${one}`),
      1,
    ),
    maybe(
      subject.map((one) => `\ndeny_imports: ${one}`),
      1,
    ),
    more("remote"),
  )
  .map(([to, from, compressed, denied, rest]) => `{ ${to}${from}${compressed}${denied}\n${rest} }`);
const leafnodes = block(
  "leafnodes",
  maybe(pair("listen", local)),
  maybe(pair("remotes", listOf(remote, 2))),
  maybe(
    fc.oneof(
      account.map((one) => `authorization { user: l, password: p, account: ${one} }`),
      some(
        ["authorization { user: l, password: p }", "authorization { users: [{ user: m, password: p }] }"],
        [
          "authorization { users: [{ user: l, password: p, account: A }, { user: l, password: q }] }",
          "authorization { user: l, users: [{ user: m, password: p }] }",
          "authorization { users: [{ user: m, password: p, account: B }], timeout: 5 }",
        ],
      ),
    ),
    1,
  ),
  maybe(pair("compression", compression), 1),
  more("leafnodes"),
);
const listener = [
  maybe(pair("authorization", some(["{ timeout: 5 }", "{ timeout: x }"], ["{ user: m, password: p }", "{ token: t }"])), 1),
  maybe(pair("no_auth_user", fc.constantFrom("u", "nobody")), 0.2),
];
const websocket = block(
  "websocket",
  pair("listen", local),
  maybe(some(["no_tls: true"], ["no_tls: false"]), 80),
  maybe(pair("allowed_origins", some(['["http://a.b"]', '"https://a.b:443"', "[]"], ['"a.b"', '["https://a.b:443", "http://"]', '"ftp://a"'])), 1),
  maybe(pair("jwt_cookie", fc.constantFrom("jwt", '""')), 0.2),
  maybe(pair("headers", some(['{ X-A: "b" }'], ["{ Upgrade: b }", "{ sec-websocket-key: b }", "{ X-A: 5 }"])), 1),
  ...listener,
  more("websocket"),
);
const mqtt = block("mqtt", pair("listen", local), ...listener, more("mqtt"));
const jetstream = fc.oneof(
  fc.constantFrom("jetstream: true", "jetstream: enabled", "jetstream: disabled"),
  block(
    "jetstream",
    fc.constant('store_dir: "./js"'),
    maybe(pair("domain", some(["hub", '""'], ['"h.b"', '"h b"', '"*"'])), 1),
    maybe(some(["extension_hint: will_extend"], ["extension_hint: maybe"]), 1),
    more("jetstream"),
  ),
);
const authorization = block(
  "authorization",
  fc.oneof(
    users,
    some(
      ["user: s, password: p", "token: t", "user: s"],
      ["user: s, password: p, token: t", "user: s, password: p, users: [{ user: u, password: q }]", "users: []", "timeout: 61"],
    ),
  ),
  maybe(pair("default_permissions", permissions), 1),
  maybe(
    pair(
      "auth_callout",
      fc.constantFrom(
        "{ issuer: ABJHLOVMPA4CI6R5KLNGOB4GSLNIY7IOUPAJC4YFNDLQVIOBYQGUWVLA, auth_users: [u] }",
        "{ issuer: ABJHLOVMPA4CI6R5KLNGOB4GSLNIY7IOUPAJC4YFNDLQVIOBYQGUWVLA, auth_users: [] }",
        "{ auth_users: [u], issuer: abc }",
        "{ issuer: ABJHLOVMPA4CI6R5KLNGOB4GSLNIY7IOUPAJC4YFNDLQVIOBYQGUWVLA, auth_users: [u], account: X }",
      ),
    ),
    0.3,
  ),
);

const top = table.get("");

/** The text of a configuration; what it creates or listens on is in the folder where its server runs, or a free port. */
export const someConf: Arbitrary<string> = lines(
  usually('listen: "127.0.0.1:-1"', 'listen: "127.0.0.1:70000"', "port: -1", "port: -5"),
  maybe(pair("server_name", usually("n1", '"n 1"', '""')), 30),
  maybe(accounts, 6),
  maybe(authorization, 1),
  maybe(pair("system_account", some(["A"], ["SYS", "X"])), 0.4),
  maybe(pair("no_auth_user", fc.constantFrom("u", "nobody", '""')), 0.3),
  maybe(jetstream, 1),
  maybe(cluster, 1),
  maybe(gateway, 1),
  maybe(leafnodes, 1),
  maybe(websocket, 1),
  maybe(mqtt, 1),
  maybe(
    mapping.map((one) => `mappings { ${one} }`),
    1,
  ),
  maybe(
    some(
      ["max_payload: 8MB", "max_payload: 9MB", "max_payload: 1MB\nmax_pending: 1MB"],
      ["max_payload: 65MB", "max_payload: 3GB", "max_payload: 2MB\nmax_pending: 1MB"],
    ),
    1,
  ),
  maybe(
    some(
      ['lame_duck_duration: "30s"', 'lame_duck_duration: "40s"\nlame_duck_grace_period: "39s"'],
      ['lame_duck_duration: "29s"', 'lame_duck_grace_period: "2m"', 'lame_duck_grace_period: "-1s"'],
    ),
    1,
  ),
  maybe(some(["http_port: -1", 'http: "127.0.0.1:-1"'], ["https_port: -1", "http_port: -1\nhttps_port: -1", "http_port: 70000"]), 1),
  maybe(pair("default_js_domain", fc.constantFrom("{ A: hub }", "{ X: hub }", "{ SYS: hub }", '{ A: "h b" }')), 0.3),
  top === undefined
    ? fc.constant("")
    : maybe(
        blockOf(top, table, 0, 2, ({ name: key }) => !OWN.test(key)),
        1,
      ),
).map((text) => `${text}\n`);
