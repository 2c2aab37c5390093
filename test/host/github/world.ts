// A repository with one pull request on the fake GitHub, and natslint's connection to it.

import type { GitHub, Repository } from "../../../service/host/github/connection.ts";
import { githubApp, type GitHubApp, type Permissions } from "../../../service/host/github/app.ts";
import { type FakeGitHub, type Seed, startFakeGitHub } from "../../github/fake-github.ts";
import type { FakePull, FakeRepository } from "../../github/state.ts";

export interface Played {
  readonly fake: FakeGitHub;
  readonly platform: FakeRepository;
  readonly pull: FakePull;
  readonly app: GitHubApp;
  readonly github: GitHub;
  readonly repository: Repository;
  readonly installation: number;
}

export const WANTED: Permissions = { contents: "read", pull_requests: "write", checks: "write" };

/** Twenty lines `k1: v` to `k20: v`. */
export const LINES: string = `${Array.from({ length: 20 }, (_, index) => `k${index + 1}: v`).join("\n")}\n`;

/** "acme/platform" with a pull request that changes lines 3 and 15 of `values.yaml`. */
export async function played(seed: Partial<Seed> = {}): Promise<Played> {
  const fake = await startFakeGitHub({
    seed: {
      repositories: [
        {
          name: "acme/platform",
          branches: {
            main: { "values.yaml": LINES, "other.yaml": "a: 1\n" },
            feature: { "values.yaml": LINES.replace("k3: v", "k3: w").replace("k15: v", "k15: w") },
          },
        },
      ],
      ...seed,
    },
  });
  const platform = fake.state.repository("acme/platform");
  const pull = platform.open({ head: "feature" });
  const app = await githubApp({ apiUrl: fake.url, appId: fake.app.id, privateKey: fake.app.privateKey, pace: 0, timeout: 1500 });
  const [installation = 0] = fake.installations.keys();
  return {
    fake,
    platform,
    pull,
    app,
    github: app.repository(installation, platform.id, WANTED),
    repository: { owner: "acme", name: "platform" },
    installation,
  };
}
