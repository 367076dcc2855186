import type { Codec } from '../codec.ts'
import type { Carry } from '../lines.ts'
import { nativeDecoder } from './decoder.ts'
import { nativeEncoding } from './encoding.ts'

/** The native protocol: JSON, one object a line. */
export const nativeCodec: Codec<Carry> = { decoder: nativeDecoder, encoding: nativeEncoding, onRefusal: 'go-on' }
