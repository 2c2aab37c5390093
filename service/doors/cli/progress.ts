// A line on stderr when a run takes longer than half a second on a terminal.

import type { World } from "./run.ts";

export interface Progress {
  readonly seen: (files: number) => void;
  readonly done: () => void;
}

/**
 * Counts up while files are read. Silent where standard error is no terminal. The wall clock is good enough here, and
 * Node has it at hand: `performance` it would have to load.
 */
export function progress(world: Pick<World, "stderr">, noun: "files" | "objects" = "files"): Progress {
  const start = Date.now();
  let shown = false;
  let last = 0;
  return {
    seen: (files) => {
      const now = Date.now();
      if (world.stderr.isTTY !== true || now - start < 500 || now - last < 100) return;
      shown = true;
      last = now;
      world.stderr.write(`\r${files} ${noun} read ...`);
    },
    done: () => {
      if (shown) world.stderr.write("\r\u001b[K");
    },
  };
}
