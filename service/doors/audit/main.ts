// `natslint audit`, the part that knows clusters: a bundle of its own, which the command line loads when it is asked for.

export { readDump } from "./dump.ts";
export { readCluster } from "./live.ts";
export { writePolicyReports } from "./policy-reports.ts";
