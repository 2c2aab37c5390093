// Who calls the fake GitHub and what they may do: the App by its signed JWT, installations and workflows by tokens.

import { createVerify, type KeyObject } from "node:crypto";
import { Refusal } from "./refusal.ts";
import type { FakeRepository, State, User } from "./state.ts";

/** What may be done, in GitHub's words: `{ contents: "read", pull_requests: "write" }`. */
export type Permissions = Readonly<Record<string, string>>;

export interface FakeInstallation {
  readonly id: number;
  readonly account: string;
  /** Full names. */
  repositories: readonly string[];
  permissions: Permissions;
  isSuspended: boolean;
}

export interface Token {
  readonly user: User;
  /** Ids; null: all of the installation. */
  readonly repositories: readonly number[] | null;
  readonly permissions: Permissions;
  readonly installation: number | null;
  /** Milliseconds. */
  expires: number;
}

/** Who makes a call. `app`: by its JWT, which opens nothing but `/app`. */
export type Caller = { readonly kind: "app" } | { readonly kind: "token"; readonly token: Token } | { readonly kind: "nobody" };

export interface Access {
  readonly installations: Map<number, FakeInstallation>;
  readonly tokens: Map<string, Token>;
  caller(authorization: string | undefined): Caller;
  mint(
    installation: number,
    wanted: { readonly repository_ids?: readonly number[]; readonly permissions?: Permissions },
  ): { readonly value: string; readonly token: Token };
  /** Throws the refusal that GitHub would give; a token may see the repository and do this in it. */
  allow(caller: Caller, repository: FakeRepository, needs: readonly (readonly [name: string, level: "read" | "write"])[]): Token;
}

export interface AppKeys {
  readonly id: number;
  readonly slug: string;
  readonly publicKey: KeyObject;
}

export function access(state: State, app: AppKeys, clock: { now(): number }): Access {
  const installations = new Map<number, FakeInstallation>();
  const tokens = new Map<string, Token>();
  return {
    installations,
    tokens,
    caller(authorization) {
      const value = /^(?:bearer|token) (.+)$/i.exec(authorization ?? "")?.[1];
      if (value === undefined) return { kind: "nobody" };
      if (!value.startsWith("gh") && value.split(".").length === 3) return verified(value);
      const token = tokens.get(value);
      if (token === undefined || token.expires < clock.now()) throw new Refusal(401, "Bad credentials");
      return { kind: "token", token };
    },
    mint(id, { repository_ids: wantedRepositories, permissions: wanted }) {
      const installation = installations.get(id);
      if (installation === undefined) throw new Refusal(404, "Not Found");
      if (installation.isSuspended) throw new Refusal(403, "This installation has been suspended");
      const own = installation.repositories.map((name) => state.repository(name).id);
      if (wantedRepositories?.some((one) => !own.includes(one)) === true)
        throw new Refusal(422, "There is at least one repository that does not exist or is not accessible to the parent installation.");
      const permissions = wanted ?? installation.permissions;
      for (const [name, level] of Object.entries(permissions))
        if (!isEnough(installation.permissions[name], level)) throw new Refusal(422, "The permissions requested are not granted to this installation.");
      const token: Token = {
        user: state.user(`${app.slug}[bot]`),
        repositories: wantedRepositories ?? null,
        permissions: { metadata: "read", ...permissions },
        installation: id,
        expires: clock.now() + 3_600_000,
      };
      // As long as they are since 2026, with dots and dashes
      const value = `ghs_${app.id}_${Buffer.from(`{"installation":${id},"number":${state.next()}}`).toString("base64url").padEnd(240, "a")}.${"b-".repeat(100)}.${"c_".repeat(30)}`;
      tokens.set(value, token);
      return { value, token };
    },
    allow(caller, repository, needs) {
      if (caller.kind !== "token")
        throw caller.kind === "app" ? new Refusal(401, "A JSON web token could not be decoded") : new Refusal(401, "Requires authentication");
      const { token } = caller;
      const installation = token.installation === null ? null : installations.get(token.installation);
      if (installation === undefined) throw new Refusal(401, "Bad credentials");
      if (installation?.isSuspended === true) throw new Refusal(403, "This installation has been suspended");
      const covers = installation?.repositories.includes(`${repository.owner}/${repository.name}`) ?? true;
      const isSeen = covers && (token.repositories === null || token.repositories.includes(repository.id));
      const writes = needs.some(([, level]) => level === "write");
      if (!isSeen && (repository.isPrivate || writes)) throw new Refusal(404, "Not Found");
      if (isSeen && !needs.some(([name, level]) => isEnough(token.permissions[name], level))) throw new Refusal(403, "Resource not accessible by integration");
      if (writes && repository.isArchived) throw new Refusal(403, "Repository was archived so is read-only.");
      return token;
    },
  };

  function verified(jwt: string): Caller {
    const [head = "", claims = "", signature = ""] = jwt.split(".");
    const isSigned = createVerify("RSA-SHA256").update(`${head}.${claims}`).verify(app.publicKey, Buffer.from(signature, "base64url"));
    const { iss, iat, exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as {
      readonly iss?: unknown;
      readonly iat?: unknown;
      readonly exp?: unknown;
    };
    if (!isSigned || String(iss) !== String(app.id)) throw new Refusal(401, "A JSON web token could not be decoded");
    const now = clock.now() / 1000;
    if (typeof exp !== "number" || exp < now)
      throw new Refusal(401, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires");
    if (exp > now + 600) throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
    if (typeof iat !== "number" || iat > now + 5)
      throw new Refusal(401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
    return { kind: "app" };
  }
}

function isEnough(has: string | undefined, wanted: string): boolean {
  return has === wanted || has === "write" || (has === "admin" && wanted !== undefined);
}
