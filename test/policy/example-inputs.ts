// Inputs that policies are tried with where the answer itself does not matter: level against level, run against run.
import type { PolicyInput } from "../../service/policy/engine.ts";
import { filesOfExamples, modelsOf } from "../example-models.ts";

type Named = readonly [name: string, input: PolicyInput];

/** Names with inputs, models of the examples of each page and of its cases among them; each is evaluated on its own. */
export function exampleInputs(mostOfFile: number): readonly Named[] {
  const examples = filesOfExamples().flatMap((file) => [...first(modelsOf(file), mostOfFile)]);
  return [...plainInputs(), ...examples.map(({ name, input: one }) => [name, one] as const)];
}

/** At least one, where there is any. Takes no more than it gives. */
function* first<One>(all: Iterable<One>, most: number): Generator<One> {
  let given = 0;
  for (const one of all) {
    yield one;
    if (++given >= most) return;
  }
}

/** Inputs of no example. */
export function plainInputs(): readonly Named[] {
  return [
    ["no server", input([])],
    ["two of NATS", input([server({ replicas: 2 })])],
    ["two with JetStream", input([server({ replicas: 2, jetstream: {} })])],
    ["two where nobody knows of others", input([server({ replicas: 2, peers: undefined })])],
    ["one", input([server({ replicas: 1 })])],
    ["three", input([server({ replicas: 3 })])],
    ["a number that is not known", input([server({ replicas: undefined })])],
    ["a number that is not set", input([server({ replicas: null })])],
    ["two that are no cluster", input([server({ replicas: 2, cluster: null })])],
    ["two of STAN", input([server({ replicas: 2, kind: "stan" })])],
    ["several", input([server({ replicas: 3 }), server({ replicas: 2 }), server({ replicas: 2, jetstream: {} })])],
  ];
}

/** An input with these servers; `cluster-min-replicas` wants three. */
export function input(servers: readonly unknown[]): PolicyInput {
  return { model: { servers }, options: { "cluster-min-replicas": { least: 3 } } };
}

interface ServerParts {
  readonly kind?: string;
  readonly replicas?: number | null | undefined;
  readonly cluster?: object | null;
  readonly jetstream?: object | null;
  readonly peers?: boolean | undefined;
  readonly labels?: Readonly<Record<string, string>>;
}

/** The parts of a server that the first rules read: core NATS, clustered. */
export function server(parts: ServerParts): unknown {
  const { kind, replicas, cluster, jetstream, peers, labels } = {
    kind: "nats",
    cluster: {},
    jetstream: null,
    peers: false,
    labels: {},
    ...parts,
  };
  return { kind, config: { cluster, jetstream }, peers, workload: { replicas, pod: { labels } } };
}
