/**
 * Bytes of uploads on their way: on the disk already, and in no state until their input is committed. They count against the
 * quota too, since a request that doesn't say its length could fill the disk otherwise.
 */
import type { SessionId } from '../../model/input.ts'
import { FILES_SHARES, THUMB_MAX_BYTES } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { BlobHash } from '../../port/blobs.ts'
import { uploadFault } from '../../reducer/messages/files.ts'
import { type Refused, refused } from '../ingress/vetting/vetted.ts'
import type { FileBounds } from './bounds.ts'
import { megabytes } from './receiving.ts'

/** One file on its way. Call `keep` when it's received, or `over` when nothing of it stays. */
export type ComingFile = {
  /** Called before each piece is stored. After a refusal, none of its bytes count any more. */
  readonly take: (bytes: number) => Refused | null
  readonly keep: (hash: BlobHash) => void
  readonly over: () => void
}

export class ComingBytes {
  readonly #state: () => State
  readonly #bounds: FileBounds
  #total = 0
  readonly #by = new Map<SessionId, number>()
  /** Received files that wait for their inputs. */
  readonly #kept = new Map<BlobHash, () => void>()

  constructor(state: () => State, bounds: FileBounds) {
    this.#state = state
    this.#bounds = bounds
  }

  begin(session: SessionId): ComingFile {
    let size = 0
    const over = (): void => {
      this.#add(session, -size)
      size = 0
    }
    return {
      take: bytes => {
        size += bytes
        this.#add(session, bytes)
        const unfit = this.unfit(session)
        if (unfit) over()
        return unfit
      },
      keep: hash => void this.#kept.set(hash, over),
      over,
    }
  }

  /** Its input is committed or refused. */
  release(hash: BlobHash): void {
    this.#kept.get(hash)?.()
    this.#kept.delete(hash)
  }

  /** Why this uploader can't send `more` bytes, besides those that come already. */
  unfit(session: SessionId, more = 0): Refused | null {
    const { most, quota } = this.#bounds
    const before = this.#by.get(session) ?? 0
    const own = before + more
    const fault = uploadFault(this.#state(), session, own, quota, this.#total - before)
    if (fault) return refused(fault.code, fault.detail)
    const share = Math.max(quota / FILES_SHARES, most + THUMB_MAX_BYTES)
    return own > share ? refused('own-files-full', megabytes(share)) : null
  }

  #add(session: SessionId, bytes: number): void {
    this.#total += bytes
    const own = (this.#by.get(session) ?? 0) + bytes
    if (own > 0) this.#by.set(session, own)
    else this.#by.delete(session)
  }
}
