// Who waits for a thread: one line for each namespace, served in turn, so that one controller's storm starves nobody. When
// it is full, the longest line gives one up.

export interface FairQueue<T> {
  readonly size: () => number;
  /** Takes one in. Gives the one that has to leave for it: itself, or the last of the longest line; null while there is room. */
  readonly put: (line: string, one: T) => T | null;
  readonly take: () => T | undefined;
  readonly remove: (line: string, one: T) => void;
}

export function fairQueue<T>(most: number): FairQueue<T> {
  // The order of a Map's keys is the order of the turns.
  const lines = new Map<string, T[]>();
  let size = 0;
  const remove = (line: string, one: T): void => {
    const waiting = lines.get(line);
    const at = waiting?.indexOf(one) ?? -1;
    if (waiting === undefined || at < 0) return;
    waiting.splice(at, 1);
    size--;
    if (waiting.length === 0) lines.delete(line);
  };
  const giveUp = (line: string, one: T): T => {
    let longest = line;
    let length = (lines.get(line)?.length ?? 0) + 1;
    for (const [name, waiting] of lines)
      if (waiting.length > length) {
        longest = name;
        length = waiting.length;
      }
    const last = lines.get(longest)?.at(-1);
    if (longest === line || last === undefined) return one;
    remove(longest, last);
    return last;
  };
  return {
    size: () => size,
    put: (line, one) => {
      const left = size >= most ? giveUp(line, one) : null;
      if (left === one) return one;
      const waiting = lines.get(line);
      if (waiting === undefined) lines.set(line, [one]);
      else waiting.push(one);
      size++;
      return left;
    },
    take: () => {
      for (const [line, waiting] of lines) {
        const one = waiting.shift();
        // To the end of the turns.
        lines.delete(line);
        if (waiting.length > 0) lines.set(line, waiting);
        if (one === undefined) continue;
        size--;
        return one;
      }
      return undefined;
    },
    remove,
  };
}
