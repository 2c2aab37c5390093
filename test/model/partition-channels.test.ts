// Channels of many partitions are found in a tree; a comparison of each with each says the same, and takes too long.

import fc from "fast-check";
import { expect, test } from "vitest";
import { collide } from "../../service/model/nack/subjects.ts";
import { branch, colliding, plant } from "../../service/model/repository/channels.ts";

const part = fc.constantFrom("a", "b", "*");
const channel = fc.tuple(fc.array(part, { maxLength: 3 }), fc.constantFrom("a", "*", ">")).map(([parts, last]) => [...parts, last].join("."));

test("the tree finds the channels that a comparison of each with each finds", () => {
  fc.assert(
    fc.property(fc.uniqueArray(channel, { maxLength: 12 }), channel, (planted, asked) => {
      const root = branch<null>();
      for (const one of planted) plant(root, one, null);
      const found = [...colliding(root, asked.split("."))].map((one) => one.channel).sort();
      expect(found).toEqual(planted.filter((one) => collide(one, asked)).sort());
    }),
    { numRuns: 2000 },
  );
});
