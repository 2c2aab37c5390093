// natslint model PATH...: the model and the place of each leaf, for when a finding surprises.

import { chartFacts, modelSchema, rules } from "../../host/assets.ts";
import { placeOf } from "../../finding/locate.ts";
import { conform } from "../../model/conform.ts";
import { readReleases } from "../../model/releases.ts";
import { catalogue } from "../../rule/rule.ts";
import { Lines } from "../../source/position.ts";
import { readInputs, withWanted } from "./inputs.ts";
import type { LintFlags } from "./flags.ts";
import { askedFor, settingsLoader } from "./lint-command.ts";
import type { World } from "./run.ts";

/** Prints JSON: for each release the model, the origins of its leaves and what is not known; for each file its state and what it was taken for. */
export async function modelCommand(paths: readonly string[], flags: LintFlags, world: World): Promise<number> {
  const rulebook = catalogue(rules());
  const inputs = await readInputs(askedFor(paths, flags, world), world, settingsLoader(flags, rulebook, world), () => undefined);
  const printed = inputs.groups.map((group) => {
    const { settings, looks, named } = group;
    const sources = withWanted(group, world.cwd);
    const lines = new Map(sources.map((source) => [source.path, new Lines(source.text)] as const));
    const read = readReleases(sources, { ...settings, named }, { schema: modelSchema(), charts: chartFacts });
    const secrets = new Map<string, number>();
    const releases = read.releases.map((release) => {
      const model = conform(release.tree, modelSchema(), secrets);
      const at = (path: string, span: { start: number; end: number }): string => {
        const { start } = placeOf(path, span, lines.get(path) ?? new Lines(""));
        return `${path}:${start.line}:${start.column}`;
      };
      return {
        release: release.name,
        model: model.json,
        origins: Object.fromEntries(
          [...model.origins].map(([key, { path, span, via }]) => [
            key,
            at(path, span) + (via === undefined ? "" : ` (${via.map((one) => one.kind).join(", ")})`),
          ]),
        ),
        unresolved: model.unresolved.map((one) => ({ at: one.at.join("/"), because: one.because, from: at(one.origin.path, one.origin.span) })),
      };
    });
    const files = read.files.map((look) => ({ ...look, takenFor: read.taken.get(look.path) ?? [] }));
    return { releases, files: [...files, ...looks.map((look) => ({ ...look, takenFor: [] }))] };
  });
  for (const problem of inputs.problems) world.stderr.write(`natslint: ${problem}\n`);
  const all = { releases: printed.flatMap((one) => one.releases), files: printed.flatMap((one) => one.files) };
  world.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
  return inputs.problems.length > 0 ? 2 : 0;
}
