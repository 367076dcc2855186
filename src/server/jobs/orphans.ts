/**
 * Erases, after a start, the bytes that no input names: of uploads that a crash interrupted between the two. What another
 * server is just storing isn't named either, so of several servers one waits for longer than an upload takes.
 */
import type { Observable } from 'rxjs'
import { ORPHAN_MS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { BlobHash, Blobs } from '../../port/blobs.ts'
import type { Clock } from '../../port/clock.ts'

type Deps = {
  readonly blobs: Pick<Blobs, 'list' | 'erase'>
  readonly clock: Pick<Clock, 'alarm'>
  readonly state: () => State
  /** Other processes take in files too. */
  readonly shared: boolean
  readonly leads: () => boolean
  readonly unstored: (error: unknown) => void
  readonly closing$: Observable<void>
}

/**
 * Resolves when this server may take in files: one of several may at once. Never rejects: what can't be erased now is, at
 * the next start.
 */
export async function eraseOrphans({ blobs, clock, state, shared, leads, unstored, closing$ }: Deps): Promise<void> {
  let isClosed = false
  const erase = async (found: readonly BlobHash[]): Promise<void> => {
    if (shared && !leads()) return
    const named = namedIn(state())
    for (const hash of found) if (!named.has(hash) && !isClosed) await blobs.erase(hash)
  }
  const listed = blobs.list()
  if (!shared) return listed.then(erase).catch(unstored)
  // Shortly after the start, none of these is still on its way.
  const cancel = clock.alarm(ORPHAN_MS, () => void listed.then(erase).catch(unstored))
  listed.catch(() => {})
  closing$.subscribe(() => {
    isClosed = true
    cancel()
  })
}

function namedIn({ files, doomed }: State): ReadonlySet<BlobHash> {
  const named = new Set<BlobHash>()
  for (const { hash, thumb } of files.values()) {
    named.add(hash)
    if (thumb) named.add(thumb.hash)
  }
  for (const hashes of doomed.values()) for (const hash of hashes) named.add(hash)
  return named
}
