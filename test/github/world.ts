// All that the calls of the fake GitHub work on.

import type { Access } from "./access.ts";
import type { Json } from "./rest-schema.ts";
import type { State } from "./state.ts";

export interface Limits {
  /** Entries of a tree before it is cut off. */
  treeEntries: number;
  /** Comments of a conversation before it takes no more. */
  comments: number;
  /** Bytes of a text before GraphQL cuts it off. */
  text: number;
  /** Calls of one token that are left; Infinity, unless a test sets it. */
  calls: number;
  /** Creating calls of one minute; more meet the secondary limit. */
  createsPerMinute: number;
}

/** A webhook that was sent, as the App's delivery log has it. */
export interface FakeDelivery {
  readonly json: Json;
  /** Sends it again, with the same id. */
  readonly again: () => void;
}

export interface World {
  readonly state: State;
  readonly access: Access;
  readonly app: { readonly id: number; readonly slug: string };
  readonly limits: Limits;
  readonly deliveries: FakeDelivery[];
  /** Writes one line into the log of writes. */
  log(line: string): void;
}
