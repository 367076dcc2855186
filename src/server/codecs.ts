/** What is spoken here: a codec for each protocol that is served. What has none is handed on, or turned away. */
import { classicCodec } from '../codec/classic/codec.ts'
import { lineCodec } from '../codec/line/codec.ts'
import { nativeCodec } from '../codec/native/codec.ts'
import { websocketCodec } from '../codec/websocket/codec.ts'
import type { Manners } from './talk/conversation.ts'
import type { Ports } from './terms.ts'

/** `guarded`: whoever enters is asked for a password. */
export const codecs = ({ timeOfDay, day }: Pick<Ports, 'timeOfDay' | 'day'>, guarded: boolean): Manners['codecs'] => ({
  native: nativeCodec,
  websocket: websocketCodec,
  line: lineCodec(timeOfDay, day, guarded),
  classic: classicCodec(timeOfDay),
})
