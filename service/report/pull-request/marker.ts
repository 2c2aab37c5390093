// The last line of every comment: whose it is, what it is about, and whether anybody changed it since.
// Who it is from is decided by its author and this line together; text alone can be planted by anybody.

import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Who writes, and on which pull request. */
export interface Identity {
  /** "natslint[bot]", "github-actions[bot]". */
  readonly login: string;
  readonly isBot: boolean;
  /** Tells several natslint apart on one pull request. */
  readonly instance: string;
  /** "github.com" */
  readonly host: string;
  readonly repositoryId: number;
  readonly pullRequest: number;
  /** The first signs, each verifies; without any, comments are told by their author alone. */
  readonly keys: readonly string[];
}

export interface Marker {
  readonly fingerprint: string;
  /** "" for the summary. */
  readonly rule: string;
  /** Of the body as natslint wrote it. */
  readonly hash: string;
  /** The first 12 digits of the head that it was written for. */
  readonly head: string;
  /** Says that the finding is gone. */
  readonly isFixed: boolean;
}

export type About = Pick<Marker, "fingerprint" | "rule" | "head" | "isFixed">;

const VERSION = 1;
const SHAPE =
  /^<!-- natslint v=(\d+) i=([\w.-]+) fp=([a-z0-9-]+)(?: r=([a-z0-9-]+))? h=([0-9a-f]{16}) s=([0-9a-f]{0,12})( t=fixed)?(?: m=([0-9a-f]{32}))? -->$/;

/** The body with its marker below; it must hold no marker of its own, which sanitised text never does. */
export function withMarker(body: string, about: About, identity: Identity): string {
  const hash = hashOf(body);
  const marker: Marker = { ...about, head: about.head.slice(0, 12), hash };
  const [key] = identity.keys;
  return `${body.trimEnd()}\n\n<!-- natslint ${fields(marker, identity)}${key === undefined ? "" : ` m=${sign(marker, identity, key)}`} -->`;
}

/** The marker of a body, if it is the last line, of this version, of this instance and rightly signed. */
export function readMarker(body: string, identity: Identity): Marker | null {
  const found = SHAPE.exec(split(body).last);
  if (found === null) return null;
  const [, version, instance, fingerprint = "", rule = "", hash = "", head = "", fixed, signature = ""] = found;
  if (Number(version) !== VERSION || instance !== identity.instance) return null;
  const marker: Marker = { fingerprint, rule, hash, head, isFixed: fixed !== undefined };
  const isSigned = identity.keys.some((key) => isEqual(sign(marker, identity, key), signature));
  return identity.keys.length === 0 || isSigned ? marker : null;
}

/** The hash of a body without its marker: what `Marker.hash` is compared with. */
export function bodyHash(body: string): string {
  return hashOf(split(body).above);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n").trimEnd()).digest("hex").slice(0, 16);
}

function split(body: string): { readonly above: string; readonly last: string } {
  const whole = body.replaceAll("\r\n", "\n").trimEnd();
  const end = whole.lastIndexOf("\n");
  return { above: whole.slice(0, Math.max(0, end)), last: whole.slice(end + 1) };
}

function fields({ fingerprint, rule, hash, head, isFixed }: Marker, identity: Identity): string {
  return `v=${VERSION} i=${identity.instance} fp=${fingerprint}${rule === "" ? "" : ` r=${rule}`} h=${hash} s=${head}${isFixed ? " t=fixed" : ""}`;
}

/** Over the place too, so that a marker copied from another pull request is none. */
function sign(marker: Marker, identity: Identity, key: string): string {
  const said = `natslint comment\n${identity.host}\n${identity.repositoryId}\n${identity.pullRequest}\n${fields(marker, identity)}`;
  return createHmac("sha256", key).update(said).digest("hex").slice(0, 32);
}

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
