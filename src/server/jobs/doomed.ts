/** Erases the bytes of files that the state says nobody needs any more. */
import { PIECE_ROWS } from '../../model/limits.ts'
import type { Blobs } from '../../port/blobs.ts'
import { type WorkDeps, workOff } from './work-off.ts'

type Deps = WorkDeps & {
  readonly blobs: Pick<Blobs, 'erase'>
  /** Gets the error of an erasure that failed. It's tried again later. */
  readonly unstored: (error: unknown) => void
}

/** From now on. */
export function eraseDoomed({ blobs, unstored, ...deps }: Deps): void {
  workOff(deps, {
    isDone: ({ doomed }) => doomed.isEmpty(),
    page: ({ doomed }) => [...doomed.take(PIECE_ROWS)],
    has: ({ doomed }, [file]) => doomed.has(file),
    async perform(page) {
      try {
        for (const [, hashes] of page) for (const hash of hashes) await blobs.erase(hash)
      } catch (error) {
        unstored(error)
        throw error
      }
    },
    confirm: page => ({ type: 'files-erased', files: page.map(([file]) => file) }),
  })
}
