// Proof at the start that the policies still say no: an object that is certainly bad, and the same one mended. Policies
// that answer nothing at all would otherwise look like a cluster without faults.

import { type Engine, lint } from "../../lint.ts";
import { DEFAULT_SETTINGS } from "../../settings/settings.ts";

const settings = { ...DEFAULT_SETTINGS, environment: "production", today: "2026-01-01", named: ["self-test.yaml"] } as const;

/** One sentence when the policies do not tell the two apart; null when they do. Throws nothing. */
export function selfTest(engine: Engine): string | null {
  try {
    const errors = [2, 3].map((replicas) => {
      const { findings } = lint([{ path: "self-test.yaml", text: workload(replicas) }], settings, engine);
      return findings.filter(({ rule, severity }) => rule.judge === "policy" && severity === "error").length;
    });
    if (errors[0] === 0) return "the policies do not deny an object that is known to be bad";
    return errors[1] === 0 ? null : "the policies deny an object that is known to be good";
  } catch {
    return "the policies cannot be evaluated";
  }
}

const workload = (replicas: number): string => `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: nats}
spec:
  replicas: ${replicas}
  serviceName: nats
  selector: {matchLabels: {app: nats}}
  template:
    metadata: {labels: {app: nats}}
    spec:
      containers:
        - name: nats
          image: nats:2.10.18
          args: [--cluster_name, nats, --cluster, "nats://0.0.0.0:6222", --routes, "nats://nats-0.nats:6222"]
`;
