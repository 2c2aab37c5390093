// Code of another tool's templates in a text: what will stand there is not known.

/**
 * Go templates, Jinja and SOPS. A subject mapping of NATS uses double braces too (`{{wildcard(1)}}`, `{{partition(3,1)}}`);
 * that is its own text and no template.
 */
export function holdsTemplateCode(text: string): boolean {
  if (text.includes("ENC[AES256_GCM") || text.includes("{%")) return true;
  if (!text.includes("{{")) return false;
  return text.replace(MAPPING, "").includes("{{");
}

const MAPPING =
  /\{\{\s*(?:wildcard|partition|split(?:fromleft|fromright|atleft|atright)?|slicefromleft|slicefromright|left|right|random)\s*\([^(){}]*\)\s*\}\}/gi;
