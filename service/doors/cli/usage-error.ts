// natslint was called wrongly. The message says what, where, and what to do.

export class UsageError extends Error {
  override readonly name = "UsageError";
}
