// Who belongs to whose fault tolerance group, and when that cannot be told.

import { expect, test } from "vitest";
import { at } from "../../service/document/node.ts";
import { plain, UNKNOWN } from "../../service/document/plain.ts";
import { withFtPeers } from "../../service/model/ft-peers.ts";
import type { Found } from "../../service/model/releases.ts";
import { fromYaml } from "./kubernetes/from-yaml.ts";

function found(streaming: string): Found {
  const tree = fromYaml(`{kind: stan, streaming: ${streaming}}`);
  return {
    path: "stan.yaml",
    release: null,
    namespace: null,
    complete: false,
    chart: undefined,
    unread: [],
    server: { tree, confErrors: [], confSaid: () => [] },
    environment: undefined,
  };
}

const a = "{cluster_id: orders, ft_group: a}";

test.each<[string, readonly string[], unknown]>([
  ["alone", [a], false],
  ["with one of the same group", [a, "{id: orders, ft_group_name: a}"], true],
  ["with one of another group", [a, "{id: orders, ft_group: b}"], false],
  ["with one of another cluster", [a, "{id: payments, ft_group: a}"], false],
  ["with one that has no group", [a, "{id: orders}"], false],
  ["with a server that is no STAN", [a, "null"], false],
  ["with one whose group is not known", [a, "{id: orders, ft_group: !unknown }"], UNKNOWN],
  ["with one of another group whose cluster is not known", [a, "{id: !unknown '', ft_group: b}"], false],
  ["with one of the same group whose cluster is not known", [a, "{id: !unknown '', ft_group: a}"], UNKNOWN],
  ["with one of which nothing is known", [a, "!unknown "], UNKNOWN],
  ["with the same group in the default cluster", ["{ft_group: a}", "{id: test-cluster, ft_group: a}"], true],
  ["with a number for a name", ["{ft_group: 1}", "{ft_group: '1'}"], true],
  ["without a group", ["{id: orders}", a], null],
  ["with an empty name", ["{ft_group: ''}", "{ft_group: ''}"], null],
  ["not known to have a group", ["{ft_group: !unknown }", a], UNKNOWN],
])("a server %s", (_, servers, answer) => {
  const [first] = withFtPeers(servers.map(found));
  const node = at(first?.server.tree, "ftPeers");
  expect(node === undefined ? undefined : plain(node)).toEqual(answer);
});
