/** A clock that moves when its owner says so, and runs due alarms in order: the same run every time. */
import type { Clock } from '../../../port/clock.ts'

export type VirtualClock = Clock & {
  /** Runs everything that is due within the next `ms` milliseconds, and the ends of turns, in order. */
  readonly advance: (ms: number) => Promise<void>
  /** Runs turns until nothing is left to do now. */
  readonly settle: () => Promise<void>
  /** The process stands still for so long: alarms fire late, and bytes that came meanwhile are read only after them. */
  readonly stall: (ms: number) => Promise<void>
  /** Sets the wall clock forward or back; monotonic time is not affected. */
  readonly jump: (ms: number) => void
  /** Whether the wall clock was ever set back. */
  readonly wasSetBack: () => boolean
  /** Alarms that have not fired. */
  readonly pending: () => number
}

type Alarm = { readonly due: number; readonly order: number; readonly ring: () => void }

/** Begins at `start`, milliseconds since the epoch. */
export function virtualClock(start = Date.UTC(2026, 0, 1)): VirtualClock {
  let elapsed = 0
  let offset = start
  let setBack = false
  let order = 0
  let turns: (() => void)[] = []
  const alarms = new Set<Alarm>()

  const next = (until: number): Alarm | undefined => {
    let first: Alarm | undefined
    for (const alarm of alarms) {
      if (alarm.due > until) continue
      if (!first || alarm.due < first.due || (alarm.due === first.due && alarm.order < first.order)) first = alarm
    }
    return first
  }

  /** Promises settle in microtasks; some take several, one after another. */
  const microtasks = async (): Promise<void> => {
    for (let round = 0; round < 48; round++) await null
  }

  const settle = async (): Promise<void> => {
    await microtasks()
    while (turns.length > 0) {
      const due = turns
      turns = []
      for (const run of due) run()
      await microtasks()
    }
  }

  return {
    now: () => offset + elapsed,
    elapsed: () => elapsed,
    alarm(ms, ring) {
      const alarm: Alarm = { due: elapsed + Math.max(0, ms), order: order++, ring }
      alarms.add(alarm)
      return () => alarms.delete(alarm)
    },
    turn(run) {
      turns.push(run)
    },
    settle,
    async advance(ms) {
      const until = elapsed + ms
      await settle()
      for (let alarm = next(until); alarm; alarm = next(until)) {
        alarms.delete(alarm)
        elapsed = Math.max(elapsed, alarm.due)
        alarm.ring()
        await settle()
      }
      elapsed = until
    },
    async stall(ms) {
      elapsed += ms
      for (let alarm = next(elapsed); alarm; alarm = next(elapsed)) {
        alarms.delete(alarm)
        alarm.ring()
      }
      await settle()
    },
    jump(ms) {
      offset += ms
      setBack ||= ms < 0
    },
    wasSetBack: () => setBack,
    pending: () => alarms.size,
  }
}
