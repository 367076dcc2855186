/** Counts of all runs together, as a table: the events, the faults, and how often each check ran. */

export function add(total: Map<string, number>, counts: ReadonlyMap<string, number>): void {
  for (const [what, count] of counts) total.set(what, (total.get(what) ?? 0) + count)
}

export function table(counts: ReadonlyMap<string, number>): readonly string[] {
  const width = Math.max(0, ...[...counts.values()].map(count => grouped(count).length))
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, count]) => `  ${grouped(count).padStart(width)}  ${what}`)
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')
