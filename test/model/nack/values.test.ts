// Values of NACK's chart become its controller; taking one out of what is known makes nothing else known.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { MapNode, Node } from "../../../service/document/node.ts";
import { candidates, type ChartFacts, defaults } from "../../../service/model/chart-facts.ts";
import { nack } from "../../../service/model/dialects/nack.ts";
import { mergeValues } from "../../../service/model/helm-values.ts";
import { readObjects } from "../../../service/model/kubernetes/objects.ts";
import { nackController } from "../../../service/model/nack/controllers.ts";
import { root } from "../../../tools/opa.ts";
import { contradictions, withHoles } from "../dialects/knowledge.ts";
import { tree } from "../yaml-tree.ts";

const facts = JSON.parse(readFileSync(join(root, "charts", "nack.json"), "utf8")) as ChartFacts;
const origin = { path: "values.yaml", span: { start: 0, end: 0 } };
const scope = { release: "nack", namespace: "messaging", environment: null, from: null, complete: true };

function controller(values: Node, version: string | null, release: string | null = "nack"): MapNode | null {
  const chart = candidates(facts, version, "0.18.0", "999.0.0");
  const given = { name: release, namespace: release === null ? null : "messaging", chartName: "nack" };
  const { objects, switches } = nack.render(mergeValues(defaults(chart, origin), [values], "nack"), chart, given);
  const [deployment] = objects.flatMap(readObjects);
  return deployment === undefined ? null : nackController(deployment, scope, switches);
}

const VALUES = tree(`
jetstream:
  image: { tag: 0.23.0, registry: registry.example }
  nats:
    url: nats://nats:4222
    credentials: { secret: { name: nats-creds, key: sys.creds } }
    nkey: { secret: { name: nats-nkey, key: sys.nkey } }
  tls: { enabled: true, tlsFirst: true, secretName: nats-tls, settings: { client_ca: /etc/nats/certs/root.crt } }
  controlLoop: true
  additionalArgs: [--cache-dir=/cache]
namespaced: true
readOnly: true
additionalVolumes: [{ name: cache, emptyDir: {} }]
additionalVolumeMounts: [{ name: cache, mountPath: /cache }]
`);

const holes = [...withHoles(VALUES)].map(({ path, tree: less }) => [path, less] as const);

test.each(holes)("without %s", (_, less) => {
  const full = controller(VALUES, "0.34.0");
  const known = controller(less, "0.34.0");
  if (known !== null && full !== null) expect(contradictions(known, full)).toEqual([]);
});

test("of an open version, release and namespace only what is the same in all is known", () => {
  const full = controller(VALUES, "0.34.0");
  for (const known of [controller(VALUES, null), controller(VALUES, "0.34.0", null)])
    if (known !== null && full !== null) expect(contradictions(known, full)).toEqual([]);
  expect(controller(VALUES, "0.34.0", null)?.entries.get("controlLoop")).toMatchObject({ value: true });
});
