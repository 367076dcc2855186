/** Makes the story of a failed run short: leaves acts out as long as the same rule is still broken. */

/**
 * `fails`: whether these acts alone fail in the same way. Delta debugging: halves first, then ever smaller pieces,
 * until no act can be left out, or `isLate`.
 */
export async function shrink<T>(
  all: readonly T[],
  fails: (some: readonly T[]) => Promise<boolean>,
  isLate: () => boolean = () => false,
): Promise<readonly T[]> {
  let acts = all
  for (let size = Math.ceil(acts.length / 2); size >= 1; ) {
    const before = acts.length
    for (let at = acts.length - size; at > -size; at -= size) {
      const without = [...acts.slice(0, Math.max(0, at)), ...acts.slice(at + size)]
      if (isLate()) return acts
      if (without.length < acts.length && (await fails(without))) acts = without
    }
    if (size > 1) size = Math.ceil(size / 2)
    else if (acts.length === before) break
  }
  return acts
}
