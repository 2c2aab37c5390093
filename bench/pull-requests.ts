// Pull requests to measure with: a repository in the usual mix, and changes of so many of its files.
import { type FakeGitHub, startFakeGitHub } from "../test/github/fake-github.ts";
import type { FakePull } from "../test/github/state.ts";
import { NATS_FILES } from "./nats-files.ts";
import { OTHER_FILES } from "./other-files.ts";

/** One in six of the files is about NATS. */
export function filesOf(count: number, from = 0): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const seed = from + index;
      const kinds = seed % 6 === 0 ? NATS_FILES : OTHER_FILES;
      const [name, text] = kinds[Math.floor(seed / 6) % kinds.length]?.(seed) ?? ["", ""];
      return [`${["production", "staging"][seed % 2]}/app-${seed}/${name}`, text];
    }),
  );
}

/** A repository of 400 files, and `count` pull requests that each change `size` of them a little. */
export async function pullRequests(count: number, size: number): Promise<{ readonly fake: FakeGitHub; readonly pulls: readonly FakePull[] }> {
  const files = filesOf(400);
  const fake = await startFakeGitHub({ seed: { repositories: [{ name: "acme/platform", branches: { main: files } }] } });
  const repository = fake.state.repository("acme/platform");
  const pulls = Array.from({ length: count }, (_, number) => {
    const changed = Object.entries(files).slice((number * 7) % 90, ((number * 7) % 90) + size);
    repository.push(`topic-${number}`, Object.fromEntries(changed.map(([path, text]) => [path, touched(path, text, number)])));
    return repository.open({ head: `topic-${number}` });
  });
  return { fake, pulls };
}

/** Fewer servers where there are servers, and a line more in any case. */
function touched(path: string, text: string, number: number): string {
  const fewer = text.replace(/replicas: 3/g, "replicas: 2");
  if (path.endsWith(".json")) return fewer.replace(/"schemaVersion": \d+/, `"schemaVersion": ${40 + number}`);
  return `# change ${number}\n${fewer}`;
}
