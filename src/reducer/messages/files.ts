/**
 * Files: uploads, the messages that name them, and their end. The bytes are stored before their input is committed, and are
 * erased by a server after the state says that nobody needs them (docs/spec.md, FI2).
 */
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf, SessionId } from '../../model/input.ts'
import { FILES_MAX, FILES_SHARES, UPLOAD_MS, UPLOADS_WAITING_MAX } from '../../model/limits.ts'
import type { FileRef } from '../../model/message/file.ts'
import type { StoredFile } from '../../model/state/files.ts'
import type { State } from '../../model/state.ts'
import { withEnd } from '../keeping/ends.ts'
import { mutedAnywhere } from '../keeping/messages/writing.ts'
import { type Fault, fault, refuseFor } from '../keeping/refusals.ts'
import { livesForgotten } from '../lives/ending.ts'
import { forgetsQuestions } from '../questions/open.ts'
import { memberOf } from '../rules/lookup.ts'
import { refuse } from '../rules/refuse.ts'
import { unpins } from './pinning.ts'
import { filesOf, usage, usageBy } from './usage.ts'

/** Two uploads at once can't be more than the quota together: one comes first. */
export function decideUpload(state: State, input: InputOf<'upload'>): readonly Event[] {
  const { session, file, hash, size, kind, width, height, thumb, quota } = input
  const by = uploaderOf(state, session)
  const unfit = uploadFault(state, session, size + (thumb?.size ?? 0), quota)
  if (unfit || by === null) return refuseFor(input, unfit ?? fault('not-entered'))
  if (state.files.has(file)) return refuse(input, 'files-full', `${FILES_MAX} places`)
  const dimensions = { ...(width !== undefined && { width }), ...(height !== undefined && { height }) }
  return [{ type: 'uploaded', file, hash, size, kind, ...dimensions, ...(thumb && { thumb }), by, at: state.at }]
}

/** Why somebody can't upload so many bytes. `quota`: the bytes of all files together. `others`: bytes on their way of others. */
export function uploadFault(state: State, session: SessionId, size: number, quota: number, others = 0): Fault | null {
  const by = uploaderOf(state, session)
  if (by === null) return fault('not-entered')
  const member = memberOf(state, { session })
  const muted = member && mutedAnywhere(state, member)
  if (muted) return muted
  const [all, own] = [usage(state), usageBy(state, by)]
  if (all.bytes + size + others > quota) return fault('files-full', megabytesOf(quota))
  if (all.count >= FILES_MAX) return fault('files-full', `${FILES_MAX} places`)
  if (own.count >= FILES_MAX / FILES_SHARES) return fault('own-files-full', `${FILES_MAX / FILES_SHARES} places`)
  // One file may have any size that the host allows.
  if (own.count > 0 && own.bytes + size > quota / FILES_SHARES)
    return fault('own-files-full', megabytesOf(quota / FILES_SHARES))
  return own.waiting < UPLOADS_WAITING_MAX ? null : fault('uploads-waiting', `${UPLOADS_WAITING_MAX}`)
}

const megabytesOf = (bytes: number): string => `${Math.floor(bytes / 1_000_000)} MB`

/** A member, or a token that may write; null: nobody. */
export function uploaderOf(state: State, session: SessionId): string | null {
  const member = memberOf(state, { session })
  if (member) return member.id
  return state.grants.get(session)?.write ? session : null
}

/** Why a message can't name these files. */
export function attachingFault(state: State, session: SessionId, files: readonly FileRef[] = NONE): Fault | null {
  if (files.length === 0) return null
  const by = uploaderOf(state, session)
  const unfit = files.find(({ id }) => {
    const stored = state.files.get(id)
    return stored?.by !== by || stored.message !== null
  })
  return unfit ? fault('file-unknown', unfit.id) : null
}

const NONE: readonly FileRef[] = []

/** Frees the files of a message that is gone. */
export const unstores = (state: State, message: number): readonly Event[] =>
  filesOf(state, message).map(({ file }) => ({ type: 'unstored', file }) as const)

/** Frees the files, questions, pins and growing output of messages that the history forgets up to this input. */
export function decideFilesForgotten(state: State, input: InputOf<'files-forgotten'>): readonly Event[] {
  const isOver = (message: StoredFile['message']): boolean => typeof message === 'number' && message <= input.until
  const files = [...state.files.values()].filter(({ message }) => isOver(message))
  return [
    ...files.map(({ file }) => ({ type: 'unstored', file }) as const),
    ...forgetsQuestions(state, isOver),
    ...unpins(state, input, isOver),
    ...livesForgotten(state, input.until),
  ]
}

/** No message has named it in time. */
export const uploadOver = (state: State, file: string): readonly Event[] =>
  state.files.get(file)?.message === null ? [{ type: 'unstored', file }] : []

export const decideFilesErased = (state: State, { files }: InputOf<'files-erased'>): readonly Event[] => {
  const erased = files.filter(file => state.doomed.has(file))
  return erased.length === 0 ? [] : [{ type: 'files-erased', files: erased }]
}

export function evolveFiles(state: State, event: EventOf<'uploaded' | 'unstored' | 'files-erased'>): State {
  switch (event.type) {
    case 'uploaded': {
      const { type: _, ...file } = event
      const timed = withEnd(state, uploadKey(file.file), state.at + UPLOAD_MS)
      return { ...timed, files: state.files.set(file.file, { ...file, message: null }) }
    }
    case 'unstored': {
      const file = state.files.get(event.file)
      if (!file) return state
      const hashes = [file.hash, ...(file.thumb ? [file.thumb.hash] : [])]
      const untimed = withEnd(state, uploadKey(event.file), null)
      return { ...untimed, files: state.files.delete(event.file), doomed: state.doomed.set(event.file, hashes) }
    }
    case 'files-erased':
      return { ...state, doomed: event.files.reduce((left, file) => left.delete(file), state.doomed) }
  }
}

/** The message of this input, shown or held, names the files from now on. */
export const withAttached = (state: State, files: readonly FileRef[] = NONE): State =>
  files.reduce((now, { id }) => withNamed(now, id, now.seq), state)

export function withNamed(state: State, id: string, message: StoredFile['message']): State {
  const file = state.files.get(id)
  if (!file) return state
  return { ...withEnd(state, uploadKey(id), null), files: state.files.set(id, { ...file, message }) }
}

const uploadKey = (file: string): string => `upload:${file}`
