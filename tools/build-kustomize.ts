// Renders deploy/kustomize from the chart, for those who use no Helm. With --check it only compares.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installProgram } from "./kubernetes.ts";
import { root } from "./opa.ts";

/** The chart's folder, relative to the root. */
export const chart = "deploy/helm/natslint";

/** What `deploy/kustomize/natslint.yaml` has to be. Builds Helm if it is not there. */
export function kustomizeBase(): string {
  const rendered = execFileSync(installProgram("helm"), ["template", "natslint", chart, "--namespace", "natslint"], { cwd: root, encoding: "utf8" });
  // It is not Helm that will manage them.
  const objects = rendered.replaceAll(/^ *(app\.kubernetes\.io\/managed-by|helm\.sh\/chart): .*\n/gm, "").replaceAll(/^# Source: .*\n/gm, "");
  return `# Generated from ${chart} by tools/build-kustomize.ts: change it there, or by patches of your own.\n${namespace}${objects}`;
}

const namespace = `apiVersion: v1
kind: Namespace
metadata:
  name: natslint
  labels:
    pod-security.kubernetes.io/enforce: restricted
`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const path = join(root, "deploy", "kustomize", "natslint.yaml");
  const text = kustomizeBase();
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    process.stderr.write("deploy/kustomize/natslint.yaml is not what the chart renders: run npm run build:kustomize\n");
    process.exitCode = 1;
  }
}
