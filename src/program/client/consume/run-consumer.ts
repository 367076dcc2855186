/** `rxchat --cursor NAME --exec COMMAND`: a command handles the messages of a room, from a place that the server keeps. */
import { Consumer, type ConsumerNote, type ConsumerWish } from '../../../client/consuming/consumer.ts'
import type { Handed } from '../../../client/consuming/handler.ts'
import type { Client } from '../../../client/session/connection.ts'
import { printable } from '../../../codec/native/sanitiser.ts'
import { flatten } from '../../../model/text.ts'
import { systemClock } from '../../../transport/clock.ts'
import { SIGNALLED, SIGNALS, type StandardStreams } from '../../terminal/output.ts'
import { tellOutages } from '../plain/outage.ts'
import { eventProcess } from './event-process.ts'
import { lastingProcess } from './lasting-process.ts'

export type Consumption = {
  readonly cursor: string
  /** Whether one process gets all messages. */
  readonly lasting: boolean
  readonly retries: number | null
  readonly skipAfter: number | null
}

/** A token's turn is a lease, which each claim renews. In milliseconds, much shorter than CURSOR_LEASE_MS. */
const RENEW_MS = 5000

/** Resolves with the exit code. The first signal leaves politely, a second one doesn't wait. */
export function runConsumer(
  client: Client,
  command: string,
  { cursor, lasting, retries, skipAfter }: Consumption,
  { room, from, byToken }: { readonly room: string; readonly from: ConsumerWish['from']; readonly byToken: boolean },
  { errors }: Pick<StandardStreams, 'errors'>,
): Promise<number> {
  const complain = (text: string): void => void errors.write(`rxchat: ${text}\n`)
  tellOutages(client, complain)
  return new Promise(resolve => {
    const consumer = new Consumer(
      client,
      { cursor, room, from, renewMs: byToken ? RENEW_MS : null, retries, skipAfter },
      {
        clock: systemClock,
        random: Math.random,
        start: listener => (lasting ? lastingProcess(command, listener, complain) : eventProcess(command, listener)),
        note: note => complain(sentence(note, cursor)),
        over(exit) {
          for (const signal of SIGNALS) process.off(signal, leave)
          resolve(exit ?? exitOf(client, complain))
        },
      },
    )
    let isAsked = false
    function leave(): void {
      if (isAsked) process.exit(SIGNALLED)
      isAsked = true
      if (client.status$.value.state === 'online') consumer.close()
      else consumer.abandon()
    }
    for (const signal of SIGNALS) process.on(signal, leave)
  })
}

/** A move, or the goodbye, isn't acknowledged: the messages are handled again, so nothing is lost. */
function exitOf({ status$ }: Client, complain: (text: string) => void): number {
  const status = status$.value
  if (status.state !== 'ended' || status.end.by === 'user') return 0
  const { exit, message } = status.end
  if (exit !== 0) complain(message)
  return exit === 6 ? UNREACHABLE : exit
}

const UNREACHABLE = 3

function sentence(note: ConsumerNote, cursor: string): string {
  switch (note.type) {
    case 'holding':
      return `cursor ${cursor}: the messages after ${note.place} are handled here.`
    case 'waiting':
      return `cursor ${cursor}: another program has it. Waiting for its turn…`
    case 'lost':
      return `cursor ${cursor}: another program has it now.`
    case 'failing':
      return `the command failed on ${named(note.event)}: ${note.why}. It is tried again, with growing pauses.`
    case 'given-up':
      return `the command has failed on ${named(note.event)} at try ${note.tries}, as often as --retries allows: ${note.why}. The cursor stays before it.`
    case 'mended':
      return `the command has handled ${named(note.event)}, at try ${note.tries}.`
    case 'skipped':
      return `the command failed on ${named(note.event)}: ${note.why}. It is skipped: ${printable(note.event)}`
    case 'refused':
      return flatten(note.message)
  }
}

function named(event: Handed | null): string {
  if (event === null) return 'no message'
  return event.type === 'gap' ? `the gap after ${event.after}` : `message ${event.seq}`
}
