// natslint as a GitHub App: who it is, where it is installed, and tokens narrowed to the one repository of a job.

import { App, Octokit } from "octokit";
import { type ConnectionOptions, connect, type GitHub, guard, octokitOptions, type Repository } from "./connection.ts";
import { type LostDelivery, lostDeliveries, redeliver } from "./deliveries.ts";
import { allPages, PAGE } from "./pages.ts";

export interface AppOptions extends Omit<ConnectionOptions, "token" | "throttleId"> {
  readonly appId: number | string;
  /** PEM, PKCS#1 or PKCS#8; line ends may be written as `\n`. */
  readonly privateKey: string;
}

/** What a token may do, in GitHub's words. */
export type Permissions = Readonly<Partial<Record<"contents" | "pull_requests" | "issues" | "checks" | "merge_queues", "read" | "write">>>;

export interface Installation {
  readonly id: number;
  readonly suspended: boolean;
}

export interface GitHubApp {
  /** Asks GitHub who this App is, and so fails where its id or key do not hold. */
  identity(): Promise<{ readonly id: number; readonly slug: string; readonly login: string }>;
  /** Everywhere it is installed. */
  installations(): Promise<readonly Installation[]>;
  /** Webhooks since a time (milliseconds) that nobody took, as GitHub's log has them. */
  lostDeliveries(since: number): Promise<readonly LostDelivery[]>;
  /** Has one of them sent once more. */
  redeliver(id: number): Promise<void>;
  /** A connection for one repository; its token is made when first used, and made again when it has run out. */
  repository(installation: number, repository: number, permissions: Permissions): GitHub;
  /** A connection for all that an installation may see; reading only. */
  installation(installation: number): GitHub;
}

/** Minutes of a token's life that are never used: a call that starts with it still has to end. */
const MARGIN = 5 * 60_000;

/** Signs once with the key and throws when it is none. */
export async function githubApp(options: AppOptions): Promise<GitHubApp> {
  const host = new URL(options.apiUrl).host;
  const app = new App({
    appId: options.appId,
    privateKey: options.privateKey,
    Octokit: Octokit.defaults(octokitOptions({ ...options, throttleId: `${host}/app` })),
    log: silent,
  });
  guard(app.octokit, options.apiUrl);
  await app.octokit.auth({ type: "app" });
  return {
    async identity() {
      const { data } = await app.octokit.request("GET /app");
      const slug = data?.slug ?? "";
      return { id: data?.id ?? 0, slug, login: `${slug}[bot]` };
    },
    async installations() {
      const { items } = await allPages(async (page) => {
        const { data, headers } = await app.octokit.request("GET /app/installations", { per_page: PAGE, page });
        return { items: data, headers };
      }, 100);
      return items.map(({ id, suspended_at }) => ({ id, suspended: suspended_at !== null && suspended_at !== undefined }));
    },
    lostDeliveries: (since) => lostDeliveries(app.octokit.request, since),
    redeliver: (id) => redeliver(app.octokit.request, id),
    repository: (installation, repository, permissions) =>
      connection(installation, (allowed) => ({ repository_ids: [repository], permissions: allowed ?? permissions }), permissions),
    installation: (installation) => connection(installation, (allowed) => ({ permissions: allowed ?? READING }), READING),
  };

  function connection(installation: number, scope: (allowed: Permissions | null) => Scope, wanted: Permissions): GitHub {
    let kept: Minted | null = null;
    return connect({
      ...options,
      throttleId: `${host}/${installation}`,
      async token(renew) {
        if (renew || kept === null || kept.until < Date.now()) kept = await mint(installation, scope, wanted);
        return kept.token;
      },
    });
  }

  /** Asks for what is wanted; where the installation grants less, for what it grants of it. */
  async function mint(installation: number, scope: (allowed: Permissions | null) => Scope, wanted: Permissions): Promise<Minted> {
    try {
      return await post(installation, scope(null));
    } catch (thrown) {
      if ((thrown as { readonly status?: number }).status !== 422) throw thrown;
      const { data } = await app.octokit.request("GET /app/installations/{installation_id}", { installation_id: installation });
      return post(installation, scope(granted(wanted, data.permissions as Readonly<Record<string, string>>)));
    }
  }

  async function post(installation: number, scope: Scope): Promise<Minted> {
    const { data } = await app.octokit.request("POST /app/installations/{installation_id}/access_tokens", {
      installation_id: installation,
      repository_ids: scope.repository_ids === undefined ? undefined : [...scope.repository_ids],
      permissions: scope.permissions,
      // A token too many does no harm.
      request: { retries: 3 },
    } as { installation_id: number });
    const expires = Date.parse(data.expires_at);
    return { token: data.token, until: Number.isNaN(expires) ? Date.now() : expires - MARGIN };
  }
}

/** The repositories that an installation covers, without those that are archived. */
export async function installedRepositories(github: GitHub): Promise<readonly (Repository & { readonly id: number })[]> {
  const { items } = await allPages(async (page) => {
    const { data, headers } = await github.request("GET /installation/repositories", { per_page: PAGE, page });
    return { items: data.repositories, headers };
  }, 100);
  return items.filter(({ archived }) => archived !== true).map(({ id, name, owner }) => ({ id: Number(id), name, owner: owner.login }));
}

const READING: Permissions = { contents: "read", pull_requests: "read", checks: "read" };
const silent = { debug() {}, info() {}, warn() {}, error() {} };

interface Scope {
  readonly repository_ids?: readonly number[];
  readonly permissions: Permissions;
}

interface Minted {
  readonly token: string;
  readonly until: number;
}

function granted(wanted: Permissions, has: Readonly<Record<string, string>>): Permissions {
  const both = Object.entries(wanted).filter(([name]) => has[name] !== undefined);
  return Object.fromEntries(both.map(([name, level]) => [name, has[name] === "write" ? level : "read"])) as Permissions;
}
