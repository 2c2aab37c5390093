// Single things that people write into values, whatever the chart: for values by chance.
import fc from "fast-check";

export interface Piece {
  readonly at: RegExp;
  readonly values: fc.Arbitrary<unknown>;
  /** The piece is a whole map, and nothing below it is set by itself. */
  readonly whole?: true;
}

export const one = (...values: unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values);

export const affinity: object = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { labelSelector: { matchLabels: { "app.kubernetes.io/name": "nats" } }, topologyKey: "kubernetes.io/hostname" },
    ],
  },
};
export const preferred: object = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: {
          labelSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["nats", "stan"] }] },
          topologyKey: "topology.kubernetes.io/zone",
        },
      },
    ],
  },
};
export const resources: fc.Arbitrary<unknown> = one(
  {},
  { limits: { cpu: 2, memory: "4Gi" }, requests: { cpu: "500m", memory: "4Gi" } },
  { requests: { cpu: 1, memory: "512Mi" } },
  { limits: { memory: "64Mi" } },
);
export const users: readonly object[] = [
  { user: "app", password: "s3cr3t-1", permissions: { publish: ["orders.>"], subscribe: { allow: ["_INBOX.>"], deny: "audit.>" } } },
  { user: "ops", password: "$2a$11$Zg4nJr1vqjQX9k4hXo0X5.x5X5X5X5X5X5X5X5X5X5X5X5X5X5X5X" },
  { user: "any", password: "12345" },
];
export const accounts: object = {
  SYS: { users: [{ user: "sys", password: "sys-pass" }] },
  APP: { jetstream: true, users: [{ user: "a", password: "a-pass" }], exports: [{ stream: "events.>" }] },
};

export const sizes: fc.Arbitrary<unknown> = one("2Gi", "500Mi", "1G", "10Gi", "64Mi", 1073741824, "1073741824");
export const numbers: fc.Arbitrary<unknown> = one(1, 3, 10, 512, 65536, 999999, 8388608, "1MB", "8388608");
export const durations: fc.Arbitrary<unknown> = one("10s", "2m", "120s", "30s", 30, "1h30m");
export const seconds: fc.Arbitrary<unknown> = one(0, 1, 5, 10, 30, 60, 120, "60");
export const replicas: fc.Arbitrary<unknown> = one(1, 2, 3, 3, 4, 5, "3", 0);
export const ports: fc.Arbitrary<unknown> = one(4222, 443, 6222, 8080, 7422, 31222);
export const names: fc.Arbitrary<unknown> = one("nats-one", "my-claim", "broker");
export const secrets: fc.Arbitrary<unknown> = one("s3cr3t", "pa ss", "12345", 12345, "5k", "p@ss/w:rd", "$2a$11$abc", 'with"quote', "0e3", "true");
