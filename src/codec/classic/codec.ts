import type { Codec } from '../codec.ts'
import type { TimeOfDay } from '../sentence.ts'
import { type ClassicCarry, classicDecoder } from './decoder.ts'
import { classicEncoding } from './encoding.ts'

/** The original's protocol, without framing. */
export const classicCodec = (timeOfDay: TimeOfDay): Codec<ClassicCarry> => ({
  decoder: classicDecoder,
  encoding: classicEncoding(timeOfDay),
  onRefusal: 'close',
})
