/** `rxchat --search WORDS`: prints the messages with these words, the latest last, and leaves. */
import type { Client } from '../../../client/session/connection.ts'
import { replay } from '../../../client/session/incoming.ts'
import { HISTORY_PAGE_MAX } from '../../../model/limits.ts'
import { localDay, localTime } from '../../../system/time-of-day.ts'
import type { StandardStreams } from '../../terminal/output.ts'
import { exitCodeOf } from '../plain/exit-code.ts'
import { tellOutages } from '../plain/outage.ts'
import { eventLines } from './event-lines.ts'

/** Resolves with the exit code. */
export function runSearch(
  client: Client,
  words: string,
  json: boolean,
  { output, errors }: StandardStreams,
): Promise<number> {
  const complain = (text: string): void => void errors.write(`rxchat: ${text}\n`)
  const stamp = (at: number): string => `${localDay(at)} ${localTime(at)}`
  let failed = false

  client.incoming$.subscribe(({ reply }) => {
    if (reply.type !== 'found') return
    for (const said of reply.messages.flatMap(replay)) output.write(eventLines(said, json, stamp))
    if (reply.more)
      complain(`only the latest ${reply.messages.length} results are shown. Add a word to narrow the search.`)
  })
  client.outcome$.subscribe(outcome => {
    if (outcome.is === 'done') return
    failed = true
    complain(outcome.is === 'refused' ? outcome.message : 'The server did not answer the search.')
  })
  tellOutages(client, complain)
  client.ask({ type: 'search', words, room: null, before: null, limit: HISTORY_PAGE_MAX })
  client.leave()

  return exitCodeOf(client, output, complain, () => failed)
}
