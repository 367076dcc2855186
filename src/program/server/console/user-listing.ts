/**
 * The user list on the console: at once after a change, then at most once in USERS_SHOWN_MS, and always after the last
 * change. So a storm of joins costs few lists, and the list that stands last is right.
 */
import { USERS_SHOWN_MS } from '../../../model/limits.ts'
import type { State } from '../../../model/state.ts'
import type { Clock } from '../../../port/clock.ts'
import { usersNow } from './transcript.ts'

export class UserListing {
  readonly #show: (lines: readonly string[]) => void
  readonly #alarm: Clock['alarm']
  /** The state after a change that isn't shown yet. */
  #waiting: State | null = null
  /** Not null: a list was shown lately. */
  #cancel: (() => void) | null = null

  /** `show` gets a list that waited. */
  constructor(show: (lines: readonly string[]) => void, alarm: Clock['alarm']) {
    this.#show = show
    this.#alarm = alarm
  }

  /** The users have changed. Returns the lines to show now. `isOwn`: the host did it, and sees the result at once. */
  changed(state: State, isOwn: boolean): readonly string[] {
    if (this.#cancel && !isOwn) {
      this.#waiting = state
      return []
    }
    this.#cancel?.()
    this.#waiting = null
    this.#rest()
    return [usersNow(state)]
  }

  /** Shows the waiting rows. */
  close(): void {
    this.#cancel?.()
    this.#cancel = null
    if (this.#waiting) this.#show([usersNow(this.#waiting)])
    this.#waiting = null
  }

  #rest(): void {
    this.#cancel = this.#alarm(USERS_SHOWN_MS, () => {
      const state = this.#waiting
      this.close()
      if (state) this.#rest()
    })
  }
}
