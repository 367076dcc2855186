/**
 * Output for WebSocket clients: the objects of the native protocol, each in a text frame. A frame is made once and is
 * the same for all readers, because a server doesn't mask its frames.
 */
import type { Enclosing, Encoding, Outgoing } from '../codec.ts'
import { nativeEncoding } from '../native/encoding.ts'
import { enclosingFrame, frame, OPCODE, textFrame } from './frame.ts'

const NOTHING = new Uint8Array()

export const websocketEncoding: Encoding<Uint8Array | Enclosing<Uint8Array>> = {
  ...nativeEncoding,
  id: 'websocket',
  encode: (outgoing, recipient) => [...nativeEncoding.encode(outgoing, recipient).map(framed), ...control(outgoing)],
}

/** Without the end of the line. */
const framed = (line: string | Enclosing<string>): Uint8Array | Enclosing<Uint8Array> =>
  typeof line === 'string' ? textFrame(line.slice(0, -1)) : enclosingFrame({ ...line, tail: line.tail.slice(0, -1) })

/** A ping is both: the object moves the client's cursor; the browser answers the frame, even while its page sleeps. */
const control = ({ type }: Outgoing): readonly Uint8Array[] => (type === 'ping' ? [frame(OPCODE.ping, NOTHING)] : [])
