/** What an encoding writes, as frames: a protocol that reads whole turns gets one per event, one that is paced one per write. */
import type { Encoding, Outgoing } from '../codec/codec.ts'
import type { SessionId } from '../model/input.ts'
import { concat, type Frame } from './ring.ts'

/** Where frames stand: in input `seq`, at its event `k`. */
export type Place = { readonly seq: number; readonly k: number }

/** Before every event of its input: how a session begins. It is told once, whatever comes again after a resume. */
export const AT_THE_START = -1
/** After every event of its input: answers that no input brought. */
export const AT_THE_END = Number.MAX_SAFE_INTEGER

export function framesOf(encoding: Encoding, outgoing: Outgoing, { seq, k }: Place, except: SessionId | null): Frame[] {
  const written = encoding.encode(outgoing).map(bytesOf)
  const parts = encoding.pace || written.length < 2 ? written : [concat(written)]
  return parts.map((bytes, part) => ({ seq, k, part, except, bytes }))
}

const bytesOf = (written: string | Uint8Array): Uint8Array =>
  typeof written === 'string' ? Buffer.from(written, 'utf8') : written
