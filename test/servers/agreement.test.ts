// Real servers are asked about configurations made by chance, by their check and by a start: natslint has to say the same.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { natsServerPath, natsServerVersion, streamingServerPath, streamingServerVersion } from "../../tools/nats-server.ts";
import { reasonsOf } from "../conf-check.ts";
import { ask, type Parties } from "./agree.ts";
import { checks, starts } from "./run.ts";
import { someConf } from "./some-confs.ts";
import { someStreamingConf } from "./some-streaming-confs.ts";

// Another version that somebody tries judges otherwise.
const server = process.env["NATS_SERVER"] === undefined ? natsServerPath() : null;
const streaming = process.env["NATS_STREAMING_SERVER"] === undefined ? streamingServerPath() : null;

test.skipIf(server !== null && streaming !== null)("no server to ask: node tools/run.mjs tools/nats-server.ts installs them", () => undefined);

const nats: Parties = {
  server: async (text, folder) => {
    writeFileSync(join(folder, "a.conf"), text);
    const checked = await checks(server ?? "", "a.conf", folder);
    const started = await starts(server ?? "", ["-c", "a.conf"], folder);
    return [started.accepts ? (checked.accepts ? "starts" : "warns") : "refuses", `${checked.said} // ${started.said}`];
  },
  natslint: (text) => reasonsOf([{ path: "a.conf", text }], { version: natsServerVersion }),
  exceptions: [{ sign: /insufficient (?:memory|storage) resources/, because: "where the file sets no limit, the server takes what the machine has" }],
};

const stan: Parties = {
  // It has no check of the file, and embeds a nats-server of its own.
  server: async (text, folder) => {
    writeFileSync(join(folder, "stan.conf"), text);
    const { accepts, said } = await starts(streaming ?? "", ["-sc", "stan.conf", "-a", "127.0.0.1", "-p", "-1"], folder);
    return [accepts ? "starts" : "refuses", said];
  },
  natslint: (text) => reasonsOf([{ path: "stan.conf", text }], { server: "stan" }).filter((one) => one.refuses === true),
  exceptions: [
    { sign: /config has no values or is empty/, because: "an empty file is refused by -sc and taken by -c, and nobody says by which it comes" },
    { sign: /encryption key required/, because: "the key may be in NATS_STREAMING_ENCRYPTION_KEY, which nobody tells but a container" },
    { sign: /^(?![\s\S]*store: file)[\s\S]*file \{/i, because: "only the file store looks at its options; the others have them for nothing" },
  ],
};

describe.skipIf(server === null)(`nats-server ${natsServerVersion} and natslint`, () => {
  test("agree on 500 configurations, others in each run", { timeout: 600_000 }, async () => {
    const { counts, different, seed } = await ask(someConf, 500, nats);
    // Neither only right nor only wrong ones, which would ask little.
    expect(Math.min(counts.starts, counts.refuses)).toBeGreaterThan(10);
    expect(different, `seed ${seed}`).toEqual([]);
  });
});

describe.skipIf(streaming === null)(`nats-streaming-server ${streamingServerVersion} and natslint`, () => {
  test("agree on 150 configurations, others in each run", { timeout: 600_000 }, async () => {
    const { counts, different, seed } = await ask(someStreamingConf, 150, stan);
    expect(Math.min(counts.starts, counts.refuses)).toBeGreaterThan(5);
    expect(different, `seed ${seed}`).toEqual([]);
  });
});
