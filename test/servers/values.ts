// Values for the keys of the tables: mostly what a key takes, sometimes what is a hair's breadth beside it.
import fc, { type Arbitrary } from "fast-check";
import type { Block, Key, Table, Type } from "../../service/model/conf-schema/read-table.ts";
import { VALUES } from "../model/conf-schema/single-keys.ts";

const USER = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";
const ACCOUNT = "ABJHLOVMPA4CI6R5KLNGOB4GSLNIY7IOUPAJC4YFNDLQVIOBYQGUWVLA";

/** By the words of the tables: right ones, the borders among them. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  string: ["abc", '"a.b"', '"x-1"', '"x y"', '""'],
  "filled-string": ["abc"],
  bool: ["true", "false", "on", "no"],
  false: ["false"],
  int: ["0", "1", "-1", "10", "1k", "8MB"],
  size: ["10MB", '"1G"', "0", "1048576"],
  duration: ['"2m"', "30s", '"0s"', '"-1s"', "10"],
  "quoted-duration": ['"2m"', "40s", '"0s"'],
  seconds: ["1", "0.5", '"2s"', "61"],
  listen: ['"127.0.0.1:-1"', '"localhost:-1"', '"127.0.0.1:70000"'],
  url: ['"nats://127.0.0.1:6222"', '"127.0.0.1:6222"', '"nats://u:p@127.0.0.1:6223"'],
  "proxy-url": ['"http://127.0.0.1:3128"'],
  "leaf-version": ['"2.8.0"', '"2.10.1"'],
  percentage: ["50", '"50%"', "100", "0"],
  "account-nkey": [ACCOUNT],
  "user-nkey": [USER],
  "publish-subject": ["a.b"],
  sampling: ["1", '"50%"', "100"],
  "connection-type": ["STANDARD", "mqtt"],
  any: ["1", "x"],
};

const wrong = fc.constantFrom(...VALUES);

/** How deep blocks go into each other. */
const DEPTH = 3;

/** A value in the text of a configuration. */
function someValue(key: Key, table: Table, depth = 0): Arbitrary<string> {
  const right = key.type.map((type) => rightOf(type, table, depth)).filter((one) => one !== null);
  if (right.length === 0) return wrong;
  return fc.oneof({ weight: 24, arbitrary: fc.oneof(...right) }, { weight: 1, arbitrary: wrong });
}

function rightOf(type: Type, table: Table, depth: number): Arbitrary<string> | null {
  if (type.kind === "plain") {
    const values = RIGHT[type.of];
    const bounds = [type.least, type.most].filter((one) => one !== undefined).flatMap((one) => [one, one - 1, one + 1].map(String));
    return values === undefined ? null : fc.constantFrom(...values, ...(type.of === "quoted-duration" ? [] : bounds));
  }
  if (type.kind === "word") return fc.constantFrom(...type.words.map((word) => `"${word}"`));
  if (type.kind === "list") {
    const inner = type.of.map((one) => rightOf(one, table, depth)).filter((one) => one !== null);
    return inner.length === 0
      ? null
      : fc.array(fc.oneof(...inner), { minLength: type.filled ? 1 : 0, maxLength: 2 }).map((items) => `[${items.join(",\n ")}\n]`);
  }
  if (type.kind === "map") {
    const inner = type.of.map((one) => rightOf(one, table, depth)).filter((one) => one !== null);
    return inner.length === 0 ? null : fc.oneof(...inner).map((value) => `{ A: ${value} }`);
  }
  if (type.kind === "refused" || depth >= DEPTH) return null;
  const block = table.get(type.block);
  return block === undefined ? null : blockOf(block, table, depth + 1, 3).map((inner) => `{\n${inner}}`);
}

/** Some keys of a block, each by one of its names, in lines. */
export function blockOf(block: Block, table: Table, depth: number, most: number, isLeft: (key: Key) => boolean = () => true): Arbitrary<string> {
  const byKey = new Map<Key, string[]>();
  for (const [spelling, { key }] of block.spellings) if (isLeft(key) && !ELSEWHERE.test(key.name)) byKey.set(key, [...(byKey.get(key) ?? []), spelling]);
  const keys = [...byKey];
  if (keys.length === 0) return fc.constant("");
  return fc.uniqueArray(fc.nat(keys.length - 1), { maxLength: most }).chain((chosen) => {
    const pairs = chosen.flatMap((index) => {
      const [key, spellings] = keys[index] ?? [];
      return key === undefined || spellings === undefined ? [] : [fc.tuple(fc.constantFrom(...spellings), someValue(key, table, depth))];
    });
    return fc.tuple(...pairs).map((all) => all.map(([name, value]) => `${name}: ${value}\n`).join(""));
  });
}

/** What needs files, a network, Windows or another process, and what prints elsewhere. */
const ELSEWHERE =
  /^(log_file|syslog|remote_syslog|pid_file|ports_file_dir|prof_port|cert\w*|key_file|ca_\w*|ocsp\w*|operator|resolver\w*|tpm|keys_file|trusted_keys|tls|root\w*|dir|local_store|store_dir|credentials|pinned_certs|nkey)$/;
