// Faults on purpose: what GitHub, or what lies between, can do to any call.

/** A call as matchers see it. */
export interface MatchedCall {
  /** `POST /repos/acme/platform/pulls/1/reviews`; for GraphQL `graphql reviewThreads` or `graphql resolveReviewThread`. */
  readonly name: string;
  readonly isWrite: boolean;
  readonly body: unknown;
}

/** A part of the call's name with `*` for anything, an expression, or a question. */
export type Matcher = string | RegExp | ((call: MatchedCall) => boolean);

export type How =
  | { readonly kind: "status"; readonly status: number; readonly message?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** Answers after so many milliseconds, otherwise as always. */
  | { readonly kind: "delay"; readonly milliseconds: number }
  /** Never answers. */
  | { readonly kind: "hang" }
  /** The connection breaks, before the call has its effect or after it. */
  | { readonly kind: "reset"; readonly when: "before" | "after" }
  /** A page for people in place of JSON. */
  | { readonly kind: "html"; readonly status?: number }
  /** Half of the answer, as if that was all. */
  | { readonly kind: "truncated" }
  /** Half of the answer, then the connection breaks. */
  | { readonly kind: "cut" }
  | { readonly kind: "empty" }
  | { readonly kind: "content type"; readonly type: string }
  | { readonly kind: "redirect"; readonly status: number; readonly to: string }
  /** Adds a `Link` header to the answer that names a next page. */
  | { readonly kind: "link"; readonly next: string }
  /** GraphQL's way: status 200 and errors. */
  | { readonly kind: "graphql"; readonly type: string; readonly message: string }
  /** The answer as always, but changed. */
  | { readonly kind: "change"; readonly change: (body: unknown) => unknown }
  /** Something happens in the world just before the call is handled. */
  | { readonly kind: "meanwhile"; readonly happens: () => void };

export interface Times {
  /** How many calls that match pass first. */
  readonly skip?: number;
  /** How many fail then; 1 unless said otherwise. */
  readonly times?: number;
}

export interface Faults {
  /** Plans a fault; the function that it gives takes it back. */
  fail(matcher: Matcher, how: How, times?: Times): () => void;
  /** The fault that holds for a call, which counts as having happened. */
  next(call: MatchedCall): How | null;
}

export function faults(): Faults {
  const planned = new Set<{ readonly matches: (call: MatchedCall) => boolean; readonly how: How; skip: number; times: number }>();
  return {
    fail(matcher, how, { skip = 0, times = 1 } = {}) {
      const plan = { matches: matching(matcher), how, skip, times };
      planned.add(plan);
      return () => planned.delete(plan);
    },
    next(call) {
      for (const plan of planned) {
        if (!plan.matches(call)) continue;
        if (plan.skip-- > 0) continue;
        if (--plan.times <= 0) planned.delete(plan);
        return plan.how;
      }
      return null;
    },
  };
}

function matching(matcher: Matcher): (call: MatchedCall) => boolean {
  if (typeof matcher === "function") return matcher;
  if (matcher instanceof RegExp) return (call) => matcher.test(call.name);
  const shape = new RegExp(
    `^${matcher
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  );
  return (call) => shape.test(call.name);
}
