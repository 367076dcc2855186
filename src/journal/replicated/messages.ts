/** The messages of a replicated log as bytes: JSON, and texts as they are. A newer rxchat may add fields. */
import { type Draft, type Input, textsOf } from '../../model/input.ts'
import type { Beat } from '../../port/peers.ts'
import type { LogPlace, StreamBatch } from './stream.ts'

/** The inputs of a batch, which stand for all of it. */
export type InputsMessage = {
  /** Names the start of the node that wrote it. */
  readonly run: string
  /** The number of this batch among those of the run, from 1 on. */
  readonly k: number
  /** The place of the node's inputs before these; 0: unknown, or none. */
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

/** Throws on anything else. */
export function inputsIn(data: Uint8Array): InputsMessage {
  const message = parsed(data) as Partial<InputsMessage>
  const { run, k, after, inputs, texted } = message
  const isWhole =
    typeof run === 'string' &&
    Number.isInteger(k) &&
    Number.isInteger(after) &&
    Array.isArray(inputs) &&
    Array.isArray(texted)
  if (!isWhole) throw new SyntaxError('not the inputs of a batch')
  return message as InputsMessage
}

/** `textAt` gives the text with this number in the batch; null: it's erased. */
export function draftsIn(
  { inputs, texted }: Pick<InputsMessage, 'inputs' | 'texted'>,
  textAt: (number: number) => string | null,
): readonly Draft[] {
  let number = 0
  return inputs.map((input, at) => ({ input, texts: textsOf(texted[number] === at ? textAt(number++) : null) }))
}

export const beatBytes = (beat: Beat): Uint8Array => bytesOf(beat)

/** Throws if it's no JSON. The fields are those of the node's version. */
export const beatIn = (data: Uint8Array): Beat => parsed(data) as Beat

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

const parsed = (data: Uint8Array): unknown => JSON.parse(Buffer.from(data).toString('utf8'))
