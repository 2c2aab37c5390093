// A service's life from outside: when it is told to end, and why it could not begin.

import { once } from "node:events";

/** The process as a service sees it. */
export interface ServeWorld {
  /** Where the log goes. */
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Ends the service; SIGTERM and SIGINT when it is left out. */
  readonly stop?: AbortSignal;
}

/** Resolves when the service is told to end. */
export function toldToStop(stop: AbortSignal | undefined): Promise<unknown> {
  if (stop === undefined) return Promise.race(["SIGTERM", "SIGINT"].map((signal) => once(process, signal)));
  return stop.aborted ? Promise.resolve() : once(stop, "abort");
}

/** Sentences for who started the service wrongly. */
export function complain(world: ServeWorld, problems: readonly string[]): void {
  for (const problem of problems) world.stderr.write(`natslint: ${problem}\n`);
}

/** A sentence when what was thrown says that an address cannot be listened on, else null. */
export function listenProblem(thrown: unknown, host: string): string | null {
  const { code, syscall, port } = (thrown ?? {}) as { readonly code?: string; readonly syscall?: string; readonly port?: number };
  return syscall === "listen" ? `port ${port} of ${host} cannot be listened on (${code})` : null;
}
