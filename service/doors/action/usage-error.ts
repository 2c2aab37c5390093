// The Action was used wrongly: an input that does not hold, no checkout. The message says what, where, and what to do.

export class UsageError extends Error {
  override readonly name = "UsageError";
}
