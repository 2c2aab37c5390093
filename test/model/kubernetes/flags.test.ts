// What command lines say, in the words of the configuration files.

import { describe, expect, test } from "vitest";
import { at } from "../../../service/document/node.ts";
import { plain, UNKNOWN } from "../../../service/document/plain.ts";
import { readFlags, type ServerFlags } from "../../../service/model/kubernetes/flags.ts";
import { fromYaml } from "./from-yaml.ts";

const server = (args: string): ServerFlags => readFlags(fromYaml(`command: [nats-server]\nargs: ${args}`), "nats");
const stan = (args: string): ServerFlags => readFlags(fromYaml(`command: [/nats-streaming-server]\nargs: ${args}`), "stan");

describe("flags of nats-server", () => {
  test.each<[string, unknown]>([
    ["[]", {}],
    ["[-js]", { jetstream: {} }],
    ["[--jetstream=true, -sd, /data]", { jetstream: { store_dir: "/data" } }],
    ["[-sd, /data]", { store_dir: "/data" }],
    ["[-js=false]", { jetstream: false }],
    ['[-p, "4333", -a=10.0.0.1]', { port: 4333, host: "10.0.0.1" }],
    ['[--addr, a, --net, b, --port=0x10, -ms, "0"]', { host: "b", port: 16, https_port: null }],
    ['[-m, "8222", --https_port=8443, --profile, "6060"]', { http_port: 8222, https_port: 8443, prof_port: 6060 }],
    ["[-D]", { debug: true }],
    ["[-V]", { trace: true }],
    ["[-DV]", { debug: true, trace: true }],
    ["[-VV]", { trace: true, trace_verbose: true }],
    ["[-DVV]", { debug: true, trace: true, trace_verbose: true }],
    ["[-D, -DV=false]", { debug: false, trace: false }],
    ["[--debug=0, -T=F]", { debug: false, logtime: false }],
    ["[-n, a, --name, b, --server_name=c]", { server_name: "c" }],
    ["[--server_name=]", { server_name: null }],
    ["[--user, a, --pass=b=c]", { authorization: { user: "a", password: "b=c" } }],
    ["[--auth, t]", { authorization: { token: "t" } }],
    ["[-P, /a.pid, -l, /a.log, -s, -r, udp://x]", { pid_file: "/a.pid", log_file: "/a.log", syslog: true, remote_syslog: "udp://x" }],
    ["[--client_advertise, a:4222]", { client_advertise: "a:4222" }],
    ['[--cluster_name=c, --no_advertise, --connect_retries, "5"]', { cluster: { name: "c", no_advertise: true, connect_retries: 5 } }],
    ["[--cluster_advertise, a:6222]", { cluster: { advertise: "a:6222" } }],
    ['[--routes, "nats://a:6222, nats://b:6222"]', { cluster: { routes: ["nats://a:6222", "nats://b:6222"] } }],
    ['[--cluster, "nats://0.0.0.0:6222"]', { cluster: { host: "0.0.0.0", port: 6222, authorization: { user: null, password: null } } }],
    ['[--cluster_listen, "nats://u:p:q@[::]:-1/x"]', { cluster: { host: "::", port: -1, authorization: { user: "u", password: "p:q" } } }],
    ["[--cluster=nats://:6222]", { cluster: { host: null, port: 6222, authorization: { user: null, password: null } } }],
    ["[--cluster=]", { cluster: null }],
    ["[--tls, --tlscert=a, --tlskey, b, --tlscacert=c]", { tls: { cert_file: "a", key_file: "b", ca_file: "c" } }],
    ["[--tlsverify, --tlscert=a, --tlskey=b]", { tls: { cert_file: "a", key_file: "b", verify: true } }],
    ["[--tls=false, --tlscert=a]", { tls: null }],
  ])("%s", (args, conf) => expect(plain(server(args).conf)).toEqual(conf));

  test("the last of several values counts, and the file is named by -c", () => {
    const flags = server("[-c, /a.conf, --config=/b.conf]");
    expect(flags.configFile).toMatchObject({ kind: "scalar", value: "/b.conf" });
    expect(flags.conf.incomplete).toBeUndefined();
  });

  test("a value's origin is its own text, with the flag as its key", () => {
    const text = "command: [nats-server]\nargs: [-sd, /data, --name=a]";
    const { conf } = readFlags(fromYaml(text), "nats");
    const [directory, name] = [at(conf, "store_dir")?.origin, at(conf, "server_name")?.origin];
    expect(text.slice(directory?.span.start, directory?.span.end)).toBe("/data");
    expect(text.slice(directory?.key?.start, directory?.key?.end)).toBe("-sd");
    expect(text.slice(name?.span.start, name?.span.end)).toBe("--name=a");
    expect(name?.key).toBeUndefined();
    expect(name?.via).toEqual([{ kind: "command line", flag: "-name" }]);
  });
});

describe("flags of nats-streaming-server", () => {
  test.each<[string, unknown]>([
    ["[-cid, a, -st, FILE, --dir=/d]", { cluster_id: "a", store: "FILE", dir: "/d" }],
    [
      '[-mc, "5", -msu=6, --max_msgs, "7", -mb, 900mb, -ma, 2h]',
      { store_limits: { max_channels: 5, max_subs: 6, max_msgs: 7, max_bytes: 943718400, max_age: "2h" } },
    ],
    ["[-SD]", { stan_debug: true }],
    ["[-SDV]", { stan_debug: true, stan_trace: true }],
    ["[-SV, -SDV=false]", { stan_trace: false, stan_debug: false }],
    ["[-clustered, --cluster_node_id, a, -cluster_peers, 'b, c']", { clustered: true, cluster: { node_id: "a", peers: ["b", "c"] } }],
    ["[--cluster_log_path=/l, --cluster_bootstrap, -cluster_raft_logging]", { cluster: { log_path: "/l", bootstrap: true, raft_logging: true } }],
    ["[-ft_group, g, -ns, nats://a:4222]", { ft_group: "g", nats_server_url: "nats://a:4222" }],
    ["[--sql_driver=postgres, --sql_source, s, --sql_no_caching]", { sql: { driver: "postgres", source: "s", no_caching: true } }],
    ["[-hbi, 10s, -hbt=5s, -hbf, '2']", { hb_interval: "10s", hb_timeout: "5s", hb_fail_count: 2 }],
    ["[--file_compact_enabled=false, --file_auto_sync, 1m]", { file: { compact: false, auto_sync: "1m" } }],
    ["[-encryption_key, k]", { encryption_key: "k", encrypt: true }],
  ])("%s", (args, streaming) => expect(plain(stan(args).streaming)).toEqual(streaming));

  test("flags of the embedded server are in conf", () => {
    const flags = stan("[-m, '8222', -sc, /s.conf, -c, /n.conf, --cluster, 'nats://0.0.0.0:6222', -cid, x]");
    expect(plain(flags.conf)).toMatchObject({ http_port: 8222, cluster: { port: 6222 } });
    expect([flags.configFile, flags.streamingConfigFile]).toMatchObject([{ value: "/n.conf" }, { value: "/s.conf" }]);
    expect(plain(flags.streaming)).toEqual({ cluster_id: "x" });
  });
});

describe("what the server refuses", () => {
  test.each<[string, string, string]>([
    ["[-js, 'true', -c, /a.conf]", "true", "no flag"],
    ["['-DV -m 8222']", "DV -m 8222", "unknown flag"],
    ["[--http_base_path, /x]", "http_base_path", "unknown flag"],
    ["[-d]", "d", "unknown flag"],
    ["[-p]", "p", "no value"],
    ["[-p, abc]", "p", "not a value"],
    ["[-D=yes]", "D", "not a value"],
    ["[--cluster, '0.0.0.0:6222']", "cluster", "not a value"],
    ["[--cluster, 'nats://0.0.0.0']", "cluster", "not a value"],
    ["[--cluster, 'nats://u@h:6222']", "cluster", "not a value"],
    ["[--tls, --tlscert, a]", "tlskey", "incomplete"],
    ["[---js]", "---js", "no flag"],
    ["[--, -js]", "--", "no flag"],
    ["['']", "", "no flag"],
  ])("%s", (args, flag, because) => expect(server(args).faults).toMatchObject([{ flag, because }]));

  test("STAN's client certificate makes the embedded server want one of its own", () => {
    expect(stan("[-tls_client_cert, a]").faults.map((one) => one.flag)).toEqual(["tlscert", "tlskey"]);
  });

  test("a fork's own flag is no fault, but what it does is not known", () => {
    const flags = readFlags(fromYaml("image: example.com/qnatsd:0.3.3\ncommand: [qnatsd]\nargs: [-c, /a.conf, --jwt_users_file=/u.json, -D]"), "nats");
    expect(flags.faults).toEqual([]);
    expect(flags.configFile).toMatchObject({ value: "/a.conf" });
    expect(flags.conf).toMatchObject({ incomplete: "the flag jwt_users_file is not known" });
    expect(plain(flags.conf)).toEqual({ debug: true });
  });
});

describe("arguments that are not known", () => {
  const env = `env:
  - { name: PORT_NO, value: "4333" }
  - { name: FLAG, value: -js }
  - { name: POD_NAME, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
  - { name: PASS, valueFrom: { secretKeyRef: { name: a, key: b } } }
`;
  const read = (args: string): ServerFlags => readFlags(fromYaml(`image: nats:2.10.18\n${env}args: ${args}`), "nats");
  test.each<[string, unknown, boolean]>([
    ['["-p", "$(PORT_NO)"]', { port: 4333 }, true],
    ['["$(FLAG)"]', { jetstream: {} }, true],
    ['["--name", "$(POD_NAME)", "-js"]', { server_name: UNKNOWN, jetstream: {} }, true],
    ['["--name=$(POD_NAME)-x", "-js"]', { server_name: UNKNOWN, jetstream: {} }, true],
    ['["--name", "$(NEVER)", "-D"]', { server_name: "$(NEVER)", debug: true }, true],
    ['["--name", "$$(PORT_NO)"]', { server_name: "$(PORT_NO)" }, true],
    ['["-D", "$(POD_NAME)", "-js"]', { debug: true }, false],
    ['["--$(POD_NAME)=x", "-js"]', {}, false],
    ["[-p, !unknown , -js]", { port: UNKNOWN, jetstream: {} }, true],
    ["[-D, !unknown , -js]", { debug: true }, false],
    ["!unknown", {}, false],
    ["[-js, !unknown release]", { jetstream: {} }, false],
    ['["-js=$(POD_NAME)"]', { jetstream: UNKNOWN }, true],
    ['["--cluster", "$(POD_NAME)"]', { cluster: { host: UNKNOWN, port: UNKNOWN, authorization: UNKNOWN } }, true],
    ['["--routes", "nats://a:6222,$(POD_NAME)"]', { cluster: { routes: UNKNOWN } }, true],
  ])("%s", (args, conf, complete) => {
    const flags = read(args);
    expect(plain(flags.conf)).toEqual(conf);
    expect(flags.conf.incomplete === undefined).toBe(complete);
    expect(flags.configFile === undefined).toBe(complete);
  });

  test("a password from a variable is known to come from one", () => {
    expect(at(read('["--user", "a", "--pass", "$(PASS)"]').conf, "authorization", "password")).toMatchObject({ kind: "unknown", same: "variable PASS" });
  });

  test("a file of unknown path is a file", () => {
    expect(read('["-c", "$(POD_NAME).conf"]').configFile).toMatchObject({ kind: "unknown" });
    expect(read("[-c, /a.conf, !unknown ]").configFile).toMatchObject({ value: "/a.conf" });
  });
});
