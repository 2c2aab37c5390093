// Who of several replicas does what only one may do: the holder of a Lease. Times in it are of other machines' clocks, so
// a lease counts as given up only when it was not renewed for its whole time by this one's.

import type { Connection } from "./connection.ts";
import { ClusterTrouble } from "./trouble.ts";

export interface LeaseName {
  readonly namespace: string;
  readonly name: string;
  /** This replica: no other has it. */
  readonly identity: string;
  readonly seconds: number;
}

export interface HeldLease {
  /** Takes or renews it; true while it is held. Throws a ClusterTrouble when the API server does not answer. */
  readonly hold: () => Promise<boolean>;
  /** Gives it up, if it is held. */
  readonly release: () => Promise<void>;
}

interface LeaseObject {
  readonly metadata: { readonly resourceVersion?: string };
  readonly spec?: { readonly holderIdentity?: string; readonly leaseDurationSeconds?: number };
}

/** `now` gives milliseconds that only ever grow. */
export function heldLease({ json }: Pick<Connection, "json">, { namespace, name, identity, seconds }: LeaseName, now: () => number): HeldLease {
  const all = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
  let seen = { version: "", at: 0 };

  const spec = (holder: string): object => ({
    holderIdentity: holder,
    leaseDurationSeconds: seconds,
    renewTime: `${new Date().toISOString().slice(0, -1)}000Z`,
  });
  const head = { apiVersion: "coordination.k8s.io/v1", kind: "Lease" };
  async function read(): Promise<LeaseObject | null> {
    try {
      return (await json(`${all}/${name}`)) as LeaseObject;
    } catch (thrown) {
      if (isStatus(thrown, 404)) return null;
      throw thrown;
    }
  }
  /** False when another was quicker. */
  async function write(holder: string, was: LeaseObject | null): Promise<boolean> {
    try {
      if (was === null) await json(all, { method: "POST", body: { ...head, metadata: { name, namespace }, spec: spec(holder) } });
      else await json(`${all}/${name}`, { method: "PUT", body: { ...head, metadata: { name, namespace, ...was.metadata }, spec: spec(holder) } });
      return true;
    } catch (thrown) {
      if (isStatus(thrown, 409)) return false;
      throw thrown;
    }
  }
  return {
    hold: async () => {
      const lease = await read();
      const holder = lease?.spec?.holderIdentity ?? "";
      const version = lease?.metadata.resourceVersion ?? "";
      if (version !== seen.version) seen = { version, at: now() };
      const given = (lease?.spec?.leaseDurationSeconds ?? seconds) * 1_000;
      if (holder !== "" && holder !== identity && now() - seen.at < given) return false;
      return await write(identity, lease);
    },
    release: async () => {
      const lease = await read();
      if (lease?.spec?.holderIdentity === identity) await write("", lease);
    },
  };
}

/** Did the API server answer with this status? */
export function isStatus(thrown: unknown, status: number): boolean {
  return thrown instanceof ClusterTrouble && thrown.statusCode === status;
}
