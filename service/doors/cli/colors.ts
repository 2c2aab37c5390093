// Are there colours on standard output? Only on a terminal, unless somebody forces or forbids them.

import type { World } from "./run.ts";

/** `wanted` is false with --no-color. NO_COLOR counts when it is not empty; FORCE_COLOR=0 means none. */
export function hasColors(wanted: boolean, world: Pick<World, "env" | "stdout">): boolean {
  const forced = world.env["FORCE_COLOR"] ?? "";
  if (!wanted || (world.env["NO_COLOR"] ?? "") !== "" || /^(0|false)$/.test(forced)) return false;
  return world.stdout.isTTY === true || forced !== "";
}
