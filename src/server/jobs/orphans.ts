/**
 * Erases, after a start, the bytes that no input names: of uploads that a crash interrupted between the two. An upload
 * that another server is just storing isn't named either, so of several servers one waits for longer than an upload
 * takes.
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
 * Resolves when this server may take in files: one of several may at once. Never rejects: bytes that can't be erased
 * now are erased at the next start.
 */
export async function eraseOrphans({ blobs, clock, state, shared, leads, unstored, closing$ }: Deps): Promise<void> {
  let isClosed = false
  let cancel = (): void => {}
  closing$.subscribe(() => {
    isClosed = true
    cancel()
  })
  const unnamed = (hashes: readonly BlobHash[]): readonly BlobHash[] => {
    const named = namedIn(state())
    return hashes.filter(hash => !named.has(hash))
  }
  const erase = async (hashes: readonly BlobHash[]): Promise<void> => {
    for (const hash of unnamed(hashes)) if (!isClosed) await blobs.erase(hash)
  }
  const eraseLater = (hashes: readonly BlobHash[]): void => {
    if (isClosed || hashes.length === 0) return
    // By then, none of these is still on its way.
    cancel = clock.alarm(ORPHAN_MS, () => void (leads() && erase(hashes).catch(unstored)))
  }
  const found = blobs.list().then(unnamed)
  if (!shared) return found.then(erase).catch(unstored)
  found.then(eraseLater).catch(unstored)
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
