// Long texts cut where nobody is hurt: between blocks, never inside one.

/** At most this many characters, so that GitHub's own limit of 65,535 is never met, whatever it counts. */
export const MOST = 60_000;

/** As many of the blocks as fit, one below the other, and behind them how many are left out. */
export function fit(blocks: readonly string[], most: number, leftOut: (count: number) => string, between = "\n"): string {
  const whole = blocks.join(between);
  if (whole.length <= most) return whole;
  let text = "";
  for (const [index, block] of blocks.entries()) {
    const rest = leftOut(blocks.length - index);
    const room = most - rest.length - between.length;
    if (text.length + block.length + between.length > room) return text === "" ? rest : `${text}${between}${rest}`;
    text = text === "" ? block : `${text}${between}${block}`;
  }
  return text;
}
