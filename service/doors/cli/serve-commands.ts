// `natslint serve`: the services and their flags. What they do stands in bundles of their own.

import type { Command } from "commander";
import { UsageError } from "../../host/usage-error.ts";

/** Starts a bundle's service. */
export type Start = (bundle: "github" | "admission", serve: string, flags: object) => Promise<void>;

export function serveCommands(program: Command, start: Start): void {
  const serve = program
    .command("serve")
    .description("run a service: github or admission")
    .argument("[what]")
    .action((what: string | undefined) => {
      throw new UsageError(`natslint serve knows github and admission${what === undefined ? "; say which" : `, not "${what}"`}`);
    });
  serve
    .command("github")
    .description("comment findings on pull requests (docs/github-app.md)")
    .option("--port <port>", "the port to listen on (default: PORT, else 3000)")
    .option("--queue <url>", "nats://... to share work among several processes (default: memory)")
    .option("--workers <number>", "jobs at a time (default: 2)")
    .option("--on-error <conclusion>", "fail or neutral: what a check says when natslint itself fails")
    .action((flags: object) => start("github", "serveGitHub", flags));
  serve
    .command("admission")
    .description("judge objects before a cluster takes them (docs/admission.md)")
    .option("--port <port>", "the port that the API server calls (default: PORT, else 8443)")
    .option("--tls-cert <file>", "the certificate, in PEM; read again when it changes")
    .option("--tls-key <file>", "its key")
    .option("--self-managed-certificates <namespace/name>", "make and renew certificates, kept in this Secret")
    .option("--health-port <port>", "the port of /livez, /readyz and /metrics (default: 8080)")
    .option("--max-mode <mode>", "dryrun, warn or deny: the most that a finding does (default: warn)")
    .option("--cluster-state <state>", "on or off: may the cluster be asked about nodes and other objects (default: on)")
    .option("--kubeconfig <file>", "how to reach the cluster (default: as a pod does, else as kubectl does)")
    .option("--config <file>", "settings file")
    .action((flags: object) => start("admission", "serveAdmission", flags));
}
