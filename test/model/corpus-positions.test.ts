// What a finding names is what has to be edited: with the cure that the rule knows put exactly there, it is gone. Left out is
// what nobody wrote: a chart's default has no place of its own, and what is to be removed has no value to set.
import { describe, expect, test } from "vitest";
import type { Origin } from "../../service/document/node.ts";
import { placeOf } from "../../service/finding/locate.ts";
import { lint, questions } from "../../service/lint.ts";
import { pathKey } from "../../service/model/model.ts";
import { readReleases } from "../../service/model/releases.ts";
import type { PolicyViolation } from "../../service/policy/violation.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../service/settings/settings.ts";
import { Lines } from "../../service/source/position.ts";
import type { Source } from "../../service/source/source.ts";
import { testEngine } from "../engine.ts";
import { corpus } from "./corpus.ts";

const engine = await testEngine();
const files = corpus();

/** What a person would write there instead, for rules that offer no fix; undefined where the cure is no other value. */
const CURES: Readonly<Record<string, (written: string) => string | undefined>> = {
  "auth-timeout-units": () => "2",
  "cluster-min-replicas": () => "3",
  "cluster-single-pod": () => "3",
  "control-line-too-small": () => "4096",
  "default-password": () => "Wv7-kQ2xLm-93Tz",
  "duration-unquoted-unit": (written) => `"${written}"`,
  "exposed-without-tls": (written) => (written === "NodePort" || written === "LoadBalancer" ? "ClusterIP" : undefined),
  "gitops-chart-version-floating": () => "1.3.7",
  "grace-shorter-than-lame-duck": (written) => (/^\d+$/.test(written) ? "300" : undefined),
  "image-floating-tag": (written) => (/^nats(:|$)/.test(written) ? "nats:2.14.2-alpine" : undefined),
  "image-known-advisory": () => "nats:2.14.2-alpine",
  "image-unsupported-line": (written) => (/^nats:/.test(written) ? "nats:2.14.2-alpine" : undefined),
  "js-file-size-exceeds-claim": () => "1MB",
  "js-memory-exceeds-limit": () => "1MB",
  "js-min-resources": (written) => (/^\d+[KMG]/.test(written) ? "16Gi" : "8"),
  "k8s-removed-api": () => "apps/v1",
  "lb-no-source-ranges": () => "ClusterIP",
  "liveness-too-strict": (written) => `${written}?js-server-only=true`,
  "password-equals-user": () => "Wv7-kQ2xLm-93Tz",
  "payload-limits": (written) => (/^\d+$/.test(written) ? "512" : "1KB"),
  "ping-interval-vs-clients": () => "2m",
  "pvc-too-small": () => "20Gi",
  "stan-partition-and-cluster": () => "false",
  "tls-insecure-skip-verify": () => "false",
  "tls-same-cert-for-clients-and-routes": () => "/etc/other/tls.crt",
};

interface Cure {
  readonly rule: string;
  /** What of the model it is about, as text. */
  readonly about: string;
  readonly origin: Origin;
  readonly set: string;
}

describe.skipIf(files.length === 0)("the cure of a finding, put where it points (skipped where the corpus is not beside the project)", () => {
  const tried = files.flatMap(({ file, source }) => curesOf(source).map((cure) => [`${file}: ${cure.rule}, ${cure.about}`, source, cure] as const));

  test("of many rules, in values, manifests and configurations", () => {
    expect(tried.length).toBeGreaterThanOrEqual(150);
    expect(new Set(tried.map(([, , { rule }]) => rule)).size).toBeGreaterThanOrEqual(24);
    expect(tried.filter(([, { path }]) => path.endsWith(".conf")).length).toBeGreaterThan(0);
  });

  test.each(tried)("%s", (_, source, { rule, about, origin, set }) => {
    const { start, end } = placeOf(origin.path, origin.span, new Lines(source.text));
    const named = lint([source], settingsFor(source), engine).findings.map((one) => ({ rule: one.rule.id, start: one.start, end: one.end }));
    expect(named).toContainEqual({ rule, start, end });
    const edited = { ...source, text: source.text.slice(0, origin.span.start) + set + source.text.slice(origin.span.end) };
    expect(curesOf(edited).filter((one) => one.rule === rule && one.about === about)).toEqual([]);
    const { findings } = lint([edited], settingsFor(edited), engine);
    expect(findings.filter((one) => one.rule.id === rule && one.start.line === start.line && one.start.column === start.column)).toEqual([]);
    expect(findings.filter((one) => /^(yaml-|conf-(parse|type))/.test(one.rule.id)).length).toBeLessThanOrEqual(
      named.filter((one) => /^(yaml-|conf-(parse|type))/.test(one.rule)).length,
    );
  });
});

/** What the policies say of a file in production and can cure by a value, where a person wrote one. */
function curesOf(source: Source): readonly Cure[] {
  const settings = settingsFor(source);
  const { releases } = readReleases([source], settings, engine);
  // Where versions of the chart differ, lint says less than the policies say of one.
  const told = new Set(lint([source], settings, engine).findings.map((finding) => finding.rule.id));
  return [...questions(releases, settings, engine)].flatMap(({ model, input }) =>
    engine.policies.evaluate(input).flatMap(({ rule, at, on, fix }: PolicyViolation): Cure[] => {
      const origin = model.origins.get(pathKey(fix?.at ?? at));
      if (!told.has(rule) || origin === undefined || origin.span.start === origin.span.end) return [];
      // A default has the place of what it belongs to, and nobody wrote it.
      if ((origin.via ?? []).some(({ kind }) => kind === "chart default")) return [];
      const written = source.text.slice(origin.span.start, origin.span.end);
      if (fix !== undefined && "set" in fix) {
        // A key that means the contrary, such as disableLogtime, is set to the contrary.
        const isContrary = typeof fix.set === "boolean" && written === String(fix.set);
        return [{ rule, about: at.join("."), origin, set: String(isContrary ? !fix.set : fix.set) }];
      }
      const [, quote = "", bare = written] = /^(["'])(.*)\1$/s.exec(written) ?? [];
      const cure = on === "key" || /[\n{[]/.test(written) ? undefined : CURES[rule]?.(bare);
      return cure === undefined ? [] : [{ rule, about: at.join("."), origin, set: `${quote}${cure}${quote}` }];
    }),
  );
}

function settingsFor({ path }: Source): Settings {
  return { ...DEFAULT_SETTINGS, named: [path], environment: "production", today: "2026-01-01" };
}
