import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "vitest";
import { readYaml } from "../../../service/document/yaml/read-yaml.ts";
import { assemble } from "../../../service/model/kubernetes/assemble.ts";
import { readObjects } from "../../../service/model/kubernetes/objects.ts";
import { conform } from "../../../service/model/conform.ts";
import { bitnami } from "../../../service/model/dialects/bitnami.ts";
import { stableNats } from "../../../service/model/dialects/stable-nats.ts";
import { renderer } from "./bitnami-line.ts";
const s = renderer(stableNats, "stable-nats", "0.0.1", "7.0.0");
const b = renderer(bitnami, "bitnami-nats", "7.0.0", "999.0.0");
const schema = JSON.parse(readFileSync("schemas/model.schema.json", "utf8"));
const server = { ...schema, ...schema.$defs.server, $defs: schema.$defs, properties: schema.$defs.server.properties };
function diff(a: any, h: any, path: string, out: string[]) {
  if (JSON.stringify(a) === JSON.stringify(h)) return;
  if (a && h && typeof a === "object" && typeof h === "object" && Array.isArray(a) === Array.isArray(h)) {
    for (const k of new Set([...Object.keys(a), ...Object.keys(h)])) diff(a[k], h[k], `${path}/${k}`, out);
  } else out.push(`${path}: ${JSON.stringify(a)?.slice(0,150)} HELM ${JSON.stringify(h)?.slice(0,150)}`);
}
test("pipeline", () => {
  const out: string[] = []; let ok = 0, n = 0;
  const folders = [...readdirSync("/tmp/eq").map((x) => `/tmp/eq/${x}`), ...readdirSync("../shared/equivalence").filter((x) => x.startsWith("stable-nats")).map((x) => `../shared/equivalence/${x}`)];
  for (const f of folders) {
    const c = JSON.parse(readFileSync(`${f}/case.json`, "utf8"));
    const text = readFileSync(`${f}/rendered.yaml`, "utf8");
    const r = (Number(c.version.split(".")[0]) >= 7 ? b : s)(readFileSync(`${f}/values.yaml`, "utf8"), c);
    const ctx = { schema, sourceText: (p: string) => (p === "rendered.yaml" ? text : undefined), serverVersion: null, chartVersion: null, nodes: null } as any;
    const docs = readYaml({ path: "rendered.yaml", text } as any).documents.flatMap((d: any) => readObjects(d.root ?? d));
    n++;
    const json = (objects: any) => assemble({ objects, complete: true }, ctx).map((x) => conform(x.tree, server as any).json);
    try {
      const a = json(r.objects.flatMap((o) => readObjects(o))); const h = json(docs);
      const d: string[] = []; diff(a, h, "", d);
      if (d.length === 0 && a.length === 1) ok++; else out.push(...(d.length ? d : ["no server " + a.length]).map((x) => `${f.split("/").pop()} ${x}`));
    } catch (e) { out.push(`${f} ${(e as Error).stack?.slice(0, 300)}`); }
  }
  out.unshift(`${ok} of ${n}`);
  writeFileSync("/tmp/pipeline.txt", out.join("\n"));
}, 200000);
