// JetStream in the nats.conf of the 0.x nats chart.

import { at, type Node } from "../../../document/node.ts";
import { both, choose, not, truth } from "../template.ts";
import { bare, bareAlways, block, braced, inQuotes, shown, word } from "./printed.ts";
import { beside, from, get, is, pick, pickDecision, type Scope, when } from "./scope.ts";

/** The `jetstream` block, a switch in the first charts that had it; undefined while it is off. */
export function jetstreamBlock(scope: Scope): Node | undefined {
  const jetstream = get(scope, "nats", "jetstream");
  const enabled = both(scope.since("0.6.0"), is(scope, "nats", "jetstream", "enabled"));
  return when(scope, enabled, () =>
    pick(
      scope,
      "0.7.0",
      () => full(scope, jetstream as Node),
      () => bare(at(jetstream, "enabled") as Node),
    ),
  );
}

function full(scope: Scope, jetstream: Node): Node {
  const write = beside(scope, jetstream);
  const encryption = at(jetstream, "encryption");
  // 0.8.7 wrote the sizes only for those who encrypt.
  const inside = pickDecision(
    scope,
    "0.8.8",
    () => true,
    () =>
      pickDecision(
        scope,
        "0.8.7",
        () => truth(encryption),
        () => true,
      ),
  );
  const memory = at(jetstream, "memStorage");
  const file = at(jetstream, "fileStorage");
  const onFile = truth(at(file, "enabled"));
  const elsewhere = (key: string): Node | undefined => from(scope, "0.19.10", () => shown(at(jetstream, key)));
  const size = (): Node =>
    choose(
      truth(at(file, "existingClaim")),
      () => bareAlways(at(file, "claimStorageSize"), beside(scope, at(file, "existingClaim"))),
      () => bareAlways(at(file, "size"), scope.write),
    ) as Node;
  const entries: Record<string, Node | undefined> = {
    key: from(scope, "0.8.7", () => key(scope, encryption)),
    cipher: from(scope, "0.19.5", () => shown(at(encryption, "cipher"))),
    max_mem: when(scope, truth(at(memory, "enabled")), () => bareAlways(at(memory, "size"), scope.write)),
    domain: from(scope, "0.8.9", () => shown(at(jetstream, "domain"))),
    store_dir: choose(
      onFile,
      () => bareAlways(at(file, "storageDirectory"), scope.write),
      () => elsewhere("store_dir"),
    ),
    max_file: choose(onFile, size, () => elsewhere("max_file")),
    unique_tag: from(scope, "0.17.0", () => shown(at(jetstream, "uniqueTag"))),
    max_outstanding_catchup: from(scope, "0.19.6", () => shown(at(jetstream, "maxOutstandingCatchup"))),
  };
  return choose(
    inside,
    () => braced(write, entries),
    () => block(write, {}),
  ) as Node;
}

function key(scope: Scope, encryption: Node | undefined): Node | undefined {
  const own = at(encryption, "key");
  const secret = at(encryption, "secret");
  const variable = (): Node => word("$JS_KEY", beside(scope, secret)(null).origin);
  return choose(
    truth(own),
    () => inQuotes(own as Node),
    () => when(scope, both(not(truth(own)), truth(secret)), variable),
  );
}
