// What a step hands on: outputs for later steps, and its part of the job's summary. Both are files that the runner names.

import { randomUUID } from "node:crypto";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

export type Outputs = Readonly<Record<"findings" | "errors" | "warnings" | "conclusion" | "sarif-file" | "report-file", string>>;

/** Appends to GITHUB_OUTPUT. A delimiter that nobody can guess keeps a value from ending itself. */
export function writeOutputs(file: string | undefined, outputs: Outputs): void {
  if (file === undefined || file === "") return;
  const end = `natslint-${randomUUID()}`;
  append(
    file,
    Object.entries(outputs)
      .map(([name, value]) => `${name}<<${end}\n${value}\n${end}\n`)
      .join(""),
    "GITHUB_OUTPUT",
  );
}

/** Appends to GITHUB_STEP_SUMMARY. */
export function writeSummary(file: string | undefined, markdown: string): void {
  if (file !== undefined && file !== "") append(file, `${markdown.trimEnd()}\n`, "GITHUB_STEP_SUMMARY");
}

/** Writes a report; what kept it from being written, in one sentence, or null. */
export function writeReport(folder: string, path: string, text: string): string | null {
  const file = resolve(folder, path);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return null;
  } catch (thrown) {
    return `${path} cannot be written (${(thrown as { readonly code?: string }).code ?? "unknown error"})`;
  }
}

function append(file: string, text: string, variable: string): void {
  try {
    appendFileSync(file, text);
  } catch (cause) {
    throw new Error(`the file that ${variable} names cannot be written (${(cause as { readonly code?: string }).code ?? "unknown error"})`, { cause });
  }
}
