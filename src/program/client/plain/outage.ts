/**
 * Reports that the chat doesn't go on, once, and that it does again, once: the connection is lost, or the server is cut
 * off, or one follows from the other.
 */
import type { Client } from '../../../client/session/connection.ts'
import type { Asked } from '../../../client/session/outbox/outbox.ts'

export function tellOutages({ status$, incoming$ }: Client, tell: (text: string) => void): void {
  let isOut = false
  let hasBeenIn = false
  const begin = (text: string): void => {
    if (!isOut) tell(text)
    isOut = true
  }
  const end = (text: string): void => {
    if (isOut) tell(text)
    isOut = false
  }
  status$.subscribe(status => {
    if (status.state === 'waiting') begin(`${sentence(status.why)} Trying again…`)
  })
  incoming$.subscribe(({ reply }) => {
    if (reply.type === 'stalled' && !reply.over) begin(hasBeenIn ? CUT_OFF : CUT_OFF_OUTSIDE)
    // A client that isn't in yet waits on, for its welcome.
    if (reply.type === 'stalled' && reply.over && status$.value.state === 'online')
      end('The server is connected again.')
    if (reply.type !== 'welcome') return
    end(reply.resumed ? 'Connected again.' : hasBeenIn ? ANEW : 'Connected.')
    hasBeenIn = true
  })
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`

const CUT_OFF = 'The server is cut off. What you say is sent when it is connected again, or at another server.'
const CUT_OFF_OUTSIDE = 'The server is cut off. Waiting until it is connected again…'

const ANEW =
  'Connected again, with a new session: the server no longer has the old one. Messages sent meanwhile may be missing.'

export const notAcknowledged = (count: number): string =>
  count === 1 ? '1 message was not acknowledged.' : `${count} messages were not acknowledged.`

/** Nobody can find out whether it was performed. Only its author knows whether a repeat would do harm. */
export const outcomeUnknown = (asked: Asked): string =>
  `This may not have arrived: ${inWords(asked)}. Check, and send it again if needed.`

/** A command in words that its author recognises. */
export const inWords = (asked: Asked): string =>
  asked.type === 'say' || asked.type === 'tell' ? `"${asked.text}"` : `the command "${asked.type}"`
