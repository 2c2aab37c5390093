// A GitOps repository to measure with: many files, few of them about NATS, in the mix that such repositories have.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { NATS_FILES } from "./nats-files.ts";
import { OTHER_FILES } from "./other-files.ts";

/** Writes `files` files below `folder`, `ofNats` of which concern NATS. The same numbers give the same bytes. */
export function writeRepository(folder: string, files: number, ofNats: number): void {
  for (let index = 0; index < files; index++) {
    const nats = Math.floor(((index + 1) * ofNats) / files) > Math.floor((index * ofNats) / files);
    const kinds = nats ? NATS_FILES : OTHER_FILES;
    const [name, text] = kinds[(nats ? Math.floor((index * ofNats) / files) : index) % kinds.length]?.(index) ?? ["", ""];
    const app = Math.floor(index / OTHER_FILES.length);
    const path = join(folder, ENVIRONMENTS[app % 3] ?? "", `app-${app}`, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** Documents of about so many characters in one text, the middle one a server. */
export function longManifest(length: number): string {
  const documents: string[] = [];
  for (let [index, size] = [0, 0]; size < length; index++) {
    const text = OTHER_FILES[index % OTHER_FILES.length]?.(index)[1] ?? "";
    documents.push(text);
    size += text.length;
  }
  const [, server] = NATS_FILES.map((make) => make(1)).find(([name]) => name === "nats.yaml") ?? ["", ""];
  documents.splice(documents.length >> 1, 0, server);
  return documents.join("\n---\n");
}

const ENVIRONMENTS = ["development", "staging", "production"];
