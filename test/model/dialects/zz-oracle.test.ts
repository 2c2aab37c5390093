import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "vitest";
import { bitnami } from "../../../service/model/dialects/bitnami.ts";
import { stableNats } from "../../../service/model/dialects/stable-nats.ts";
import { differences, renderer } from "./bitnami-line.ts";
const s = renderer(stableNats, "stable-nats", "0.0.1", "7.0.0");
const b = renderer(bitnami, "bitnami-nats", "7.0.0", "999.0.0");
test("oracle", () => {
  const out: string[] = [];
  let ok = 0;
  for (const name of readdirSync("/tmp/eq").sort()) {
    const f = `/tmp/eq/${name}`;
    const c = JSON.parse(readFileSync(`${f}/case.json`, "utf8"));
    const values = readFileSync(`${f}/values.yaml`, "utf8");
    const r = (Number(c.version.split(".")[0]) >= 7 ? b : s)(values, c);
    const d = differences(r, readFileSync(`${f}/rendered.yaml`, "utf8"));
    if (d.length === 0) ok++;
    for (const one of d) out.push(`${name}: ${one}`);
  }
  out.unshift(`${ok} ok`);
  writeFileSync("/tmp/oracle.txt", out.join("\n"));
}, 60000);
