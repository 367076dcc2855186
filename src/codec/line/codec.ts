import type { Codec } from '../codec.ts'
import type { TimeOfDay } from '../sentence.ts'
import { guardedLineDecoder, type LineCarry, lineDecoder } from './decoder.ts'
import { lineEncoding } from './encoding.ts'

/** Line mode: plain text, a line at a time. `guarded`: people are asked for a password, too. */
export const lineCodec = (timeOfDay: TimeOfDay, day: TimeOfDay, guarded = false): Codec<LineCarry> => ({
  decoder: guarded ? guardedLineDecoder : lineDecoder,
  encoding: lineEncoding(timeOfDay, day),
  onRefusal: 'prompt',
})
