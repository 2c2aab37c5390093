// The files that a nats.conf includes, as written.

import { readConf } from "./read-conf.ts";

export function includesOf(text: string): readonly string[] {
  if (!/\binclude\b/i.test(text)) return [];
  return readConf(text, { path: "", origin: (span) => ({ path: "", span }) }).includes.map((one) => one.path);
}
