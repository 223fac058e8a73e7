/** Milliseconds of CPU that some work takes: a machine that others use too must not make it look slow. */
export function cpuTimeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
