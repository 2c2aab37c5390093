// `natslint conf --check` without its process: what a server would say to one configuration, for tests that ask thousands of times.
import type { Finding } from "../service/finding/finding.ts";
import { lint } from "../service/lint.ts";
import { type Alone, DEFAULT_SETTINGS } from "../service/settings/settings.ts";
import type { Source } from "../service/source/source.ts";
import { testEngine } from "./engine.ts";

export interface Asked {
  /** "2.15.1", the newest, where nothing is said. */
  readonly version?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly server?: Alone["server"];
}

const engine = await testEngine();

/** What is said of the first source; the others are what it includes. */
export function findingsOf(sources: readonly [Source, ...Source[]], { version = "2.15.1" }: Asked = {}): readonly Finding[] {
  return lint(sources, { ...DEFAULT_SETTINGS, named: [sources[0].path], assume: { serverVersion: version } }, engine).findings;
}

/** For what the server does not start, or its own check of the file fails: what `--check` prints. */
export function reasonsOf(sources: readonly [Source, ...Source[]], { version = "2.15.1", env = {}, server = "nats" }: Asked = {}): readonly Finding[] {
  const { path } = sources[0];
  const alone: Alone = { path, environment: new Map(Object.entries(env)), server };
  const { findings } = lint(sources, { ...DEFAULT_SETTINGS, named: [path], alone, assume: { serverVersion: version } }, engine);
  return findings.filter((one) => one.refuses !== undefined);
}
