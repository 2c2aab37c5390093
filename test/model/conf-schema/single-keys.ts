// Configurations that set one key each, to one of many values: for asking a real server and the tables the same questions.
import { ACCOUNT_KEYS } from "../../../service/model/conf-schema/account-keys.ts";
import { NETWORK_KEYS } from "../../../service/model/conf-schema/network-keys.ts";
import { readTables } from "../../../service/model/conf-schema/read-table.ts";
import { SERVER_KEYS } from "../../../service/model/conf-schema/server-keys.ts";

/** Where a block stands, and what it needs beside the key that is tried, as name and text. */
const CONTEXTS: Readonly<Record<string, readonly [before: string, after: string, needs?: Readonly<Record<string, string>>]>> = {
  "": ["", ""],
  tls: ["tls {", "}"],
  route_tls: ["cluster { tls {", "} }"],
  certificate: ["tls { certs: [ {", "} ] }", { cert_file: "nope.pem", key_file: "nope.pem" }],
  ocsp_peer: ["tls { ocsp_peer {", "} }"],
  ocsp: ["ocsp {", "}"],
  ocsp_cache: ["ocsp_cache {", "}"],
  jetstream: ["jetstream {", "}"],
  limits: ["jetstream { limits {", "} }"],
  batch: ["jetstream { limits { batch {", "} } }"],
  tpm: ["jetstream { tpm {", "} }"],
  resolver: ["resolver {", "}", { type: "MEM" }],
  proxies: ["proxies {", "}"],
  trusted_proxy: ["proxies { trusted: [ {", "} ] }"],
  authorization: ["authorization {", "}"],
  cluster_authorization: ["cluster { authorization {", "} }"],
  user: ["authorization { users: [ {", "} ] }", { user: "a" }],
  permissions: ["authorization { default_permissions {", "} }"],
  allow_deny: ["authorization { default_permissions { publish {", "} } }"],
  allow_deny_queue: ["authorization { default_permissions { subscribe {", "} } }"],
  responses: ["authorization { default_permissions { allow_responses {", "} } }"],
  auth_callout: ["authorization { auth_callout {", "} }", { issuer: "ABJHLOVMPA4CI6R5KLNGOB4GSLNIY7IOUPAJC4YFNDLQVIOBYQGUWVLA", auth_users: "[a]" }],
  account: ["accounts { A {", "} }"],
  account_limits: ["accounts { A { limits {", "} } }"],
  account_jetstream: ["accounts { A { jetstream {", "} } }"],
  export: ["accounts { A { exports: [ {", "} ] } }"],
  latency: ["accounts { A { exports: [ { service: s, latency {", "} } ] } }", { subject: "l" }],
  import: ["accounts { B { exports: [ { service: q } ] }, A { imports: [ {", "} ] } }"],
  destination: ["mappings { foo: {", "} }", { weight: "10" }],
  msg_trace: ["accounts { A { msg_trace {", "} } }", { dest: "t" }],
  cluster: ["cluster {", "}"],
  compression: ["cluster { compression {", "} }"],
  gateway: ["gateway {", "}"],
  remote_gateway: ["gateway { gateways: [ {", "} ] }"],
  leafnodes: ["leafnodes {", "}"],
  leaf_authorization: ["leafnodes { authorization {", "} }"],
  leaf_user: ["leafnodes { authorization { users: [ {", "} ] } }"],
  remote: ["leafnodes { remotes: [ {", "} ] }"],
  migrate: ["leafnodes { remotes: [ { jetstream_cluster_migrate {", "} } ] }"],
  proxy: ['leafnodes { remotes: [ { url: "ws://h:1", proxy {', "} } ] }"],
  websocket: ["websocket {", "}"],
  mqtt: ["mqtt {", "}"],
  simple_authorization: ["mqtt { authorization {", "} }"],
};

/** One of each kind, and what is a hair's breadth beside it. */
export const VALUES: readonly string[] = [
  "1",
  "0",
  "-1",
  "300",
  "70000",
  "5000000000",
  "10M",
  "10GB",
  "1.5",
  "true",
  '"true"',
  '"1"',
  '"10M"',
  '"10G"',
  '"10Gi"',
  '"x"',
  '"a b"',
  '""',
  "2m",
  "30s",
  '"2m"',
  '"40s"',
  '"0s"',
  '"1d"',
  '"-1s"',
  "2016-05-04T18:53:41Z",
  "[]",
  "[a]",
  "[a, b.c]",
  "[1, b]",
  "[true]",
  '["a b"]',
  "[{a: b}]",
  "{}",
  "{a: b}",
  '"h:80"',
  '"h:x"',
  '"[::1]:80"',
  '"nats://u:p@h:4222/x?y#z"',
  '"nats://h:x"',
  '"nats://a b"',
  '"%zz"',
  '"1.2"',
  '"3.0.0"',
  '"2.7.0"',
  '"a.>"',
  '"a..b"',
  '"a.>.b"',
  '"50%"',
  '"101%"',
  "auto",
  "always",
  "enabled",
  "STANDARD",
  "[STANDARD, mqtt]",
  "close",
  "memory",
  '"URL(http://h/)"',
  "[TLS_AES_128_GCM_SHA256]",
  "[TLS_RSA_WITH_AES_128_CBC_SHA]",
  "[X25519]",
  '["10ms", "20ms"]',
  "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4",
  "ABJHLOVMPA4CI6R5KLNGOB4GSLNIY7IOUPAJC4YFNDLQVIOBYQGUWVLA",
  "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY",
  "OAFPCGEKYPVWOQDXEZ5Q5SSLCOIWKDKKYEPAKMWCXNLKEUZNEYSZZRSJ",
  "{ account: B, subject: q }",
];

export interface SingleKey {
  /** "cluster.port: 1" */
  readonly name: string;
  readonly text: string;
}

/** Every spelling with every value. */
export function singleKeys(): SingleKey[] {
  const table = readTables(SERVER_KEYS, ACCOUNT_KEYS, NETWORK_KEYS);
  return [...table].flatMap(([block, { spellings }]) => {
    const [before, after, needs = {}] = CONTEXTS[block] ?? [];
    if (before === undefined) return [];
    return [...spellings].flatMap(([spelling, { key }]) => {
      const others = Object.entries(needs).filter(([name]) => name !== key.name);
      const beside = others.map(([name, value]) => `${name}: ${value}\n`).join("");
      return VALUES.map((value) => ({
        name: `${block === "" ? "" : `${block}.`}${spelling}: ${value}`,
        text: `${before}\n${beside}${spelling}: ${value}\n${after}\n`,
      }));
    });
  });
}
