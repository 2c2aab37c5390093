// The peer of a whole repository: reads every file below a folder and parses it with `yaml`, and does nothing else.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

const folder = process.argv[2] ?? ".";
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
  if (entry.isFile() && /\.(ya?ml|json)$/.test(entry.name)) parseAllDocuments(readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8"));
