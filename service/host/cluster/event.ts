// An Event: what people find beside an object of theirs (`kubectl describe`, `kubectl get events`) when natslint did
// something about it that they should know.

import type { Connection } from "./connection.ts";

export interface Event {
  /** The object that it is about; Events lie in a namespace, and so has it to. */
  readonly about: { readonly apiVersion: string; readonly kind: string; readonly namespace: string; readonly name: string };
  /** In one word, with capitals, and the deed. */
  readonly reason: string;
  readonly action: string;
  /** A sentence, without content of any object. */
  readonly note: string;
  /** Which replica says it. */
  readonly by: string;
}

/** Writes it. Throws a ClusterTrouble. */
export async function tellEvent({ json }: Pick<Connection, "json">, { about, reason, action, note, by }: Event): Promise<void> {
  await json(`/apis/events.k8s.io/v1/namespaces/${about.namespace}/events`, {
    method: "POST",
    body: {
      apiVersion: "events.k8s.io/v1",
      kind: "Event",
      metadata: { generateName: `${about.name}-`.slice(0, 200), namespace: about.namespace },
      eventTime: `${new Date().toISOString().slice(0, -1)}000Z`,
      reportingController: "natslint.io/admission",
      reportingInstance: by.slice(0, 128),
      type: "Warning",
      regarding: about,
      reason,
      action,
      note,
    },
  });
}
