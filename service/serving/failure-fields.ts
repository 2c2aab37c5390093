// What of a failure may leave the process.

/** What of a failure may be logged: its kind and natslint's own places, never its message, which may quote a text. */
export function failureFields(thrown: unknown): { readonly failure: string; readonly at?: string } {
  if (!(thrown instanceof Error)) return { failure: "something that is no error" };
  const places = (thrown.stack ?? "")
    .split("\n")
    .filter((row) => /^\s+at /.test(row))
    .slice(0, 4)
    .map((row) => row.trim().replace(/\(?(file:\/\/)?\/[^\s)]*\//, "("));
  return { failure: thrown.name, at: places.join(" < ") };
}
