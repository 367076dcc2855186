/** The events of a run, a line each; and the checks, faults and findings. Equal runs give equal stories. */

/** A rule that did not hold. */
export type Violation = { readonly rule: string; readonly what: string }

export type Story = {
  readonly lines: readonly string[]
  /** How often each fault happened and each check was made. */
  readonly counts: ReadonlyMap<string, number>
  readonly violations: readonly Violation[]
  /** Notes an event. */
  readonly tell: (what: string) => void
  readonly count: (what: string, more?: number) => void
  /** Counts a check of `rule`; `what` says how it failed, if it did. */
  readonly check: (rule: string, holds: boolean, what: () => string) => void
}

/** `elapsed`: virtual milliseconds since the beginning. */
export function newStory(elapsed: () => number): Story {
  const lines: string[] = []
  const counts = new Map<string, number>()
  const violations: Violation[] = []
  const tell = (what: string): void => {
    lines.push(`${(elapsed() / 1000).toFixed(3).padStart(9)}  ${what}`)
  }
  const count = (what: string, more = 1): void => {
    counts.set(what, (counts.get(what) ?? 0) + more)
  }
  return {
    lines,
    counts,
    violations,
    tell,
    count,
    check(rule, holds, what) {
      count(`check: ${rule}`)
      if (holds) return
      const violation = { rule, what: what() }
      violations.push(violation)
      tell(`VIOLATED ${violation.rule}: ${violation.what}`)
    },
  }
}
