// How subjects lie to each other, as the server compares them: parts between dots, * for one part, > for all that follow.

/** Is there a subject that both match? */
export function collide(one: string, other: string): boolean {
  const [ours, theirs] = [one.split("."), other.split(".")];
  for (let index = 0; index < Math.min(ours.length, theirs.length); index++) {
    const [mine, yours] = [ours[index], theirs[index]];
    if (mine === ">" || yours === ">") return true;
    if (mine !== yours && mine !== "*" && yours !== "*") return false;
  }
  return ours.length === theirs.length;
}

/** Does the other match all that the one matches? */
export function within(one: string, other: string): boolean {
  const [ours, theirs] = [one.split("."), other.split(".")];
  for (let index = 0; index < theirs.length; index++) {
    const [mine, yours] = [ours[index], theirs[index]];
    if (mine === undefined) return false;
    if (yours === ">") return true;
    if (mine === ">" || (yours !== "*" && mine !== yours)) return false;
  }
  return ours.length === theirs.length;
}

/** What the server keeps for itself: a stream may not listen there unless it acknowledges nothing. `but` is open all the same. */
const RESERVED: readonly { readonly space: string; readonly but: string }[] = [
  { space: "$JS.>", but: "$JS.EVENT.>" },
  { space: "$JSC.>", but: "$JS.EVENT.>" },
  { space: "$NRG.>", but: "$JS.EVENT.>" },
  { space: "$SYS.>", but: "$SYS.ACCOUNT.>" },
];

/** The reserved space that a stream's subject reaches into; null where there is none. */
export function reservedSpace(subject: string): string | null {
  return RESERVED.find(({ space, but }) => collide(subject, space) && !within(subject, but))?.space ?? null;
}
