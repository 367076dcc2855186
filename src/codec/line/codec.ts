import type { Codec } from '../codec.ts'
import type { TimeOfDay } from '../sentence.ts'
import { type LineCarry, lineDecoder } from './decoder.ts'
import { lineEncoding } from './encoding.ts'

/** Line mode: plain text, a line at a time. */
export const lineCodec = (timeOfDay: TimeOfDay, day: TimeOfDay): Codec<LineCarry> => ({
  decoder: lineDecoder,
  encoding: lineEncoding(timeOfDay, day),
  onRefusal: 'prompt',
})
