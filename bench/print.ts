// How figures are printed: a title, indented lines, and whether a target is met. Nothing here fails a run.

/** Begins what is measured together. */
export function title(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

export function say(text: string): void {
  process.stdout.write(`  ${text}\n`);
}

/** `is` and `most` are of one unit, which `what` names. */
export function target(what: string, is: number, most: number): void {
  say(`target ${what}: ${is.toFixed(2)}, ${is <= most ? "met" : "missed"}`);
}

/** The value that so many of a hundred do not exceed; NaN of none. */
export function percentile(numbers: readonly number[], percent: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
