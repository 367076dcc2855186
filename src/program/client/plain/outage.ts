/** Reports a lost connection: once when it's lost, and once when it's back. The same for a server that is cut off. */
import type { Client } from '../../../client/session/connection.ts'
import type { Asked } from '../../../client/session/outbox/outbox.ts'

export function tellOutages(client: Client, tell: (text: string) => void): void {
  let isOut = false
  client.status$.subscribe(status => {
    if (status.state !== 'waiting' || isOut) return
    isOut = true
    tell(`${sentence(status.why)} Trying again…`)
  })
  client.incoming$.subscribe(({ reply }) => {
    if (reply.type === 'stalled') tell(reply.over ? 'The server is connected again.' : CUT_OFF)
    if (reply.type !== 'welcome' || !isOut) return
    isOut = false
    tell(reply.resumed ? 'Connected again.' : ANEW)
  })
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`

const CUT_OFF = 'The server is cut off. What you say is sent when it is connected again, or at another server.'

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
