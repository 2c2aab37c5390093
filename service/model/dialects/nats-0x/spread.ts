// Topology spread constraints as the 0.x charts of nats-io pass them on.

import { at, type Node } from "../../../document/node.ts";
import { both, truth } from "../template.ts";
import { plain } from "./printed.ts";
import { each, get, type Scope, some, withTrue } from "./scope.ts";

/** Three keys of each constraint are kept; the selector is always the chart's own. */
export function spread(scope: Scope, labels: () => Node): Node | undefined {
  return withTrue(get(scope, "topologySpreadConstraints"), (node) =>
    scope.write(
      each(node, (item) =>
        some(both(truth(at(item, "maxSkew")), truth(at(item, "topologyKey"))), () => [
          {
            maxSkew: plain(scope.title, at(item, "maxSkew"), scope.write),
            topologyKey: at(item, "topologyKey"),
            whenUnsatisfiable: withTrue(at(item, "whenUnsatisfiable"), (own) => own),
            labelSelector: { matchLabels: labels() },
          },
        ]),
      ),
    ),
  );
}
