// The rig itself: what the other tests of this folder lean on.
import { expect, inject, test } from "vitest";
import { kubernetesVersion } from "../../tools/kubernetes.ts";
import { annotationsOf, apply, auditLog, did, until } from "./kubectl.ts";

test("the API server is the version that go.mod names, and answers its administrator", async () => {
  expect(JSON.parse(await did(["version", "-o", "json"]))).toMatchObject({ serverVersion: { gitVersion: kubernetesVersion } });
});

test("what is applied is kept and noted", async () => {
  const answer = await apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "kept", namespace: "default" }, data: { key: "value" } });
  expect(answer).toMatchObject({ code: 0, stdout: "configmap/kept created\n", stderr: "" });
  expect(await did(["get", "configmap", "kept", "-o", "jsonpath={.data.key}"])).toBe("value");
  expect(await annotationsOf("configmaps", "kept")).toMatchObject({ "authorization.k8s.io/decision": "allow" });
  await until("the event", () => auditLog(inject("api")).some(({ verb, objectRef }) => verb === "create" && objectRef?.name === "kept"));
});
