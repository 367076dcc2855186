/** A connection that is lost and comes back, in words: once when it goes, once when it is there again. */
import type { Client } from '../../client/connection.ts'
import type { Asked } from '../../client/outbox.ts'

export function tellOutages(client: Client, tell: (text: string) => void): void {
  let isOut = false
  client.status$.subscribe(status => {
    if (status.state !== 'waiting' || isOut) return
    isOut = true
    tell(`${sentence(status.why)} Trying again…`)
  })
  client.spoken$.subscribe(({ reply }) => {
    if (reply.type !== 'welcome' || !isOut) return
    isOut = false
    tell(reply.resumed ? 'Connected again.' : ANEW)
  })
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`

const ANEW =
  'Connected again, as a newcomer: the server has forgotten the session. What was said meanwhile may be missing.'

export const notAcknowledged = (count: number): string =>
  count === 1 ? '1 message was not acknowledged.' : `${count} messages were not acknowledged.`

/** Whether it was performed nobody can say any more; only who said it knows whether twice would be harmful. */
export const outcomeUnknown = (asked: Asked): string =>
  `It is not known whether this arrived: ${inWords(asked)}. Look, and say it again if it did not.`

/** A command as its author knows it again. */
export const inWords = (asked: Asked): string =>
  asked.type === 'say' || asked.type === 'tell' ? `"${asked.text}"` : `the command "${asked.type}"`
