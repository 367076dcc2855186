/** Encoded text as frames: a protocol that reads whole turns gets one per event, one that is paced one per write. */
import type { Encoding, Outgoing } from '../codec/codec.ts'
import type { SessionId } from '../model/input.ts'
import type { Frame } from './ring.ts'

/** Where frames stand: in input `seq`, at its event `k`. */
export type Place = { readonly seq: number; readonly k: number }

/** Before every event of its input: how a session begins. It is told once, whatever comes again after a resume. */
export const AT_THE_START = -1
/** After every event of its input: answers that no input brought. */
export const AT_THE_END = Number.MAX_SAFE_INTEGER

export function framesOf(encoding: Encoding, outgoing: Outgoing, { seq, k }: Place, except: SessionId | null): Frame[] {
  const texts = encoding.encode(outgoing)
  const parts = encoding.pace || texts.length < 2 ? texts : [texts.join('')]
  return parts.map((text, part) => ({ seq, k, part, except, bytes: Buffer.from(text, 'utf8') }))
}
