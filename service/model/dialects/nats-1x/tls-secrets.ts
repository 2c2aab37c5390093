// Certificates from Secrets and ConfigMaps: the volumes of a pod and where its container mounts them.

import type { Node } from "../../../document/node.ts";
import { both, choose, type Decision, either, type Written } from "../template.ts";
import type { Chart } from "./chart.ts";
import { PROTOCOLS } from "./config.ts";
import { printedValue } from "./go-values.ts";

const ENCRYPTED = PROTOCOLS.slice(0, 6);

export function tlsSecretMounts(chart: Chart): readonly Written[] {
  return [caMount(chart), ...ENCRYPTED.map((block) => choose(hasSecret(chart, block), () => mount(chart, block)))];
}

export function tlsSecretVolumes(chart: Chart): readonly Written[] {
  return [caVolume(chart), ...ENCRYPTED.map((block) => choose(hasSecret(chart, block), () => volume(chart, block)))];
}

/** The volume of the CA that all blocks share. */
export function caVolume(chart: Chart): Node | undefined {
  const write = chart.near("tlsCA");
  const content = (): Node =>
    write({
      name: "tls-ca",
      configMap: choose(chart.on("tlsCA", "configMapName"), () => write({ name: printedValue(chart.get("tlsCA", "configMapName")) })),
      secret: choose(
        chart.on("tlsCA", "configMapName"),
        () => undefined,
        () => write({ secretName: printedValue(chart.get("tlsCA", "secretName")) }),
      ),
    });
  return choose(hasCa(chart), content);
}

export function caMount(chart: Chart): Node | undefined {
  return choose(hasCa(chart), () => chart.near("tlsCA")({ name: "tls-ca", mountPath: printedValue(chart.get("tlsCA", "dir")) ?? null }));
}

function hasCa(chart: Chart): Decision {
  if (chart.isEarly) return false;
  return both(chart.on("tlsCA", "enabled"), either(chart.on("tlsCA", "configMapName"), chart.on("tlsCA", "secretName")));
}

function hasSecret(chart: Chart, block: string): Decision {
  const isOn = both(block === "nats" ? true : chart.on("config", block, "enabled"), chart.on("config", block, "tls", "enabled"));
  return both(isOn, chart.on("config", block, "tls", "secretName"));
}

function mount(chart: Chart, block: string): Node {
  return chart.near("config", block, "tls")({ name: `${block}-tls`, mountPath: printedValue(chart.get("config", block, "tls", "dir")) ?? null });
}

function volume(chart: Chart, block: string): Node {
  const secretName = printedValue(chart.get("config", block, "tls", "secretName"));
  return chart.near("config", block, "tls")({ name: `${block}-tls`, secret: { secretName } });
}
