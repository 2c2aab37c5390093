// Many blobs at once: the same bytes as one by one, whatever GitHub makes of their texts.

import { createHash } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { blobCache } from "../../../service/host/github/blob-cache.ts";
import { readBlobs, readTree } from "../../../service/host/github/contents.ts";
import { type Played, played } from "./world.ts";

let now: Played;
afterEach(() => now.fake.close());

const FILES = {
  "plain.yaml": "a: 1\n",
  "bom.yaml": "\ufeffa: 1\r\n",
  "wide.yaml": "a: ä€😀\n",
  "latin.yaml": Buffer.from("a: \xe4\n", "latin1"),
  "zero.yaml": Buffer.from("a\0b"),
  "empty.yaml": "",
  "long.yaml": "a: b\n".repeat(100),
};

async function pushed(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<{ readonly blobs: readonly string[]; readonly sizes: ReadonlyMap<string, number> }> {
  now = await played();
  const head = now.platform.forcePush("feature", files);
  const { files: listed } = await readTree(now.github, now.repository, head);
  return { blobs: listed.map(({ blob }) => blob), sizes: new Map(listed.map(({ blob, size }) => [blob, size] as const)) };
}

/** The calls for blobs since the last time. */
function calls(): { readonly graphql: number; readonly rest: number } {
  const names = now.fake.traffic.splice(0).map(({ call }) => call.name);
  return { graphql: names.filter((name) => name === "graphql object").length, rest: names.filter((name) => name.includes("/git/blobs/")).length };
}

function holds(blobs: ReadonlyMap<string, Uint8Array>): boolean {
  return [...blobs].every(([name, bytes]) => createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex") === name);
}

test("texts come in one call; what GitHub cuts, or takes for no text, comes by itself", async () => {
  const { blobs } = await pushed(FILES);
  now.fake.limits.text = 400;
  calls();
  const read = await readBlobs(now.github, now.repository, blobs);
  expect([read.size, holds(read)]).toEqual([Object.keys(FILES).length, true]);
  // The zero byte, the text that is no UTF-8, the long one.
  expect(calls()).toEqual({ graphql: 1, rest: 3 });
});

test("300 files take 8 calls, and none the second time", async () => {
  const { blobs, sizes } = await pushed(Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}.yaml`, `a: ${index}\n`])));
  const cache = blobCache(1024 * 1024);
  calls();
  expect((await readBlobs(now.github, now.repository, blobs, { cache, sizes })).size).toBe(300);
  expect(calls()).toEqual({ graphql: 8, rest: 0 });
  expect((await readBlobs(now.github, now.repository, blobs, { cache, sizes })).size).toBe(300);
  expect(calls()).toEqual({ graphql: 0, rest: 0 });
});

test("long texts are not asked for with others, and no query asks for more than a MiB", async () => {
  const { blobs, sizes } = await pushed(Object.fromEntries([300, 200, 201, 202, 203, 204, 205].map((kib) => [`${kib}.yaml`, "a".repeat(kib * 1024)])));
  calls();
  expect((await readBlobs(now.github, now.repository, blobs, { sizes })).size).toBe(7);
  expect(calls()).toEqual({ graphql: 1, rest: 2 });
});

test("a blob that is not there is not in the answer, and keeps no other from it", async () => {
  const { blobs } = await pushed(FILES);
  const read = await readBlobs(now.github, now.repository, ["1".repeat(40), ...blobs]);
  expect([read.size, holds(read)]).toEqual([blobs.length, true]);
});

test.each([
  ["it does not know one of them", { kind: "graphql", type: "NOT_FOUND", message: "Could not resolve" }],
  ["it is not permitted", { kind: "graphql", type: "FORBIDDEN", message: "Resource not accessible by integration" }],
  ["it failed", { kind: "status", status: 502 }],
  ["it gave other texts", { kind: "change", change: (body: unknown) => JSON.parse(JSON.stringify(body).replaceAll("a: 1", "a: 2")) as unknown }],
] as const)("GraphQL gives nothing, because %s: REST gives all", async (_why, how) => {
  const { blobs } = await pushed(FILES);
  now.fake.fail("graphql object", how, { times: 9 });
  const read = await readBlobs(now.github, now.repository, blobs);
  expect([read.size, holds(read)]).toEqual([blobs.length, true]);
});

test("a limit is thrown: asking elsewhere would make it worse", async () => {
  const { blobs } = await pushed(FILES);
  now.fake.fail("graphql object", { kind: "status", status: 403, message: "You have exceeded a secondary rate limit", headers: { "retry-after": "9" } });
  await expect(readBlobs(now.github, now.repository, blobs)).rejects.toThrow("secondary rate limit");
});
