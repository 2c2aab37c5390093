// What `npx natslint` says in whole repositories, to the letter. `npm run accept:projects` writes it anew.
import { expect, test } from "vitest";
import { expectedOf, projects, saidOf } from "./projects.ts";

test.each(projects())("%s", async (name) => {
  expect(await saidOf(name)).toBe(expectedOf(name));
});
