// How fast a nats.conf is read, beside the yaml library on the same tree: in one process, in turns, because neither is a program.
import { performance } from "node:perf_hooks";
import { parse, stringify } from "yaml";
import { readConf } from "../service/document/conf/read-conf.ts";
import { percentile, say, title } from "./print.ts";

const ACCOUNTS = 4_000;
const ROUNDS = 7;

export function conf(): void {
  const tree = someTree(ACCOUNTS);
  const texts = { conf: asConf(tree), yaml: stringify(tree) };
  title(`a nats.conf of ${megabytes(texts.conf)} MB, and the same tree as ${megabytes(texts.yaml)} MB of YAML; median of ${ROUNDS} rounds`);
  const own = (): unknown => readConf(texts.conf, { path: "nats.conf", origin: (span) => ({ path: "nats.conf", span }) });
  const peer = (): unknown => parse(texts.yaml);
  const times = { own: [] as number[], peer: [] as number[] };
  for (let round = -2; round < ROUNDS; round++) {
    const [mine, theirs] = [seconds(own), seconds(peer)];
    // The first rounds are for the compiler.
    if (round >= 0) {
      times.own.push(mine);
      times.peer.push(theirs);
    }
  }
  const rates = { own: texts.conf.length / 1e6 / percentile(times.own, 50), peer: texts.yaml.length / 1e6 / percentile(times.peer, 50) };
  say(`readConf ${rates.own.toFixed(1)} MB/s, with the place of each key and value`);
  say(`yaml     ${rates.peer.toFixed(1)} MB/s`);
  const times10 = percentile(times.peer, 50) / percentile(times.own, 50);
  say(`target at least 10 times as fast on the same tree: ${times10.toFixed(1)}, ${times10 >= 10 ? "met" : "missed"}`);
}

function seconds(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function megabytes(text: string): string {
  return (text.length / 1e6).toFixed(1);
}

type Tree = string | number | boolean | readonly Tree[] | { readonly [key: string]: Tree };

/** What large configurations are: accounts with users, permissions, exports and limits. */
function someTree(accounts: number): Tree {
  const one = (index: number): readonly [string, Tree] => [
    `ACCOUNT_${index}`,
    {
      users: [1, 2].map((user) => ({
        user: `user-${index}-${user}`,
        password: `$2a$11$${"x".repeat(40)}${index}`,
        permissions: { publish: { allow: [`orders.${index}.>`, `audit.${index}.*`], deny: "admin.>" }, subscribe: [`orders.${index}.>`, "_INBOX.>"] },
      })),
      exports: [{ stream: `orders.${index}.>`, accounts: [`ACCOUNT_${index + 1}`] }],
      jetstream: { max_mem: 1_048_576, max_file: index * 1024, max_streams: index % 9, max_bytes_required: index % 2 === 0 },
      limits: { max_connections: 100, max_payload: 65_536 },
    },
  ];
  return { port: 4222, server_name: "nats-0", debug: false, accounts: Object.fromEntries(Array.from({ length: accounts }, (_, index) => one(index))) };
}

/** As people write it: a line for each key, no quotes but where they are needed. */
function asConf(tree: Tree, indent = ""): string {
  if (typeof tree !== "object") return typeof tree === "string" ? JSON.stringify(tree) : String(tree);
  const inner = `${indent}  `;
  if (isList(tree)) return `[\n${tree.map((item) => `${inner}${asConf(item, inner)}`).join(",\n")}\n${indent}]`;
  const pairs = Object.entries(tree).map(([key, value]) => `${indent === "" ? "" : indent}${key}: ${asConf(value, inner)}`);
  return indent === "" ? `${pairs.join("\n")}\n` : `{\n${pairs.join("\n")}\n${indent.slice(2)}}`;
}

function isList(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree);
}
