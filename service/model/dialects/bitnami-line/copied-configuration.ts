// Until 8.x Bitnami's values.yaml held the configuration's template itself, and people keep copies of the whole file.
// Such a copy says nothing of its own: the template reads the values beside it, which is what the model does anyway.

import { createHash } from "node:crypto";

/** The defaults of `configuration`, as the digest of their lines without comments and indentation; since which version they say the same. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ["55d7ed24b9a1d8059326bb45fc520cea473564a823539f8aab3a093b3f6ea86f", "7.0.0"],
  ["1b32ad41693dda9f34d2ec2932a7ad9752310562f62eaf49b1a0953f8a73c961", "7.5.0"],
  ["e0a8961ec24a59569aa57eb9b6ad7cb2ad2262eacf0e3dd1faff3193c319738a", "8.4.1"],
]);

/** The first version of bitnami/nats whose default this text is; undefined for what somebody wrote. */
export function versionOfCopy(configuration: string): string | undefined {
  const lines = configuration.split("\n").map((line) => line.trim());
  const said = lines.filter((line) => line !== "" && !line.startsWith("#")).join("\n");
  return DEFAULTS.get(createHash("sha256").update(said).digest("hex"));
}
