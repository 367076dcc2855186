/**
 * A conversation on a server of its own, in memory and reached by nobody, so that the first real messages find code that
 * V8 has compiled well. Nothing of it is in the room, the journal, the counts or the log. Each turn of the loop does a
 * little of it, so clients that come meanwhile hardly notice.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { Observable, Subject, type Subscriber } from 'rxjs'
import { memoryJournal } from '../../../journal/memory.ts'
import { memoryHistory } from '../../../journal/memory-history.ts'
import type { Clock } from '../../../port/clock.ts'
import type { Connection, Signal } from '../../../port/transport.ts'
import { createServer } from '../../../server/server.ts'
import { localDay, localTime } from '../../../system/time-of-day.ts'
import { systemEntropy } from '../../../transport/entropy.ts'

const READERS = 50
/** After so many, V8 has compiled the code for each message, for each reader and once. */
const MESSAGES = 2000

/** `isOver` true: the real server is closing. */
export async function warmUp(isOver: () => boolean): Promise<void> {
  const connections = new Subject<Connection>()
  const journal = memoryJournal('warm-up')
  await createServer(
    {
      ...{ transport: { connections$: connections }, journal, history: memoryHistory(journal.textOf) },
      ...{ clock: warmUpClock(), entropy: systemEntropy, timeOfDay: localTime, day: localDay },
    },
    { rate: null, perAddress: null },
  )
  const readers: Client[] = []
  for (let k = 0; k < READERS && !isOver(); k++) {
    const client = newClient(`${k}`)
    connections.next(client.connection)
    client.send({ type: 'hello', name: `reader${k}` })
    readers.push(client)
    await turn()
  }
  for (let k = 0; k < MESSAGES && !isOver(); k++) {
    readers[k % READERS]?.send({ type: 'say', text: `message ${k} of the warm-up, for reader${k % 7}` })
    await turn()
  }
}

type Client = { readonly connection: Connection; readonly send: (request: object) => void }

/** Takes all bytes, and drops them. */
function newClient(id: string): Client {
  let signals: Subscriber<Signal> | null = null
  return {
    send: request => signals?.next({ type: 'bytes', bytes: Buffer.from(`${JSON.stringify(request)}\n`) }),
    connection: {
      ...{ id, address: '192.0.2.1', outstanding: 0 },
      signals$: new Observable(subscriber => {
        signals = subscriber
      }),
      write: () => true,
      handOn: () => false,
      end: () => {},
      destroy: () => {},
    },
  }
}

/** No alarm rings: the conversation is over before anybody would be asked for a sign of life. */
function warmUpClock(): Clock {
  const begun = Date.now()
  return {
    now: () => begun,
    elapsed: () => 0,
    alarm: () => () => {},
    turn: run => void setImmediate(run),
  }
}
