// Configurations of nats-streaming-server by chance: its stores, limits and modes, right and wrong in a place or two.
import fc, { type Arbitrary } from "fast-check";
import { readTables } from "../../service/model/conf-schema/read-table.ts";
import { STREAMING_KEYS } from "../../service/model/conf-schema/streaming-keys.ts";
import { blockOf } from "./values.ts";

const table = readTables(STREAMING_KEYS);

/** Written out below, or about other servers, databases and files. */
const TAKEN =
  /^(store|cluster|store_limits|file|sql|tls|ft_group|partitioning|encrypt|encryption_key|encryption_cipher|nats_server_url|secure|username|password|token|syslog_name|nkey_seed_file|hb_\w*|cluster_id|slice_archive_script|peers|log_path|raft_\w*|bootstrap|crc_poly|channels)$/;

const some = (right: readonly string[], wrong: readonly string[]): Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...right) }, fc.constantFrom(...wrong));
const maybe = (line: Arbitrary<string>): Arbitrary<string> => fc.oneof(line, { weight: 3, arbitrary: fc.constant("") });
const keys = (name: string): Arbitrary<string> => {
  const block = table.get(name);
  return block === undefined ? fc.constant("") : blockOf(block, table, 3, 2, ({ name: key }) => !TAKEN.test(key));
};

const CHANNELS = some(
  ["channels { a: {}, b.c: { max_msgs: 5 } }", 'channels { "a.>": { max_age: 1h } }'],
  ['channels { "a/b": {} }', 'channels { "a..b": {} }', 'channels { "a.>.b": {} }', "channels { a: { max_age: 5 } }"],
);

/** The `streaming` block, or its keys by themselves. */
export const someStreamingConf: Arbitrary<string> = fc
  .tuple(
    some(["store: memory", "store: FILE\ndir: ./data", 'store: file\ndir: "./data"', ""], ["store: file", "store: disk", "store: 5"]),
    maybe(some(["id: orders", "cluster_id: a-b"], ['id: "a b"', 'id: ""', "id: 5", 'id: "a.b"'])),
    maybe(fc.tuple(keys("store_limits"), maybe(CHANNELS)).map(([limits, channels]) => `store_limits {\n${limits}${channels}\n}`)),
    maybe(keys("file_options").map((inner) => `file {\n${inner}}`)),
    maybe(
      some(
        ["encrypt: true\nencryption_key: k", "encryption_key: k\nencryption_cipher: aes", "encrypt: false"],
        ["encrypt: true", "encryption_key: k\nencryption_cipher: des", "encrypt: yes please"],
      ),
    ),
    fc.oneof(
      { weight: 6, arbitrary: fc.constant("") },
      fc.constantFrom("partitioning: true", "ft_group: g", "cluster { node_id: a, bootstrap: true, log_path: ./log }", "partitioning: true\ncluster {}"),
    ),
    maybe(some(["hb_interval: 10s", "hb_fail_count: 5"], ["hb_interval: 10", "hb_fail_count: x", "hb_timeout: 2m"])),
    maybe(keys("streaming")),
    fc.boolean(),
  )
  .map(([...parts]) => {
    const own = parts
      .slice(0, -1)
      .filter((one) => one !== "")
      .join("\n");
    return parts.at(-1) === true ? `streaming {\n${own}\n}\n` : `${own}\n`;
  });
