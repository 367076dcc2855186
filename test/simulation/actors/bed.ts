/** A machine that can sleep: bytes that come meanwhile wait, and its alarms fire when it wakes. */
import type { Clock } from '../../../src/port/clock.ts'

export class Bed {
  readonly #clock: Clock
  #asleep = false
  #waiting: (() => void)[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get asleep(): boolean {
    return this.#asleep
  }

  sleep(): void {
    this.#asleep = true
  }

  wake(): void {
    this.#asleep = false
    const waiting = this.#waiting
    this.#waiting = []
    for (const run of waiting) this.whenAwake(run)
  }

  whenAwake(run: () => void): void {
    if (this.#asleep) this.#waiting.push(run)
    else run()
  }

  clock(): Clock {
    const clock = this.#clock
    return {
      now: () => clock.now(),
      elapsed: () => clock.elapsed(),
      turn: run => clock.turn(() => this.whenAwake(run)),
      alarm: (ms, ring) => {
        let waits = true
        const cancel = clock.alarm(ms, () =>
          this.whenAwake(() => {
            if (waits) ring()
          }),
        )
        return () => {
          waits = false
          cancel()
        }
      },
    }
  }
}
