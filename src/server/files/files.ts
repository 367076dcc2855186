/**
 * Files over HTTP: an upload comes in, is stored, and then an input says so; files in the state can be fetched. Until
 * that input is committed nobody hears of a file, and a file that no input names is erased again.
 */
import type { Body, Draft, SessionId } from '../../model/input.ts'
import { THUMB_MAX_BYTES, THUMB_SIDE_MAX } from '../../model/limits.ts'
import type { Stored, StoredFile } from '../../model/state/files.ts'
import type { State } from '../../model/state.ts'
import type { BlobContent, Blobs } from '../../port/blobs.ts'
import type { Clock } from '../../port/clock.ts'
import type { Entropy } from '../../port/entropy.ts'
import { decideUpload, uploaderOf } from '../../reducer/messages/files.ts'
import { type Refused, refused } from '../ingress/vetting/vetted.ts'
import { type FileBounds, UploadBounds } from './bounds.ts'
import { ComingBytes } from './coming.ts'
import { ContentError, type Received, receive, tooLarge } from './receiving.ts'
import { SEAL_BYTES, unsealed } from './sealed.ts'

/** The session that uploads, and its address. */
export type Uploader = { readonly session: SessionId; readonly address: string }

export type Uploaded = { readonly ok: true; readonly file: StoredFile }

export type Files = {
  /** Null: this server takes none. */
  readonly bounds: FileBounds | null
  /**
   * Whether this uploader may begin now. `length`: the bytes that it announces; null: it doesn't say. Call the returned
   * function once, when the request is over.
   */
  readonly admit: (who: Uploader, length: number | null) => (() => void) | Refused
  /** Takes in the bytes that a session sends. Rejects with a ContentError. */
  readonly receive: Receive
  /** The same of a small picture that the client made. */
  readonly receiveThumb: Receive
  /** Resolves when the upload is committed. If it's refused, its bytes are erased. */
  readonly store: (session: SessionId, file: Received, thumb: Received | null) => Promise<Uploaded | Refused>
  /** Erases received files that aren't needed. */
  readonly drop: (...received: readonly (Received | null)[]) => Promise<void>
  readonly find: (id: string) => StoredFile | null
  /** Null: it was erased meanwhile. */
  readonly read: (stored: Stored) => Promise<BlobContent | null>
}

type Receive = (session: SessionId, content: AsyncIterable<Uint8Array>) => Promise<Received | Refused>

type Outcome = { readonly ok: true } | Refused

type Deps = {
  readonly blobs: Blobs
  readonly clock: Clock
  readonly entropy: Entropy
  readonly bounds: FileBounds | null
  readonly state: () => State
  readonly draft: (session: SessionId, n: null, body: Body, text: null) => Draft
  /** Resolves when the input is committed or refused. */
  readonly carryOut: (draft: Draft) => Promise<Outcome>
  /** Gets the error of a write that failed. */
  readonly unstored: (error: unknown) => void
}

export function createFiles(deps: Deps): Files {
  const { blobs, entropy, bounds, state, unstored } = deps
  const running = new UploadBounds()

  const coming = bounds && new ComingBytes(state, bounds)

  async function receiveUpTo(session: SessionId, content: AsyncIterable<Uint8Array>, most: number) {
    if (!coming) return refused('files-off')
    const file = coming.begin(session)
    try {
      const received = await receive(content, most, { ...deps, take: file.take })
      if ('ok' in received) file.over()
      else file.keep(received.hash)
      return received
    } catch (error) {
      file.over()
      if (error instanceof ContentError) throw error
      unstored(error)
      return refused('storage')
    }
  }

  async function drop(...received: readonly (Received | null)[]): Promise<void> {
    for (const one of received) {
      if (!one) continue
      await blobs.erase(one.hash).catch(unstored)
      coming?.release(one.hash)
    }
  }

  return {
    bounds,
    admit({ session, address }, length) {
      if (!bounds || !coming) return refused('files-off')
      const by = uploaderOf(state(), session)
      if (by === null) return refused('not-entered')
      if (length !== null && length > bounds.most + FORM_BYTES) return tooLarge(bounds.most)
      return (
        coming.unfit(session, Math.max(0, (length ?? 0) - FORM_BYTES)) ??
        running.begin(by, address) ??
        refused('uploads-busy')
      )
    },
    receive: (session, content) => receiveUpTo(session, content, bounds?.most ?? 0),
    async receiveThumb(session, content) {
      const thumb = await receiveUpTo(session, content, THUMB_MAX_BYTES)
      if ('ok' in thumb) return thumb
      const { width = Number.POSITIVE_INFINITY, height = Number.POSITIVE_INFINITY } = thumb
      if (Math.max(width, height) <= THUMB_SIDE_MAX) return thumb
      await drop(thumb)
      return refused('thumb-unfit', `${THUMB_SIDE_MAX}`)
    },
    async store(session, file, thumb) {
      const upload = { ...file, file: entropy.secret(), ...(thumb && { thumb: storedOf(thumb) }) }
      const body = { type: 'upload', ...upload, quota: bounds?.quota ?? 0 } as const
      const draft = deps.draft(session, null, body, null)
      const outcome = refusalOf(state(), draft) ?? (await deps.carryOut(draft))
      for (const one of [file, thumb]) if (one) coming?.release(one.hash)
      if (outcome.ok) {
        const stored = state().files.get(upload.file)
        return stored ? { ok: true, file: stored } : refused('internal')
      }
      // Nobody knows whether it's stored: if it isn't, the next start finds that no input names it.
      if (outcome.code !== 'outcome-unknown') await drop(file, thumb)
      return outcome
    },
    drop,
    find: id => state().files.get(id) ?? null,
    async read({ hash }) {
      const found = await blobs.get(hash)
      return found && { size: found.size - SEAL_BYTES, pieces: unsealed(found.pieces) }
    },
  }
}

/** Bytes of a form that aren't those of its files. */
const FORM_BYTES = 200_000

const storedOf = ({ kind: _, ...stored }: Received): Stored => stored

/** The reducer's refusal of this upload, found before it becomes an input. */
function refusalOf(state: State, { input }: Draft): Refused | null {
  if (input.type !== 'upload') return null
  const rejected = decideUpload(state, input).find(event => event.type === 'rejected')
  return rejected ? refused(rejected.code, rejected.detail) : null
}
