// Certificates without anybody else: one replica leads, makes them, keeps them in a Secret and tells the API server which
// authorities to trust; all replicas serve what stands in the Secret.

import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { certificateSecret } from "../../host/cluster/certificate-secret.ts";
import { openCluster } from "../../host/cluster/connection.ts";
import { tellEvent } from "../../host/cluster/event.ts";
import { heldLease } from "../../host/cluster/lease.ts";
import { webhookConfiguration } from "../../host/cluster/webhook-configuration.ts";
import { failureFields } from "../../serving/failure-fields.ts";
import type { Log } from "../../serving/log.ts";
import type { Pair } from "./certificate.ts";
import type { SecretName } from "./configuration.ts";
import { bundleOf, fromTexts, rotate, toTexts } from "./rotation.ts";

export interface SelfManagedOptions {
  readonly kubeconfig: string | null;
  readonly secret: SecretName;
  /** The webhook's configuration in the cluster. */
  readonly configuration: string;
  /** By which the API server calls. */
  readonly serviceName: string;
  /** Milliseconds between two looks. */
  readonly every: number;
  readonly log: Log;
}

export interface SelfManaged {
  /** What stands in the Secret. Throws a ClusterTrouble, and an Error while nothing stands in it. */
  readonly read: () => Promise<Pair>;
  readonly stop: () => Promise<void>;
}

const LEASE_SECONDS = 30;

/** Throws an Error with a sentence where the kubeconfig cannot be used. */
export function selfManaged({ kubeconfig, secret, configuration, serviceName, every, log }: SelfManagedOptions): SelfManaged {
  const connection = openCluster(kubeconfig === null ? {} : { kubeconfig });
  const store = certificateSecret(connection, secret);
  const webhooks = webhookConfiguration(connection, configuration);
  const identity = `${hostname()}-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
  const lease = heldLease(connection, { ...secret, name: `${secret.name}-leader`, identity, seconds: LEASE_SECONDS }, () => performance.now());
  const stopping = new AbortController();
  let leads = false;
  /** The API server had the right authorities: if it has not now, somebody took them away. */
  let wereRight = false;

  /** One look of the leader. Everything is read anew, and written only where nobody else wrote meanwhile. */
  async function lead(): Promise<void> {
    const maker = await import("./authority.ts");
    const { version, texts } = await store.read();
    const before = fromTexts(texts);
    const observed = before === null ? false : await tell(bundleOf(before));
    const after = await rotate(before, { now: Date.now(), names: [serviceName], isObserved: observed }, maker);
    if (after === before) return;
    if (!(await store.write({ version, texts: toTexts(after) }))) return log.warn("the certificates were changed by another");
    log.info("certificates changed", { leaf: after.leaf !== before?.leaf, authority: after.authority !== before?.authority, next: after.next !== null });
    wereRight = false;
    await tell(bundleOf(after));
  }

  /** Tells the API server the authorities where it does not have them; true when it had. */
  async function tell(bundle: string): Promise<boolean> {
    const wrong = [...(await webhooks.read())].filter(([, has]) => has.trim() !== bundle.trim()).map(([name]) => name);
    if (wrong.length === 0) {
      wereRight = true;
      return true;
    }
    await webhooks.write(wrong, bundle);
    log.warn("the webhook's authorities were put right", { webhooks: wrong.join(",") });
    if (wereRight) await complain(wrong);
    return false;
  }

  /** Beside the Secret: the configuration itself is in no namespace. Who took them away does so again, and has to be found. */
  async function complain(wrong: readonly string[]): Promise<void> {
    const note = `Something changed the authorities (caBundle) of ${wrong.join(", ")} in the ValidatingWebhookConfiguration ${configuration}; they were put right`;
    const about = { apiVersion: "v1", kind: "Secret", ...secret };
    await tellEvent(connection, { about, reason: "AuthoritiesChanged", action: "PutRight", note, by: identity }).catch((thrown: unknown) =>
      log.warn("an event could not be written", failureFields(thrown)),
    );
  }

  const looking = (async () => {
    while (!stopping.signal.aborted) {
      try {
        const holds = await lease.hold();
        if (holds !== leads) log.info(holds ? "this replica leads" : "another replica leads");
        leads = holds;
        if (holds) await lead();
      } catch (thrown) {
        log.warn("the certificates were not looked after", { ...failureFields(thrown), why: (thrown as { readonly kind?: string }).kind });
      }
      // As often as the lease wants it; what a paused machine slept through is found by the wall clock.
      await pause(Math.min(every, (LEASE_SECONDS * 1_000) / 3), undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  })();

  return {
    read: async () => {
      const { texts } = await store.read();
      const state = fromTexts(texts);
      if (state === null) throw Object.assign(new Error("the Secret holds no certificate yet"), { code: "empty" });
      return { certificate: state.leaf.certificate, key: state.leaf.key };
    },
    stop: async () => {
      stopping.abort();
      await looking;
      if (leads) await lease.release().catch(() => undefined);
      connection.close();
    },
  };
}
