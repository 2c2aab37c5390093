// A context that knows nothing of the outside, for tests of what stands in one text.

import { type ConfContext, type ConfDocument, readConf } from "../../../service/document/conf/read-conf.ts";
import { typed, type TypedJson } from "../../../service/document/conf/typed.ts";

const path = "nats.conf";

const context: ConfContext = {
  path,
  origin: (span, key) => ({ path, span, ...(key === undefined ? {} : { key }) }),
};

export function read(text: string, more: Partial<ConfContext> = {}): ConfDocument {
  return readConf(text, { ...context, ...more });
}

/** The tree, or "refused". */
export function outcome(text: string, more: Partial<ConfContext> = {}): TypedJson {
  const document = read(text, { literal: true, ...more });
  return document.errors.some((error) => error.refused) ? "refused" : typed(document.root);
}
