// A configuration in a ConfigMap is judged whether or not its server is in sight, and once.
import { describe, expect, test } from "vitest";
import { lint } from "../../service/lint.ts";
import { DEFAULT_SETTINGS } from "../../service/settings/settings.ts";
import { testEngine } from "../engine.ts";

const engine = await testEngine();
const said = (text: string): readonly string[] =>
  lint([{ path: "nats.yaml", text }], { ...DEFAULT_SETTINGS, today: "2026-01-01", named: ["nats.yaml"] }, engine).findings.map(
    (one) => `${one.start.line}:${one.start.column} ${one.rule.id}`,
  );
const configMap = (conf: string, more = ""): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: nats-config }\ndata:\n  nats.conf: |\n${conf.replace(/^/gm, "    ")}\n${more}`;
const pods = `---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: nats }
spec:
  replicas: 1
  template:
    spec:
      containers:
        - { name: nats, image: "nats:2.10.22", args: [-c, /etc/nats/nats.conf], volumeMounts: [{ name: config, mountPath: /etc/nats }] }
      volumes: [{ name: config, configMap: { name: nats-config } }]
`;
const FAULTY = "port: 4222\nmax_paylod: 1MB";

describe("a fault in the configuration of a ConfigMap", () => {
  test("is found where nobody mounts it", () => {
    expect(said(configMap(FAULTY))).toEqual(["6:5 auth-disabled", "7:5 conf-unknown-key"]);
  });

  test("is found once where somebody does", () => {
    expect(said(configMap(FAULTY, pods)).filter((one) => one.endsWith("conf-unknown-key"))).toEqual(["7:5 conf-unknown-key"]);
  });

  test("is found in a Secret's text, and in its base64 as a whole", () => {
    expect(said(configMap(FAULTY).replace("ConfigMap", "Secret").replace("\ndata:", "\nstringData:"))).toEqual(["6:5 auth-disabled", "7:5 conf-unknown-key"]);
    const encoded = Buffer.from(FAULTY).toString("base64");
    expect(said(`apiVersion: v1\nkind: Secret\nmetadata: { name: nats }\ndata:\n  nats.conf: ${encoded}\n`)).toEqual([
      "5:3 conf-unknown-key",
      "5:14 auth-disabled",
    ]);
  });

  test("is found in a file that it includes, where it stands", () => {
    expect(said(configMap("port: 4222\ninclude users.conf", "  users.conf: |\n    authorization { timeot: 1 }\n"))).toEqual([
      "9:19 auth-disabled",
      "9:21 conf-unknown-key",
    ]);
  });
});

test.each([
  ["another program's file", "server {\n  listen 80;\n}"],
  ["a template", "port: {{ .Values.port }}\nmax_paylod: 1MB"],
])("%s is left alone", (_, conf) => {
  expect(said(configMap(conf))).toEqual([]);
});
