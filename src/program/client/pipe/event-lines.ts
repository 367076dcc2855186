/** A tool's output for a reply: one object of JSON, or the lines for a person. Each line has its end. */
import type { Incoming } from '../../../client/session/incoming.ts'
import { printable } from '../../../codec/native/sanitiser.ts'
import type { TimeOfDay } from '../../../codec/sentence.ts'
import { words } from '../plain/words.ts'

export const eventLines = (spoken: Incoming, json: boolean, timeOfDay: TimeOfDay): string =>
  json
    ? jsonLine(spoken)
    : words(spoken.reply, timeOfDay)
        .map(line => `${line}\n`)
        .join('')

/** Without the token, which is a secret. Replayed events are marked. */
function jsonLine({ reply, replayed }: Incoming): string {
  switch (reply.type) {
    case 'ping':
    case 'pong':
    case 'challenge':
      return ''
    case 'gap':
      return `${printable(reply)}\n`
    case 'welcome': {
      const { token: _, ...open } = reply
      return `${printable(open)}\n`
    }
    default:
      return `${printable(replayed ? { ...reply, replayed } : reply)}\n`
  }
}
