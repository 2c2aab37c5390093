// natslint was called wrongly: a flag or an input that does not hold, a path that is not there. The message says what,
// where, and what to do.

export class UsageError extends Error {
  override readonly name = "UsageError";
}
