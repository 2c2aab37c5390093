// Who may connect, in the nats.conf of the 0.x charts. Several sources each write a block of their own, and the last
// one wins: users beside accounts are gone without a word.

import { at, type Node } from "../../../document/node.ts";
import { both, choose, type Decision, either, not, truth } from "../template.ts";
import { bareAlways, block, confJoined, escapedJson, inQuotes, inRawQuotes, json, shown, shownInQuotes, word } from "./printed.ts";
import { beside, each, from, get, is, isText, orUnset, pick, pickDecision, type Scope, when, withTrue } from "./scope.ts";

export interface Authorization {
  /** Top level entries of nats.conf. */
  readonly entries: Readonly<Record<string, Node | undefined>>;
  /** Why there may be more: an included file. */
  readonly incomplete?: string;
}

export function authorization(scope: Scope): Authorization {
  const on = both(scope.since("0.3.0"), is(scope, "auth", "enabled"));
  const basic = get(scope, "auth", "basic");
  const resolver = resolverOf(scope);
  const entries: Record<string, Node | undefined> = {
    ...resolver.entries,
    no_auth_user: from(scope, "0.6.0", () => shown(at(basic, "noAuthUser"))),
    authorization: authorizationBlock(scope, basic, resolver.isOwn),
    accounts: from(scope, "0.6.0", () => withTrue(at(basic, "accounts"), (node) => asJson(scope, node))),
  };
  const decided = Object.fromEntries(Object.entries(entries).map(([key, node]) => [key, when(scope, on, () => node)] as const));
  if (on === false) decided["authorization"] = orUnset(undefined, get(scope, "auth", "enabled"));
  const included = both(on, resolver.included);
  if (included === false) return { entries: decided };
  return { entries: decided, incomplete: included === true ? "it includes a file of accounts that is not in sight" : included.because };
}

/** How accounts are resolved by their JWT; `isOwn` is the resolver that the server itself keeps. */
function resolverOf(scope: Scope): { readonly entries: Record<string, Node | undefined>; readonly isOwn: Decision; readonly included: Decision } {
  const resolver = get(scope, "auth", "resolver");
  const write = beside(scope, resolver);
  const present = pickDecision(
    scope,
    "0.6.0",
    () => truth(resolver),
    () => true,
  );
  const type = at(resolver, "type");
  const isMemory = both(present, isText(type, "memory"));
  const isFull = both(both(present, scope.since("0.7.0")), isText(type, "full"));
  const isUrl = both(present, isText(type, "URL"));
  const configMap = truth(at(resolver, "configMap"));
  const isOwn = both(isFull, not(configMap));
  const url = (): Node | undefined => withTrue(at(resolver, "url"), (node) => confJoined("bare", beside(scope, node), "URL(", node, ")"));
  const jwt = at(get(scope, "auth"), "operatorjwt", "configMap", "key");
  const operatorFile = (): Node => confJoined("bare", beside(scope, jwt), "/etc/nats-config/operator/", jwt);
  const own = (key: string): Node | undefined =>
    pick(
      scope,
      "0.8.10",
      () => shown(at(resolver, key)),
      () => bareAlways(at(resolver, key), scope.write),
    );
  return {
    entries: {
      resolver: choose(
        isMemory,
        () => word("MEMORY", write(null).origin),
        () =>
          choose(
            isOwn,
            () => ownResolver(scope, resolver as Node),
            () => when(scope, isUrl, url),
          ),
      ),
      operator: choose(
        isOwn,
        () => own("operator"),
        () => when(scope, isUrl, operatorFile),
      ),
      system_account: systemAccount(scope, isOwn, isUrl),
      resolver_preload: from(scope, "0.7.0", () => when(scope, present, () => withTrue(at(resolver, "resolverPreload"), json))),
    },
    isOwn,
    included: either(isMemory, both(isFull, configMap)),
  };
}

function ownResolver(scope: Scope, resolver: Node): Node {
  const write = beside(scope, resolver);
  return block(write, {
    type: word("full", write(null).origin),
    dir: inQuotes(at(resolver, "store", "dir") ?? write("")),
    allow_delete: bareAlways(at(resolver, "allowDelete"), scope.write),
    interval: inQuotes(at(resolver, "interval") ?? write("")),
  });
}

/** Below `auth` it wins over the one of the resolver, which stands before it. */
function systemAccount(scope: Scope, isOwn: Decision, isUrl: Decision): Node | undefined {
  const own = get(scope, "auth", "resolver", "systemAccount");
  const account = get(scope, "auth", "systemAccount");
  const print = (node: Node | undefined): Node | undefined =>
    pick(
      scope,
      "0.19.4",
      () => shownInQuotes(node),
      () => shown(node),
    );
  const ofResolver = (): Node | undefined =>
    when(scope, isOwn, () =>
      pick(
        scope,
        "0.8.10",
        () => print(own),
        () => bareAlways(own, scope.write),
      ),
    );
  return pick(
    scope,
    "0.6.0",
    () => choose(truth(account), () => print(account), ofResolver),
    () => when(scope, isUrl, () => bareAlways(account, scope.write)),
  );
}

function authorizationBlock(scope: Scope, basic: Node | undefined, ownResolver: Decision): Node | undefined {
  const auth = get(scope, "auth");
  const token = at(auth, "token");
  const users = at(basic, "users");
  const permissions = at(basic, "defaultPermissions");
  const oldToken = at(basic, "token");
  const timeout = (): Node | undefined => from(scope, "0.8.10", () => shown(at(auth, "timeout")));
  const hasUsers = pickDecision(
    scope,
    "0.17.4",
    () => either(truth(users), either(truth(at(basic, "timeout")), truth(permissions))),
    () => both(scope.since("0.6.0"), truth(users)),
  );
  const isOldToken = pickDecision(
    scope,
    "0.8.8",
    () => false,
    () => both(scope.since("0.8.4"), truth(oldToken)),
  );
  /** In the order of the text. */
  const sources: readonly (readonly [Decision, () => Node])[] = [
    [both(scope.since("0.8.10"), both(ownResolver, truth(at(auth, "timeout")))), () => block(beside(scope, auth), { timeout: timeout() })],
    [both(scope.since("0.8.8"), truth(token)), () => block(beside(scope, token), { token: inRawQuotes(token as Node), timeout: timeout() })],
    [
      both(scope.since("0.8.9"), is(scope, "auth", "nkeys", "users")),
      () => {
        const nkeys = get(scope, "auth", "nkeys");
        return block(beside(scope, nkeys), { timeout: timeout(), users: jsonList(scope, at(nkeys, "users")) });
      },
    ],
    [
      hasUsers,
      () =>
        block(beside(scope, basic), {
          timeout: timeout(),
          users: withTrue(users, () => jsonList(scope, users)),
          default_permissions: from(scope, "0.17.4", () => withTrue(permissions, (node) => defaultPermissions(scope, node))),
        }),
    ],
    [isOldToken, () => block(beside(scope, oldToken), { token: inRawQuotes(oldToken as Node) })],
    [both(scope.since("0.8.10"), truth(at(basic, "accounts"))), () => block(beside(scope, at(basic, "accounts")), { timeout: timeout() })],
  ];
  let last: Node | undefined;
  for (const [written, content] of sources) {
    const before = last;
    last = choose(written, content, () => before);
  }
  return last;
}

function defaultPermissions(scope: Scope, node: Node): Node {
  const side = (key: string): Node | undefined => withTrue(at(node, key), (subjects) => jsonList(scope, subjects));
  return block(beside(scope, node), { publish: side("publish"), subscribe: side("subscribe") });
}

function jsonList(scope: Scope, node: Node | undefined): Node {
  if (node?.kind === "unknown") return node;
  return beside(scope, node)(each(node, (item) => [asJson(scope, item)]));
}

/** Until 0.6.2 the chart escaped for HTML. */
function asJson(scope: Scope, node: Node): Node {
  return pick(
    scope,
    "0.6.2",
    () => json(node),
    () => escapedJson(node),
  ) as Node;
}
