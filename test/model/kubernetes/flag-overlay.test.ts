// Flags over files: a flag wins for what it sets, and leaves the rest.

import { describe, expect, test } from "vitest";
import { type Node, unknown } from "../../../service/document/node.ts";
import { plain, UNKNOWN } from "../../../service/document/plain.ts";
import { confWithFlags, streamingWithFlags } from "../../../service/model/kubernetes/flag-overlay.ts";
import { readFlags } from "../../../service/model/kubernetes/flags.ts";
import { fromYaml } from "./from-yaml.ts";

const hidden: Node = unknown("it is not in sight", { path: "a", span: { start: 0, end: 0 } });

describe("nats.conf", () => {
  test.each<[string, string, unknown]>([
    ["{port: 4000, debug: true}", "[-p, '4333']", { port: 4333, debug: true }],
    ["{debug: true}", "[-D=false]", { debug: false }],
    ["{Port: 4000}", "[-p, '4333']", { port: 4333 }],
    ["{monitor_port: 8000, logfile: /a}", "[-m, '8222', -l, /b]", { http_port: 8222, log_file: "/b" }],
    ["{http_port: 8000}", "[-m, '0']", { http_port: null }],
    ["{listen: '10.0.0.1:4000'}", "[-p, '4333']", { host: "10.0.0.1", port: 4333 }],
    ["{listen: '10.0.0.1:4000'}", "[-a, 10.0.0.2]", { host: "10.0.0.2", port: 4000 }],
    ["{listen: 4000}", "[-a, 10.0.0.2]", { host: "10.0.0.2", port: 4000 }],
    ["{authorization: {users: [], timeout: 5, user: a}}", "[--user, b]", { authorization: { users: [], timeout: 5, user: "b" } }],
    ["{jetstream: {store_dir: /a, max_file_store: 5}}", "[-js]", { jetstream: { store_dir: "/a", max_file_store: 5 } }],
    ["{jetstream: {store: /a, max_file_store: 5}}", "[-js, -sd, /b]", { jetstream: { store_dir: "/b", max_file_store: 5 } }],
    ["{jetstream: {store: /a, max_file_store: 5}}", "[-sd, /b]", { jetstream: { max_file_store: 5 }, store_dir: "/b" }],
    ["{jetstream: {enabled: false, store_dir: /a}}", "[-js]", { jetstream: { store_dir: "/a" } }],
    ["{jetstream: disabled}", "[-js]", { jetstream: {} }],
    ["{jetstream: {store_dir: /a}}", "[-js=false]", { jetstream: false }],
    ["{store_dir: /a}", "[-js, -sd, /b]", { jetstream: { store_dir: "/b" } }],
    ["{store_dir: /a}", "[-js]", { store_dir: "/a", jetstream: {} }],
    ["{}", "[--cluster_name, a]", {}],
    ["{cluster: {name: a, port: 6222}}", "[--cluster_name, b, --no_advertise]", { cluster: { name: "b", port: 6222, no_advertise: true } }],
    ["{cluster: {routes: [a]}}", "[--routes, 'b,c']", { cluster: { routes: ["b", "c"] } }],
    [
      "{cluster: {name: a, listen: 'x:6000', authorization: {user: u, password: p, timeout: 1}}}",
      "[--cluster, 'nats://0.0.0.0:6222']",
      { cluster: { name: "a", host: "0.0.0.0", port: 6222, authorization: { user: null, password: null, timeout: 1 } } },
    ],
    ["{cluster: {name: a, port: 6222}}", "[--cluster=]", { cluster: null }],
    [
      "{tls: {cert_file: a, key_file: b, ca_file: c, verify: true, timeout: 3}}",
      "[--tls, --tlscert=d, --tlskey=e]",
      { tls: { timeout: 3, cert_file: "d", key_file: "e" } },
    ],
    ["{tls: {cert_file: a, key_file: b}}", "[--tls=false]", { tls: null }],
    ["{jetstream: !unknown }", "[-js, -sd, /b]", { jetstream: { store_dir: "/b" } }],
    ["{cluster: !unknown }", "[--cluster_name, a]", { cluster: { name: "a" } }],
  ])("%s with %s", (file, args, conf) => {
    const { conf: flags } = readFlags(fromYaml(`command: [nats-server]\nargs: ${args}`), "nats");
    expect(plain(confWithFlags(fromYaml(file), flags))).toEqual(conf);
  });

  test("a file that is not in sight leaves what the flags say, and no more", () => {
    const { conf } = readFlags(fromYaml("command: [nats-server]\nargs: [-js, -c, /a]"), "nats");
    expect(confWithFlags(hidden, conf)).toMatchObject({ incomplete: "it is not in sight" });
    expect(plain(confWithFlags(hidden, conf))).toEqual({ jetstream: {} });
    expect(confWithFlags(hidden, fromYaml("{}"))).toBe(hidden);
  });

  test("a server without a file has its flags alone", () => {
    const { conf } = readFlags(fromYaml("command: [nats-server]\nargs: [-js, --cluster_name, a]"), "nats");
    expect(plain(confWithFlags(undefined, conf))).toEqual({ jetstream: {} });
  });
});

describe("stan.conf", () => {
  test.each<[string, string, unknown]>([
    ["{id: a, dir: /d}", "[-cid, b]", { cluster_id: "b", dir: "/d" }],
    ["{limits: {mc: 1, max_msgs: 2}}", "[-mc, '5']", { store_limits: { max_channels: 5, max_msgs: 2 } }],
    ["{}", "[-clustered]", { cluster: {} }],
    ["{}", "[--cluster_node_id, a]", {}],
    ["{}", "[-clustered, --cluster_node_id, a]", { cluster: { node_id: "a" } }],
    ["{cluster: {node_id: a, log_path: /l}}", "[--cluster_node_id, b]", { cluster: { node_id: "b", log_path: "/l" } }],
    ["{cluster: {node_id: a}}", "[-clustered=false]", { cluster: null }],
    ["{cluster: {node_id: a}}", '["-clustered=$(POD_NAME)"]', { cluster: UNKNOWN }],
    ["{sql_options: {driver: mysql}}", "[--sql_source, s]", { sql: { driver: "mysql", source: "s" } }],
  ])("%s with %s", (file, args, streaming) => {
    const env = "env: [{name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]";
    const flags = readFlags(fromYaml(`command: [nats-streaming-server]\n${env}\nargs: ${args}`), "stan");
    expect(plain(streamingWithFlags(fromYaml(file), flags.streaming))).toEqual(streaming);
  });
});
