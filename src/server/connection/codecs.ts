/**
 * The protocols that the server speaks, each with its codec. A protocol without a codec is handed on, or turned away.
 */
import { classicCodec } from '../../codec/classic/codec.ts'
import type { Codec } from '../../codec/codec.ts'
import { lineCodec } from '../../codec/line/codec.ts'
import { nativeCodec } from '../../codec/native/codec.ts'
import { websocketCodec } from '../../codec/websocket/codec.ts'
import type { Ports } from '../options.ts'
import type { ConnectionPolicy } from './state.ts'

/** `guarded`: clients have to give a password. `report` gets the errors of an encoding. */
export const codecs = (
  { timeOfDay, day, site = () => null }: Pick<Ports, 'timeOfDay' | 'day' | 'site'>,
  guarded: boolean,
  report: (error: unknown) => void,
): ConnectionPolicy['codecs'] => ({
  native: sound(nativeCodec, report),
  websocket: sound(websocketCodec, report),
  line: sound(
    lineCodec(timeOfDay, day, guarded, path => `${site() ?? ''}${path}`),
    report,
  ),
  classic: sound(
    classicCodec(timeOfDay, path => `${site() ?? ''}${path}`),
    report,
  ),
})

/**
 * If an encoding throws, only that frame is lost: the event has happened, and other protocols have it (docs/spec.md,
 * Q1).
 */
function sound<C>(codec: Codec<C>, report: (error: unknown) => void): Codec<C> {
  const { encoding } = codec
  const encode: typeof encoding.encode = (outgoing, recipient) => {
    try {
      return encoding.encode(outgoing, recipient)
    } catch (error) {
      report(error)
      return []
    }
  }
  return { ...codec, encoding: { ...encoding, encode } }
}
