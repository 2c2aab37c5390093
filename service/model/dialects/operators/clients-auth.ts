// The users of a NatsCluster as the chart of nats-operator puts them into a Secret: JSON whose texts are not escaped.

import { at, type MapNode, type Node, scalar } from "../../../document/node.ts";
import { goText } from "../nats-0x/printed.ts";
import { beside, each, get, given, is, type Scope, some, withTrue } from "../nats-0x/scope.ts";
import { both, not, truth, type Written } from "../template.ts";

/** One user of their own key, or as many as the list has; then the single one does not count. */
export function clientsAuth(scope: Scope): MapNode {
  const auth = get(scope, "cluster", "auth");
  const several = get(scope, "cluster", "auth", "users");
  const name = get(scope, "cluster", "auth", "username");
  const write = beside(scope, auth);
  return write({
    users: beside(
      scope,
      several,
    )([
      ...some(both(truth(name), not(truth(several))), () => [
        beside(scope, name)({ username: text(name, write(null)), password: text(get(scope, "cluster", "auth", "password"), write(null)) }),
      ]),
      ...some(is(scope, "cluster", "auth", "users"), () => each(several, (user) => [one(scope, user)])),
    ]),
    default_permissions: given(scope, "cluster", "auth", "defaultPermissions"),
  }) as MapNode;
}

function one(scope: Scope, user: Node): Written {
  const write = beside(scope, user);
  return {
    username: text(at(user, "username"), write(null)),
    password: text(at(user, "password"), write(null)),
    permissions: withTrue(at(user, "permissions"), (node) => node),
  };
}

/** What stands between quotes is a text, whatever the value was. */
function text(node: Node | undefined, beside: Node): Node {
  const said = goText(node);
  return typeof said === "string" ? scalar(said, (node ?? beside).origin) : said;
}
