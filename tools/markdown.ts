// Just enough of Markdown to find headings and fenced blocks with their lines. All else is prose and stays text.

/** A heading or a fenced block; lines are 1-based. */
export type Block = Heading | Fence;

export interface Heading {
  readonly kind: "heading";
  readonly level: number;
  readonly text: string;
  readonly line: number;
}

export interface Fence {
  readonly kind: "fence";
  /** What stands behind the opening backticks. */
  readonly info: string;
  /** What stands between, each line with its end. */
  readonly text: string;
  /** The line of the opening backticks. */
  readonly line: number;
  /** The line of the closing ones; the text's last line where there are none. */
  readonly end: number;
}

/** The headings (`# ...`) and the fenced blocks that begin in column 1, in order. */
export function readBlocks(text: string): Block[] {
  const lines = text.split("\n");
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const heading = /^(#{1,6}) +(.*?) *#*$/.exec(line);
    if (heading !== null) blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, text: heading[2] ?? "", line: index + 1 });
    const fence = /^(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence === null) continue;
    const [, mark = "", info = ""] = fence;
    let close = index + 1;
    while (close < lines.length - 1 && !closes(lines[close] ?? "", mark)) close++;
    const content = lines.slice(index + 1, close);
    blocks.push({ kind: "fence", info: info.trim(), text: content.map((one) => `${one}\n`).join(""), line: index + 1, end: close + 1 });
    index = close;
  }
  return blocks;
}

/** A paragraph as a person reads it: links by their words, no emphasis, on one line. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<(https?:[^>]*)>/g, "$1")
    .replace(/(\*\*|__)(.+?)\1/g, "$2")
    .replace(/(?<![\w*])\*([^*\s](?:[^*]*[^*\s])?)\*(?![\w*])/g, "$1")
    .replace(/`([^`]*)`/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

function closes(line: string, mark: string): boolean {
  return line.startsWith(mark) && line.replaceAll(mark.slice(0, 1), "").trim() === "";
}
