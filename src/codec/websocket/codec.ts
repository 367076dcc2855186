import type { Codec } from '../codec.ts'
import type { Carry } from '../lines.ts'
import { nativeDecoder } from '../native/decoder.ts'
import { websocketEncoding } from './encoding.ts'

/** The native protocol in WebSocket frames. Incoming messages are already taken out of their frames: each is a line. */
export const websocketCodec: Codec<Carry> = {
  decoder: nativeDecoder,
  encoding: websocketEncoding,
  onRefusal: 'go-on',
}
