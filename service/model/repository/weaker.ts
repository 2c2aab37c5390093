// Settings in which production is weaker than staging, or than the values that its own file is laid over.

import { withoutEnvironment } from "../../settings/environment.ts";
import { groupedBy } from "./links.ts";
import type { Member, Setting } from "./member.ts";
import { type Entry, entry } from "./table.ts";

/** Production as it is, and as it would be by the values below its own. */
export interface Overlaid {
  readonly member: Member;
  readonly below: Member;
}

export function weaker(members: readonly Member[], overlaid: readonly Overlaid[]): Entry[] {
  const families = groupedBy(
    members.filter(({ environment }) => environment === "production" || environment === "staging"),
    ({ kind, path, release }) => [`${kind} ${withoutEnvironment(path)} ${withoutEnvironment(release ?? "")}`],
  );
  const pairs = [...families.values()].flatMap((family): (readonly [Member, Member, string])[] => {
    const [production, ...more] = family.filter(({ environment }) => environment === "production");
    const [staging, ...others] = family.filter(({ environment }) => environment === "staging");
    return production === undefined || staging === undefined || more.length + others.length > 0 ? [] : [[production, staging, "staging"]];
  });
  const below = overlaid.map(({ member, below: base }) => [member, base, "the layer below it"] as const);
  const said = new Set<string>();
  return [...below, ...pairs].flatMap(([production, other, where]) =>
    production.settings.flatMap((setting): Entry[] => {
      const theirs = other.settings.find(({ name }) => name === setting.name);
      if (theirs === undefined || setting.strength >= theirs.strength || isSaidElsewhere(setting, production)) return [];
      // One cause is one finding, whichever comparison brings it out.
      const key = `${setting.name} ${production.path} ${production.release ?? ""}`;
      if (said.has(key)) return [];
      said.add(key);
      return [
        entry(production.environment, {
          setting: [setting.name, setting.origin],
          value: [setting.text, setting.origin],
          other: [theirs.text, theirs.origin],
          where: [where, setting.origin],
        }),
      ];
    }),
  );
}

/** A cluster of fewer than three has a rule of its own. */
function isSaidElsewhere({ name, strength }: Setting, { cluster }: Member): boolean {
  return name === "replicas" && strength < 3 && cluster !== null;
}
