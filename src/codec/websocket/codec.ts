import type { Codec } from '../codec.ts'
import type { Carry } from '../lines.ts'
import { nativeDecoder } from '../native/decoder.ts'
import { websocketEncoding } from './encoding.ts'

/** The native protocol in frames. What comes has been taken out of its frames: a message is a line. */
export const websocketCodec: Codec<Carry> = {
  decoder: nativeDecoder,
  encoding: websocketEncoding,
  onRefusal: 'go-on',
}
