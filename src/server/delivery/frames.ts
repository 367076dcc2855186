/** Output of an encoding, as frames: one frame per event, or one per write if the protocol is paced. */
import type { Enclosing, Encoding, Outgoing, Recipient } from '../../codec/codec.ts'
import type { PublicEvent } from '../../model/event.ts'
import type { MemberId, SessionId } from '../../model/input.ts'
import { concat, type Frame, type FrameQuote } from './reading/ring.ts'

/** The position of frames: event `k` of input `seq`. */
export type FramePosition = { readonly seq: number; readonly k: number }

/** Before every event of its input: the welcome of a session. It is sent once, and not again after a resume. */
export const AT_THE_START = -1
/** After every event of its input: answers to requests that are no inputs. */
export const AT_THE_END = Number.MAX_SAFE_INTEGER

/** Frames that all readers of the encoding share, but for session `except`, and for those that ignore the author. */
export function sharedFrames(
  encoding: Encoding,
  outgoing: Outgoing,
  position: FramePosition,
  except: SessionId | null,
): readonly Frame[] {
  const frames = framed(encoding, encoding.encode(outgoing), position, except)
  if (encoding.ignores || outgoing.type !== 'event') return frames
  const author = writerOf(outgoing.event)
  const quote = quoteIn(frames, encoding, outgoing)
  if (author === undefined && !quote) return frames
  return frames.map(one => ({ ...one, ...(author !== undefined && { author }), ...(quote && { quote }) }))
}

/**
 * The range of the quotation in the only frame: the frame differs there from the same one without a quotation. Clients
 * of a protocol with several frames for an event can't ignore anybody.
 */
function quoteIn(
  [only, ...others]: readonly Frame[],
  encoding: Encoding,
  outgoing: EventOutgoing,
): FrameQuote | undefined {
  const { quoted } = outgoing
  if (!only || others.length > 0 || !quoted) return undefined
  const [bare] = framed(encoding, encoding.encode({ ...outgoing, quoted: undefined }), only, null)
  if (!bare) return undefined
  const most = Math.min(bare.bytes.length, only.bytes.length)
  let [at, behind] = [0, 0]
  while (at < most && bare.bytes[at] === only.bytes[at]) at++
  while (behind < most - at && bare.bytes.at(-1 - behind) === only.bytes.at(-1 - behind)) behind++
  // In memory of its own: it's short, and the frame without a quotation is not kept.
  const instead = Uint8Array.from(bare.bytes.subarray(at, bare.bytes.length - behind))
  return { author: quoted.author, at, length: only.bytes.length - behind - at, instead }
}

type EventOutgoing = Extract<Outgoing, { type: 'event' }>

/** The author of the text that the event shows. */
function writerOf(event: PublicEvent): MemberId | undefined {
  if (event.type === 'said' || event.type === 'edited' || event.type === 'finished') return event.author
  return event.type === 'reacted' ? event.member : undefined
}

/** Frames for this recipient alone. */
export const framesFor = (
  recipient: Recipient,
  encoding: Encoding,
  outgoing: Outgoing,
  position: FramePosition,
): readonly Frame[] => framed(encoding, encoding.encode(outgoing, recipient), position, null)

export function framed(
  { pace }: Encoding,
  wire: readonly (string | Uint8Array | Enclosing)[],
  { seq, k }: FramePosition,
  except: SessionId | null,
): readonly Frame[] {
  const [only] = wire
  if (only !== undefined && wire.length === 1 && isWhole(only)) {
    return [{ seq, k, part: 0, except, bytes: bytesOf(only) }]
  }
  const whole = wire.filter(isWhole)
  if (whole.length < wire.length) {
    return wire.flatMap(partsOf).map((one, part) => ({ seq, k, part, except, ...one }))
  }
  const written = whole.map(bytesOf)
  const parts = pace || written.length < 2 ? written : [concat(written)]
  return parts.map((bytes, part) => ({ seq, k, part, except, bytes }))
}

type Part = Pick<Frame, 'bytes' | 'isShared' | 'goesOn'>

function partsOf(one: string | Uint8Array | Enclosing): readonly Part[] {
  if (isWhole(one)) return [{ bytes: bytesOf(one) }]
  const { head, shared, tail } = one
  return [
    { bytes: bytesOf(head), goesOn: true },
    ...shared.map(bytes => ({ bytes, isShared: true, goesOn: true }) as const),
    { bytes: bytesOf(tail) },
  ]
}

const isWhole = (one: string | Uint8Array | Enclosing): one is string | Uint8Array =>
  typeof one === 'string' || one instanceof Uint8Array

const bytesOf = (written: string | Uint8Array): Uint8Array =>
  typeof written === 'string' ? Buffer.from(written, 'utf8') : written
