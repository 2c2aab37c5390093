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

const ENVIRONMENTS = ["development", "staging", "production"];
