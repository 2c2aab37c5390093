// What the chart renders from one set of values, by the real Helm.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { chart } from "../../tools/build-kustomize.ts";
import { programPath } from "../../tools/kubernetes.ts";
import { root } from "../../tools/opa.ts";

export interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  // biome-ignore lint/suspicious/noExplicitAny: objects of every kind, which the API server's schemas judge
  readonly [key: string]: any;
}

/** Names of the sets of values in `ci/` of the chart, without their ending. */
export const valueSets: readonly string[] = readdirSync(join(root, chart, "ci"))
  .map((name) => name.replace(/-values\.yaml$/, ""))
  .sort();

export function valuesFile(set: string): string {
  return `${chart}/ci/${set}-values.yaml`;
}

/** False where there is no Helm: `npm run build:kustomize` builds it. */
export function helmThere(): boolean {
  return programPath("helm") !== null;
}

/** Helm's answer, run in the repository's root. */
export function helm(args: readonly string[], input = ""): { readonly code: number; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(programPath("helm") ?? "helm", args, { cwd: root, encoding: "utf8", input, maxBuffer: 64 * 1024 * 1024 });
  return { code: status ?? 1, stdout, stderr };
}

/** The manifest of a release named natslint in the namespace policy. */
export function render(...flags: readonly string[]): string {
  const { code, stdout, stderr } = helm(["template", "natslint", chart, "--namespace", "policy", ...flags]);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

export function objects(manifest: string): Rendered[] {
  return parseAllDocuments(manifest).flatMap((document) => (document.contents === null ? [] : [document.toJS() as Rendered]));
}
