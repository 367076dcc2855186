import type { Codec } from '../codec.ts'
import { type LinkTo, pathAlone } from '../said-lines.ts'
import type { TimeOfDay } from '../sentence.ts'
import { type ClassicCarry, classicDecoder } from './decoder.ts'
import { classicEncoding } from './encoding.ts'

/** The original's protocol, without framing. */
export const classicCodec = (timeOfDay: TimeOfDay, linkTo: LinkTo = pathAlone): Codec<ClassicCarry> => ({
  decoder: classicDecoder,
  encoding: classicEncoding(timeOfDay, linkTo),
  onRefusal: 'close',
})
