/**
 * What clients on a WebSocket are told: the objects of the native protocol, each a text frame. A frame is made once and
 * is the same for everybody, since what a server sends is not masked.
 */
import type { Encoding, Outgoing } from '../codec.ts'
import { nativeEncoding } from '../native/encoding.ts'
import { frame, OPCODE, textFrame } from './frame.ts'

const NOTHING = new Uint8Array()

export const websocketEncoding: Encoding<Uint8Array> = {
  ...nativeEncoding,
  id: 'websocket',
  encode: outgoing => [
    ...nativeEncoding.encode(outgoing).map(line => textFrame(line.slice(0, -1))),
    ...control(outgoing),
  ],
}

/** The object moves the client's cursor; the frame is answered by the browser itself, also where its page sleeps. */
const control = ({ type }: Outgoing): readonly Uint8Array[] => (type === 'ping' ? [frame(OPCODE.ping, NOTHING)] : [])
