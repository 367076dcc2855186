/** A node tries a forbidden request again and again. The log gets a line of it now and then. */

const AGAIN_MS = 60_000
const KEPT = 100

/** Whether this reason wasn't given within the last AGAIN_MS. `elapsed` gives monotonic milliseconds. */
export function rarely(elapsed: () => number): (reason: string) => boolean {
  const given = new Map<string, number>()
  return reason => {
    const before = given.get(reason)
    if (before !== undefined && elapsed() - before < AGAIN_MS) return false
    // A reason may name a subject that is used once.
    if (given.size >= KEPT) given.clear()
    given.set(reason, elapsed())
    return true
  }
}
