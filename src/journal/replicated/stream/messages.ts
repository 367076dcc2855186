/** The messages of a replicated log as bytes: JSON, and texts as they are. A newer rxchat may add fields. */
import { type Draft, type Input, textsOf } from '../../../model/input.ts'
import type { Beat } from '../../../port/peers.ts'
import type { LogPlace, StreamBatch } from './stream.ts'

/** The inputs of a batch, which stand for all of it. */
export type InputsMessage = {
  /** Names the start of the node that wrote it. */
  readonly run: string
  /** The number of this batch among those of the run, from 1 on. */
  readonly k: number
  /** The place of the node's inputs before these, also if they were purged since; 0: none. */
  readonly after: LogPlace
  readonly inputs: readonly Input[]
  /** Which of the inputs have a text: their texts are at the places before this message, in order. */
  readonly texted: readonly number[]
}

export type BatchId = Pick<InputsMessage, 'run' | 'k' | 'after'>

/** No drafts: a batch that only takes the place of another one. */
export function batchOf(id: BatchId, drafts: readonly Draft[]): StreamBatch {
  const texts: Uint8Array[] = []
  const texted: number[] = []
  for (const [at, draft] of drafts.entries()) {
    if (draft.texts.text === undefined) continue
    texted.push(at)
    texts.push(Buffer.from(draft.texts.text))
  }
  const message: InputsMessage = { ...id, inputs: drafts.map(({ input }) => input), texted }
  return { texts, inputs: bytesOf(message) }
}

/** Throws on anything else: no server has written it. */
export function inputsIn(data: Uint8Array): InputsMessage {
  const message = objectIn(data) as Partial<InputsMessage>
  const { run, k, after, inputs, texted } = message
  const isWhole =
    typeof run === 'string' &&
    Number.isSafeInteger(k) &&
    Number.isSafeInteger(after) &&
    Array.isArray(inputs) &&
    inputs.every(isInput) &&
    Array.isArray(texted) &&
    texted.every((at, n) => Number.isSafeInteger(at) && at > (texted[n - 1] ?? -1) && at < inputs.length)
  if (!isWhole) throw new SyntaxError('not the inputs of a batch')
  return message as InputsMessage
}

/** The fields that the journal needs of an input. The rules of the room refuse wrong values in the others. */
function isInput(input: unknown): input is Input {
  if (typeof input !== 'object' || input === null) return false
  const { id, at, origin, session, type, target, targets, texts } = input as Partial<Record<string, unknown>>
  const isStamped = typeof id === 'string' && Number.isFinite(at) && typeof origin === 'string'
  const isKnown = typeof session === 'string' && typeof type === 'string'
  const isPlaced = type !== 'delete' || Number.isSafeInteger(target)
  const arePlaced = (type !== 'spent' || arePlaces(targets)) && (type !== 'show-edit' || arePlaces(texts))
  const isErased = type !== 'delete' || texts === undefined || arePlaces(texts)
  return isStamped && isKnown && isPlaced && arePlaced && isErased && isShallow(input, DEPTH_MAX)
}

const arePlaces = (value: unknown): boolean => Array.isArray(value) && value.every(Number.isSafeInteger)

/** JSON reads deeper nesting than it can write. */
const DEPTH_MAX = 64

const isShallow = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every(inner => isShallow(inner, depth - 1)))

/** `textAt` gives the text with this number in the batch; null: it's erased. */
export function draftsIn(
  { inputs, texted }: Pick<InputsMessage, 'inputs' | 'texted'>,
  textAt: (number: number) => string | null,
): readonly Draft[] {
  let number = 0
  return inputs.map((input, at) => ({ input, texts: textsOf(texted[number] === at ? textAt(number++) : null) }))
}

export const beatBytes = (beat: Beat): Uint8Array => bytesOf(beat)

/** Null: no server has written it. A newer version may add fields. */
export function beatIn(data: Uint8Array): Beat | null {
  const beat = objectIn(data) as Partial<Beat>
  const { run, address, version, reads, seq, digest, disks = {} } = beat
  const isWhole =
    [run, version].every(word => typeof word === 'string') &&
    [reads, seq].every(Number.isFinite) &&
    typeof disks === 'object' &&
    disks !== null &&
    (address === null || typeof address === 'string') &&
    (digest === null || (Number.isSafeInteger(digest?.seq) && typeof digest?.hash === 'string'))
  return isWhole ? (beat as Beat) : null
}

export const signalBytes = (signal: unknown): Uint8Array => bytesOf(signal)

/** Undefined: it's no JSON, so no server has sent it. */
export function signalIn(data: Uint8Array): unknown {
  try {
    return parsed(data)
  } catch {
    return undefined
  }
}

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))

/** Without fields if it's no object of JSON. */
function objectIn(data: Uint8Array): object {
  const value = signalIn(data)
  return typeof value === 'object' && value !== null ? value : {}
}

const parsed = (data: Uint8Array): unknown => JSON.parse(Buffer.from(data).toString('utf8'))
