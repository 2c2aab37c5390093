// Every command that docs/in-cluster.md shows, run as it stands against a real API server, in an order in which an administrator might.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { installProgram } from "../../tools/kubernetes.ts";
import { type Fence, readBlocks } from "../../tools/markdown.ts";
import { root } from "../../tools/opa.ts";
import { did, kubectl, run, until } from "./kubectl.ts";

const fences = readBlocks(readFileSync(join(root, "docs/in-cluster.md"), "utf8"))
  .filter((block): block is Fence => block.kind === "fence" && block.info === "sh")
  .map(({ text }) => text);
const left = new Set(fences);
let folder: string;

/** Runs the one fence that begins so, or is just that, and it must succeed. */
async function follow(start: string): Promise<void> {
  const [fence, ...others] = fences.filter((text) => (start.endsWith("\n") ? text === start : text.startsWith(start)));
  if (fence === undefined || others.length > 0) throw new Error(`${others.length + (fence === undefined ? 0 : 1)} fences begin with ${start}`);
  left.delete(fence);
  const path = `export PATH=${dirname(installProgram("helm"))}:$PATH; cd ${folder}; set -e\n`;
  const { code, stderr } = await run("bash", ["-c", `${path}${fence}`], { api: inject("api") });
  if (code !== 0) throw new Error(`${fence}${stderr}`);
}

const configurations = (): Promise<string> => did(["get", "validatingwebhookconfigurations", "-o", "name"]);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "natslint-guide-"));
  mkdirSync(join(folder, "deploy"));
  cpSync(join(root, "deploy"), join(folder, "deploy"), { recursive: true });
  writeFileSync(join(folder, "natslint.pem"), "a key\n");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("Helm installs it, one line takes it out of the path, and Helm removes the rest", async () => {
  await follow("helm install natslint deploy/helm/natslint --namespace natslint --create-namespace");
  expect(await configurations()).toContain("/natslint\n");
  await follow("kubectl delete validatingwebhookconfiguration natslint\n");
  expect(await configurations()).toBe("");
  const again = await run(installProgram("helm"), ["upgrade", "natslint", join(root, "deploy/helm/natslint"), "--namespace", "natslint", "--reuse-values"], {
    api: inject("api"),
  });
  expect(again, again.stderr).toMatchObject({ code: 0 });
  expect(await configurations()).toContain("/natslint\n");
  await follow("helm uninstall natslint");
  expect(await configurations()).toBe("");
});

test("the GitHub service alone", async () => {
  await follow("kubectl -n natslint create secret");
  expect(await did(["-n", "natslint", "get", "deployments", "-o", "name"])).toBe("deployment.apps/natslint-github\n");
  await run(installProgram("helm"), ["uninstall", "natslint", "--namespace", "natslint"], { api: inject("api") });
});

test("kubectl applies it, and removes it in the order that the guide gives", async () => {
  await follow("kubectl apply -k");
  expect(await did(["-n", "natslint", "get", "deployments", "-o", "name"])).toBe("deployment.apps/natslint-admission\n");
  const removal = follow("kubectl delete validatingwebhookconfiguration natslint\nkubectl delete -k");
  // Nobody empties a namespace here, so kubectl would wait for ever.
  await until(
    "the namespace is going",
    async () => (await kubectl(["get", "namespace", "natslint", "-o", "jsonpath={.status.phase}"])).stdout === "Terminating",
  );
  const gone = { apiVersion: "v1", kind: "Namespace", metadata: { name: "natslint" }, spec: { finalizers: [] } };
  await did(["replace", "--raw", "/api/v1/namespaces/natslint/finalize", "-f", "-"], [gone]);
  await removal;
  expect(await configurations()).toBe("");
});

test("no command of the guide was left out", () => {
  expect([...left]).toEqual([]);
});
