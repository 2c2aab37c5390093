// Text whose meaning another tool decides before anything reads it as YAML.

import { type Origin, unknown, type UnknownNode } from "../node.ts";
import { holdsTemplateCode } from "../template-code.ts";
import { TEMPLATE } from "./templates.ts";

export const ENCRYPTED = "it is encrypted";

/** A text on one line of which nobody can know what it will be; undefined where it is what is written. */
export function unknownText(text: string, origin: Origin): UnknownNode | undefined {
  if (text.includes("ENC[AES256_GCM,")) return unknown(ENCRYPTED, origin);
  if (holdsTemplateCode(text)) return { ...unknown(TEMPLATE, origin), code: text };
  if (text.includes("${") && /\$\{[^}]*\}/.test(text)) return unknown("a variable of another tool decides it", origin);
  return undefined;
}
