// Findings as the cluster's own reports, one for each namespace with NATS in it: PolicyReport objects, which dashboards know,
// and Report objects of OpenReports, which take their place. Each group is written where the cluster serves it.

import { fieldsOf } from "../../document/field-path.ts";
import { type ClusterPlace, type Connection, openCluster } from "../../host/cluster/connection.ts";
import { listPages } from "../../host/cluster/list.ts";
import { isRecord, pathOf, type Resource } from "../../host/cluster/resources.ts";
import type { ObjectName } from "../../host/cluster/surroundings.ts";
import { ClusterTrouble, troubleOf } from "../../host/cluster/trouble.ts";
import type { Finding } from "../../finding/finding.ts";
import type { Report } from "../../report/report.ts";
import { helpUri } from "../../rule/rule.ts";
import type { Source } from "../../source/source.ts";
import type { Audited } from "./audited.ts";

const NAME = "natslint";

/** What stands in one of the two at the top as well: apply refuses a field that the kind does not have. */
const KINDS: readonly (Resource & { readonly also: object })[] = [
  { apiVersion: "wgpolicyk8s.io/v1alpha2", kind: "PolicyReport", plural: "policyreports", namespaced: true, also: {} },
  { apiVersion: "openreports.io/v1alpha1", kind: "Report", plural: "reports", namespaced: true, also: { source: NAME } },
];

const OURS = { "app.kubernetes.io/managed-by": "natslint" };

/** An object may have 1.5 MiB; what is over this number counts in the summary only. */
const MOST_RESULTS = 1_000;

/** Writes the reports and removes those of namespaces that need none any more. What could not be written, in sentences. */
export async function writePolicyReports(place: ClusterPlace, report: Report, audited: Audited): Promise<readonly string[]> {
  const connection = openCluster(place);
  const wanted = reportsOf(report, audited);
  try {
    const problems: string[] = [];
    let written = 0;
    for (const kind of KINDS) {
      try {
        if (!(await isServed(connection, kind))) continue;
        written++;
        await write(connection, kind, wanted);
        // Where something could not be seen, a namespace without a report may well have NATS in it.
        if (audited.unseen.length === 0) await removeStale(connection, kind, wanted, audited.namespaces);
      } catch (thrown) {
        problems.push(`--policy-report: ${troubleOf(thrown, `the ${kind.plural}`).message}`);
      }
    }
    if (written === 0 && problems.length === 0)
      problems.push("--policy-report: the cluster knows neither PolicyReport (wgpolicyk8s.io) nor Report (openreports.io); install one of their CRDs");
    return problems;
  } finally {
    connection.close();
  }
}

async function isServed(connection: Connection, { apiVersion, plural }: Resource): Promise<boolean> {
  try {
    const list = await connection.json(`/apis/${apiVersion}`);
    const resources = isRecord(list) && Array.isArray(list["resources"]) ? list["resources"].filter(isRecord) : [];
    return resources.some(({ name }) => name === plural);
  } catch (thrown) {
    if (thrown instanceof ClusterTrouble && thrown.kind === "missing") return false;
    throw thrown;
  }
}

/** By server-side apply: a report that says the same as before is not written, and what others added stays. */
async function write(connection: Connection, kind: (typeof KINDS)[number], wanted: ReadonlyMap<string, object>): Promise<void> {
  for (const [namespace, body] of wanted) {
    await connection.json(`${pathOf(kind, namespace)}/${NAME}`, {
      method: "PATCH",
      query: { fieldManager: NAME, force: "true" },
      contentType: "application/apply-patch+yaml",
      body: { apiVersion: kind.apiVersion, kind: kind.kind, metadata: { name: NAME, namespace, labels: OURS }, ...body, ...kind.also },
    });
  }
}

/** Removes our own reports of namespaces that were asked about and need none. */
async function removeStale(connection: Connection, kind: Resource, wanted: ReadonlyMap<string, object>, namespaces: readonly string[]): Promise<void> {
  for (const scope of namespaces.length > 0 ? namespaces : [null]) {
    const stale: string[] = [];
    await listPages(connection, kind, { namespace: scope }, (items) => {
      for (const item of items) {
        const metadata = isRecord(item) && isRecord(item["metadata"]) ? item["metadata"] : {};
        const { name, namespace, labels } = metadata;
        const ours = name === NAME && isRecord(labels) && labels["app.kubernetes.io/managed-by"] === NAME;
        if (ours && typeof namespace === "string" && !wanted.has(namespace)) stale.push(namespace);
      }
    });
    for (const namespace of stale) await connection.json(`${pathOf(kind, namespace)}/${NAME}`, { method: "DELETE" });
  }
}

/** What stands in the report of each namespace, besides its name. There is no time in it: it would be another one each day. */
function reportsOf(report: Report, { sources, objects }: Audited): ReadonlyMap<string, object> {
  const found = new Map<string, object>();
  const texts = new Map(sources.map((source) => [source.path, source] as const));
  const linted = new Set(report.files.filter(({ state }) => state === "linted").map(({ path }) => path));
  const namespaces = [...new Set([...objects].flatMap(([path, { namespace }]) => (linted.has(path) && namespace !== null ? [namespace] : [])))].sort();
  const failing = new Set(report.failing);
  for (const namespace of namespaces) {
    const results = report.findings.flatMap((finding) => {
      const object = objects.get(finding.path);
      return object?.namespace === namespace ? [resultOf(finding, failing.has(finding), object, texts.get(finding.path))] : [];
    });
    const count = (result: string): number => results.filter((one) => one.result === result).length;
    found.set(namespace, {
      summary: { pass: 0, fail: count("fail"), warn: count("warn"), error: 0, skip: count("skip") },
      results: results.slice(0, MOST_RESULTS),
    });
  }
  return found;
}

/** The first version of the kind knows no other words. */
const SEVERITY = { error: "high", warning: "medium", info: "low" } as const;

type Result = { readonly result: "fail" | "warn" | "skip" } & Readonly<Record<string, unknown>>;

function resultOf(finding: Finding, fails: boolean, { apiVersion, kind, namespace, name }: ObjectName, source: Source | undefined): Result {
  const { rule, severity, message, fingerprint, suppressed, start } = finding;
  const field = source === undefined ? "" : fieldsOf(source)(start);
  return {
    source: NAME,
    policy: rule.id,
    category: rule.family,
    severity: SEVERITY[severity],
    result: suppressed !== null ? "skip" : fails ? "fail" : "warn",
    scored: true,
    message,
    resources: [{ apiVersion, kind, namespace, name, ...(field === "" ? {} : { fieldPath: field }) }],
    properties: { fingerprint, page: helpUri(rule), ...(suppressed === null ? {} : { reason: suppressed.reason }) },
  };
}
