// How long this process has worked, whatever else the machine does meanwhile: for bounds on what costs time and waits for nothing.

/** Milliseconds of its processor time so far. */
export function worked(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
