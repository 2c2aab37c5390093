import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "vitest";
import { at, type MapNode, text } from "../../../service/document/node.ts";
import { bitnami } from "../../../service/model/dialects/bitnami.ts";
import { stableNats } from "../../../service/model/dialects/stable-nats.ts";
import { qlik } from "../../../service/model/dialects/qlik.ts";
import { renderer } from "./bitnami-line.ts";
import { contradictions, withHoles } from "./knowledge.ts";
import { valuesOf } from "./plain-values.ts";
const s = renderer(stableNats, "stable-nats", "0.0.1", "7.0.0");
const b = renderer(bitnami, "bitnami-nats", "7.0.0", "999.0.0");
const q = renderer(qlik, "qlik-nats", "0.0.1", "999.0.0");
const byName = (objects: readonly MapNode[]) => new Map(objects.map((one) => [`${text(at(one, "kind"))} ${text(at(one, "metadata", "name"))}`, one]));
function known(objects: readonly MapNode[], full: ReadonlyMap<string, MapNode>): string[] {
  const open = objects.filter((one) => at(one, "kind")?.kind === "unknown" || at(one, "metadata", "name")?.kind === "unknown");
  const sure = byName(objects.filter((one) => !open.includes(one)));
  const wrong = [...sure].flatMap(([key, object]) => full.has(key) ? contradictions(object, full.get(key), key) : at(object,"spec")?.kind==="map" && (at(object,"spec") as MapNode).incomplete ? [] : [`${key} extra`]);
  const openKinds = new Set(open.map((one) => text(at(one, "kind"))));
  const gone = [...full.keys()].filter((key) => !sure.has(key) && !openKinds.has(key.split(" ")[0]) && !openKinds.has(undefined));
  return [...wrong, ...gone.map((key) => `${key} is gone`)];
}
test("knowledge", () => {
  const out: string[] = [];
  const names = readdirSync("/tmp/eq").filter((n) => /-(4\.3\.7|6\.6\.1|2\.0\.0|9\.0\.29|7\.5\.13|8\.5\.1)-/.test(n));
  for (const name of names) {
    const c = JSON.parse(readFileSync(`/tmp/eq/${name}/case.json`, "utf8"));
    const values = readFileSync(`/tmp/eq/${name}/values.yaml`, "utf8");
    for (const [r, given] of [[Number(c.version.split(".")[0]) >= 7 ? b : s, c], [q, { version: "1.0.0" }]] as const) {
      const node = valuesOf(values);
      const one = r(node, given).objects;
      const full = byName(one);
      for (const { path, tree } of withHoles(node)) for (const k of known(r(tree, given).objects, full)) out.push(`${name} without ${path}: ${k}`);
      const other = r(node, { ...given, release: null, namespace: null }).objects;
      if (other.length !== one.length) out.push(`${name} release ${other.length} ${one.length}`);
      else for (const [i, o] of other.entries()) for (const k of contradictions(o, one[i])) out.push(`${name} no release: ${k}`);
      if (r !== q) for (const v of [null, c.version.split(".")[0] + ".x"]) for (const k of known(r(node, { ...given, version: v }).objects, full)) out.push(`${name} version ${v}: ${k}`);
    }
  }
  writeFileSync("/tmp/oracle2.txt", out.join("\n"));
}, 100000);
