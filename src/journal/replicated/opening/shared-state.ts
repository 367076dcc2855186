/**
 * The room's state as nodes leave it for one another: a line with its place in the log, then the state. A new node
 * begins with it, and the log may be purged up to it.
 */
import { PIECE_BYTES, SHARED_STATES } from '../../../model/limits.ts'
import type { Snapshot } from '../../../port/journal.ts'
import { DataError } from '../../data-error.ts'
import { type BatchPlace, endOf } from '../stream/places.ts'
import type { LogPlace, SharedStates } from '../stream/stream.ts'

/** `batches`: the latest of each node that the state has whole. Later ones are in the log. */
export type SharedState = Snapshot & { readonly batches: readonly BatchPlace[] }

const nameOf = (seq: number): string => String(seq)
/** The state before the first input of the log, if that is not the first one of the room. It's never removed. */
const ORIGIN = 'origin'
/** Is there while a history is brought in. */
const IMPORTING = 'importing'
/**
 * Before a place. Each purge leaves one, so that of two nodes the one that purged less takes nothing back. Its content is
 * the input of the state that a new node needs.
 */
export const PURGED = 'purged-'

/** The input of the latest one; 0: there is none. */
export async function latestShared(states: SharedStates): Promise<number> {
  return Math.max(0, ...(await seqsOf(states)))
}

/** Leaves a state for the others, and removes those that are no longer needed. */
export async function share(states: SharedStates, { seq, state, batches }: SharedState): Promise<void> {
  await states.put(nameOf(seq), inPieces(written({ seq, state, batches })))
  const old = (await seqsOf(states)).toSorted((a, b) => b - a).slice(SHARED_STATES)
  const first = await firstNeeded(states)
  for (const each of old) if (each !== first) await states.delete(nameOf(each))
}

/** The one after this input; null: there is none. */
export const sharedAt = (states: SharedStates, seq: number): Promise<SharedState | null> => read(states, nameOf(seq))

export const shareOrigin = (states: SharedStates, origin: SharedState): Promise<void> =>
  states.put(ORIGIN, inPieces(written(origin)))

/**
 * The first one after which nothing is missing in a log that was purged up to `place`; null: there is none. A node that
 * begins with it has all messages that the others have.
 */
export async function sharedState(states: SharedStates, place: LogPlace): Promise<SharedState | null> {
  for (const seq of (await seqsOf(states)).toSorted((a, b) => a - b)) {
    const found = await read(states, nameOf(seq))
    // It may have been removed meanwhile, since there is a later one.
    if (found && endOf(found.batches).place >= place) return found
  }
  return null
}

/** Null: the log begins with the room. */
export const origin = (states: SharedStates): Promise<SharedState | null> => read(states, ORIGIN)

export const claimImport = (states: SharedStates, node: string): Promise<void> => states.put(IMPORTING, inPieces(node))

/** The node that brings a history in, or was interrupted when it did; null: none. */
export async function importer(states: SharedStates): Promise<string | null> {
  const content = await states.get(IMPORTING)
  return content && textOf(content)
}

export const endImport = (states: SharedStates): Promise<void> => states.delete(IMPORTING)

export const isImporting = async (states: SharedStates): Promise<boolean> => (await states.get(IMPORTING)) !== null

/** How far the log was purged. Messages after that may be missing too, but none that a node needs. */
export const purgedUpTo = async (states: SharedStates): Promise<LogPlace> => Math.max(0, ...(await purgesIn(states)))

/** Written before the log is purged. `seq`: the input of the state that stands for the purged inputs. */
export async function sayPurged(states: SharedStates, place: LogPlace, seq: number): Promise<void> {
  await states.put(`${PURGED}${place}`, inPieces(`${seq}`))
  for (const earlier of await purgesIn(states)) if (earlier < place) await states.delete(`${PURGED}${earlier}`)
}

/** The input of the state that stands for the purged inputs; NaN: none were purged, or no node marked it. */
async function firstNeeded(states: SharedStates): Promise<number> {
  const content = await states.get(`${PURGED}${await purgedUpTo(states)}`)
  return content ? Number(await textOf(content)) : Number.NaN
}

const purgesIn = async (states: SharedStates): Promise<readonly LogPlace[]> =>
  (await states.list()).filter(name => name.startsWith(PURGED)).map(name => Number(name.slice(PURGED.length)))

const written = ({ seq, batches, state }: SharedState): string => `${JSON.stringify({ seq, batches })}\n${state}`

const seqsOf = async (states: SharedStates): Promise<readonly number[]> =>
  (await states.list()).map(Number).filter(Number.isSafeInteger)

async function read(states: SharedStates, name: string): Promise<SharedState | null> {
  const content = await states.get(name)
  if (content === null) return null
  const text = await textOf(content)
  const end = text.indexOf('\n')
  try {
    const { seq, batches } = JSON.parse(text.slice(0, end)) as Omit<SharedState, 'state'>
    return { seq, batches, state: text.slice(end + 1) }
  } catch {
    throw new DataError(`the shared state "${name}" is damaged. Delete it from the log's object store.`)
  }
}

async function* inPieces(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}
