/** The alarms of a client, one of each name. */
import type { Clock } from '../../../port/clock.ts'
import { SilenceAlarm } from '../../../port/silence-alarm.ts'
import type { Alarm } from '../state.ts'

export class Alarms {
  readonly #clock: Clock
  readonly #ring: (alarm: Alarm) => void
  readonly #cancels = new Map<Alarm, () => void>()

  constructor(clock: Clock, ring: (alarm: Alarm) => void) {
    this.#clock = clock
    this.#ring = ring
  }

  set(alarm: Alarm, ms: number): void {
    this.#cancels.get(alarm)?.()
    this.#cancels.set(alarm, this.#start(alarm, ms))
  }

  close(): void {
    for (const cancel of this.#cancels.values()) cancel()
    this.#cancels.clear()
  }

  /** Two alarms judge the server, which may have answered while this process was suspended. */
  #start(alarm: Alarm, ms: number): () => void {
    const ring = (): void => this.#ring(alarm)
    if (alarm !== 'ping' && alarm !== 'welcome') return this.#clock.alarm(ms, ring)
    const silence = new SilenceAlarm(this.#clock, ring)
    silence.set(ms)
    return () => silence.off()
  }
}
