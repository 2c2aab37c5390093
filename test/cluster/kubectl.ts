// What a person at the cluster sees: kubectl's answers, and what the API server's audit log noted about a request.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";
import type { ApiServer } from "../../tools/api-server.ts";
import { installProgram } from "../../tools/kubernetes.ts";

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An object of Kubernetes, as far as tests care. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name?: string; readonly namespace?: string };
  readonly [key: string]: unknown;
}

/** Runs kubectl as the administrator; `input` is what `-f -` reads. */
export function kubectl(args: readonly string[], input: string | readonly object[] = "", api: ApiServer = inject("api")): Promise<Answer> {
  return run(installProgram("kubectl"), args, { api, input: typeof input === "string" ? input : input.map((one) => JSON.stringify(one)).join("\n") });
}

/** As `kubectl`, but it must succeed. */
export async function did(args: readonly string[], input?: string | readonly object[], api?: ApiServer): Promise<string> {
  const answer = await kubectl(args, input, api);
  if (answer.code !== 0) throw new Error(`kubectl ${args.join(" ")}: ${answer.stderr}`);
  return answer.stdout;
}

export function apply(...objects: readonly object[]): Promise<Answer> {
  return kubectl(["apply", "-f", "-"], objects);
}

/** Any program that finds its cluster by KUBECONFIG. */
export async function run(
  program: string,
  args: readonly string[],
  { api, input = "" }: { readonly api: ApiServer; readonly input?: string },
): Promise<Answer> {
  const env = { ...process.env, KUBECONFIG: api.kubeconfig, KUBECACHEDIR: join(api.folder, "cache"), HELM_DRIVER: "secret" };
  const child = spawn(program, args, { env, stdio: ["pipe", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.on("error", () => {}).end(input);
  const code = await new Promise<number>((resolve, reject) => child.on("error", reject).on("close", (exit) => resolve(exit ?? 1)));
  return { code, stdout, stderr };
}

export interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
  readonly objectRef?: { readonly resource?: string; readonly namespace?: string; readonly name?: string; readonly subresource?: string };
  readonly responseStatus?: { readonly code?: number };
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Every change that was asked for since the API server started, the oldest first. */
export function auditLog(api: ApiServer = inject("api")): AuditEvent[] {
  const lines = readFileSync(join(api.folder, "audit.log"), "utf8").split("\n");
  // The last line may be half written.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as AuditEvent);
}

/** What admission noted on the last change of that object. The log is written in batches, so it is asked until it is there. */
export async function annotationsOf(resource: string, name: string, api: ApiServer = inject("api")): Promise<Readonly<Record<string, string>>> {
  return await until(`an audit event of ${resource}/${name}`, () => {
    const event = auditLog(api).findLast(({ objectRef }) => objectRef?.resource === resource && objectRef.name === name);
    return event === undefined ? undefined : (event.annotations ?? {});
  });
}

/** Asks again and again until there is an answer. */
export async function until<T>(what: string, ask: () => T | undefined | false | Promise<T | undefined | false>, patience = 15_000): Promise<T> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(50)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
  }
  throw new Error(`${what}: not within ${patience / 1_000} s`);
}
