// The index of subjects says what comparing each pair says.
import fc from "fast-check";
import { expect, test } from "vitest";
import { subjectIndex } from "../../../service/model/nack/subject-index.ts";
import { collide } from "../../../service/model/nack/subjects.ts";

const part = fc.constantFrom("a", "b", "", "*", ">", "a>");
const subject = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("."));

test("those that overlap, in the order in which they were put", () => {
  fc.assert(
    fc.property(fc.array(subject, { maxLength: 12 }), subject, (subjects, asked) => {
      const index = subjectIndex<number>();
      for (const [place, one] of subjects.entries()) index.put(one, place);
      expect(index.overlapping(asked)).toEqual(subjects.flatMap((one, place) => (collide(one, asked) ? [place] : [])));
    }),
    { numRuns: 2_000 },
  );
});
