// Text whose meaning another tool decides before anything reads it as YAML.

import { holdsTemplateCode } from "../template-code.ts";
import { TEMPLATE } from "./templates.ts";

export const ENCRYPTED = "it is encrypted";

/** Why nobody can know what a text on one line will be; undefined where it is what is written. */
export function unknownBecause(text: string): string | undefined {
  if (text.includes("ENC[AES256_GCM,")) return ENCRYPTED;
  if (holdsTemplateCode(text)) return TEMPLATE;
  if (text.includes("${") && /\$\{[^}]*\}/.test(text)) return "a variable of another tool decides it";
  return undefined;
}
