import type { Codec } from '../codec.ts'
import { type LinkTo, pathAlone } from '../said-lines.ts'
import type { TimeOfDay } from '../sentence.ts'
import { guardedLineDecoder, type LineCarry, lineDecoder } from './decoder.ts'
import { lineEncoding } from './encoding.ts'

/** Line mode: plain text, line by line. `guarded`: the server asks for a password. `linkTo`: makes links to files. */
export const lineCodec = (
  timeOfDay: TimeOfDay,
  day: TimeOfDay,
  guarded = false,
  linkTo: LinkTo = pathAlone,
): Codec<LineCarry> => ({
  decoder: guarded ? guardedLineDecoder : lineDecoder,
  encoding: lineEncoding(timeOfDay, day, linkTo),
  onRefusal: 'prompt',
})
