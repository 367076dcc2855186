/**
 * Erases the texts that the state says nobody needs any more: the networks of sanctions that are over, and held messages
 * that were released or dropped.
 */
import { PIECE_ROWS } from '../../model/limits.ts'
import { type WorkDeps, workOff } from './work-off.ts'

type Deps = WorkDeps & {
  /** Erases the texts from everything that is stored. If that fails, it rejects; the failure has been reported. */
  readonly erase: (...targets: readonly number[]) => Promise<void>
}

/** From now on. */
export function eraseSpent({ erase, ...deps }: Deps): void {
  workOff<number>(deps, {
    isDone: ({ obsolete }) => obsolete.size === 0,
    // The oldest ones.
    page: ({ obsolete }) =>
      obsolete
        .toArray()
        .sort((a, b) => a - b)
        .slice(0, PIECE_ROWS),
    has: ({ obsolete }, target) => obsolete.has(target),
    perform: targets => erase(...targets),
    confirm: targets => ({ type: 'spent', targets }),
  })
}
