/** Erases a message: its texts, and then the bytes of its files. So no message that can be read lacks its files. */
import type { State } from '../../model/state.ts'
import type { Blobs } from '../../port/blobs.ts'
import { filesOf } from '../../reducer/messages/usage.ts'

type Erase = (...targets: readonly number[]) => Promise<void>

type Deps = {
  readonly blobs: Pick<Blobs, 'erase'>
  readonly state: () => State
  /** Erases texts from everything that is stored. */
  readonly erase: Erase
  /** Gets the error of an erasure that failed. */
  readonly unstored: (error: unknown) => void
}

/** If one of the two fails, it rejects, and the failure has been reported. The state still names the files then, for the next attempt. */
export const messageEraser =
  ({ blobs, state, erase, unstored }: Deps): Erase =>
  async (...targets) => {
    await erase(...targets)
    const files = targets.flatMap(message => filesOf(state(), message))
    try {
      for (const { hash, thumb } of files)
        for (const each of thumb ? [hash, thumb.hash] : [hash]) await blobs.erase(each)
    } catch (error) {
      unstored(error)
      throw error
    }
  }
