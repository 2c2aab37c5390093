// A chart's values and what Helm renders from them are one model. The pairs were rendered by a real helm.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { conform } from "../../service/model/conform.ts";
import { readReleases } from "../../service/model/releases.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../service/settings/settings.ts";
import type { Source } from "../../service/source/source.ts";
import { root } from "../../tools/opa.ts";
import { testKnowledge } from "../engine.ts";

const folder = join(root, "..", "shared", "equivalence");

/** What both sides know; scope, chart and unread keys are known to values alone. */
const COMPARED = ["kind", "version", "config", "streaming", "workload", "container", "directories", "services", "disruptionBudgets", "peers"] as const;

interface Case {
  readonly chart: string;
  readonly version: string;
  readonly release: string;
  readonly namespace: string;
  readonly values?: readonly string[];
  readonly set?: readonly string[];
  readonly umbrella?: string;
}

if (!existsSync(folder)) test.skip("the pairs of values and renderings are not beside the project", () => {});
else
  describe("values and their rendering", () => {
    const knowledge = testKnowledge();
    for (const name of readdirSync(folder).filter((one) => existsSync(join(folder, one, "case.json")))) {
      const said = JSON.parse(readFileSync(join(folder, name, "case.json"), "utf8")) as Case;
      if (said.set !== undefined) continue;
      test(name, () => {
        const files = said.values ?? ["values.yaml"];
        const chart = `${said.chart === "stable-nats" ? "stable/nats" : `nats-io/${said.chart}`}@${said.version}`;
        const own = files.map((file) => source(name, file));
        if (said.umbrella !== undefined) own.push(source(name, "Chart.yaml"));
        const asked: Settings = {
          ...DEFAULT_SETTINGS,
          named: files,
          releases: [{ name: said.release, namespace: said.namespace, values: files, ...(said.umbrella === undefined && { chart }) }],
        };
        const fromValues = models(own, asked);
        const fromObjects = models([source(name, "rendered.yaml")], { ...DEFAULT_SETTINGS, named: ["rendered.yaml"] });
        expect(renumbered(fromValues)).toEqual(renumbered(fromObjects));
      });
    }

    function models(sources: readonly Source[], settings: Settings): unknown[] {
      return readReleases(sources, settings, knowledge).releases.map((release) => {
        const server = (conform(release.tree, knowledge.schema).json["servers"] as Record<string, unknown>[])[0] ?? {};
        return Object.fromEntries(COMPARED.map((key) => [key, key === "services" ? byName(server[key]) : server[key]]));
      });
    }
  });

function source(name: string, file: string): Source {
  return { path: file, text: readFileSync(join(folder, name, file), "utf8") };
}

/** Secrets are numbered as they are met, and the two sides write their keys in different orders. */
function renumbered(models: unknown): unknown {
  const numbers = new Map<number, number>();
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => {
          if (key !== "same" || typeof one !== "number") return [key, visit(one)];
          if (!numbers.has(one)) numbers.set(one, numbers.size + 1);
          return [key, numbers.get(one)];
        }),
    );
  };
  return visit(models);
}

function byName(services: unknown): unknown {
  return Array.isArray(services) ? [...services].sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1)) : services;
}
