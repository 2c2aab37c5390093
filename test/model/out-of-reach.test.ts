// What names NATS and is nothing that natslint judges: which of it is said, and which is passed over.
import { expect, test } from "vitest";
import { lint } from "../../service/lint.ts";
import { DEFAULT_SETTINGS } from "../../service/settings/settings.ts";
import { testEngine } from "../engine.ts";

const engine = await testEngine();
const PANEL = { title: "NATS", targets: [{ expr: "gnatsd_varz_connections" }] };

test.each<readonly [string, string, unknown, string]>([
  ["a dashboard", "nats.json", { panels: [PANEL], schemaVersion: 36 }, "irrelevant"],
  ["a dashboard as the API gives it", "nats.json", { dashboard: { rows: [{ panels: [PANEL] }], templating: {} }, overwrite: true }, "irrelevant"],
  ["a dashboard in a ConfigMap's place", "nats.yaml", { panels: [PANEL], templating: { list: [] } }, "irrelevant"],
  ["values with panels of their own", "nats.json", { panels: [PANEL], nats: { limits: {}, url: "nats://nats:4222" } }, "not-understood"],
  ["values", "values.json", { natsBox: { enabled: false }, config: { cluster: { replicas: 3 } } }, "linted"],
])("%s", (_, path, content, state) => {
  const { files } = lint([{ path, text: JSON.stringify(content, null, 1) }], { ...DEFAULT_SETTINGS, today: "2026-01-01" }, engine);
  expect(files.map((one) => one.state)).toEqual([state]);
});
