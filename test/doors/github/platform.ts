// A repository of a platform team, with as many faults as a test wants.
import { TRIO } from "../world.ts";

/** A copy of the chart lies beside the values. */
const CHART = "apiVersion: v2\nname: nats\nversion: 2.14.2\nhome: https://github.com/nats-io/k8s\n";

export type Fault = "replicas" | "debug" | "trace";

/** Values of one release in production: `replicas` in line 5, `debug` and `trace` below line 20. */
export function values(...faults: readonly Fault[]): string {
  const own = faults.includes("replicas") ? TRIO.replace("replicas: 3", "replicas: 2") : TRIO;
  const logging = faults.filter((fault) => fault !== "replicas").map((fault) => `    ${fault}: true\n`);
  return own.replace("    max_payload: << 1MB >>\n", `    max_payload: << 1MB >>\n${logging.join("")}`);
}

/** The files of a release. */
export function release(name: string, ...faults: readonly Fault[]): Record<string, string> {
  return { [`production/${name}/values.yaml`]: values(...faults), [`production/${name}/Chart.yaml`]: CHART };
}

/** A server of its own in each of so many documents: thousands take minutes. */
export function servers(count: number): string {
  const one = (index: number): string => `---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: nats-${index}}
spec:
  replicas: 2
  serviceName: nats-${index}
  selector: {matchLabels: {app: nats-${index}}}
  template:
    metadata: {labels: {app: nats-${index}}}
    spec: {containers: [{name: nats, image: "nats:2.10.1", args: ["--cluster", "nats://0.0.0.0:6222"]}]}
`;
  return Array.from({ length: count }, (_, index) => one(index)).join("");
}
