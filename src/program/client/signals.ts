/** How signals end a chat that isn't drawn. */
import type { Client } from '../../client/session/connection.ts'
import { SIGNALLED, SIGNALS } from '../terminal/output.ts'
import { notAcknowledged } from './plain/outage.ts'

/**
 * The first signal leaves politely, until the returned function is called. A second one doesn't wait, and neither does
 * one without a connection.
 */
export function leaveOnSignals(client: Client): () => void {
  let asked = false
  let entered = false
  client.status$.subscribe(({ state }) => {
    entered ||= state === 'online'
  })
  const leave = (): void => {
    const left = client.waiting$.value
    const isOnline = client.status$.value.state === 'online'
    if (asked || !entered || (left > 0 && !isOnline)) {
      if (!entered || left === 0) process.exit(SIGNALLED)
      process.stderr.write(`rxchat: ${notAcknowledged(left)}\n`)
      process.exit(6)
    }
    asked = true
    client.leave()
  }
  for (const signal of SIGNALS) process.on(signal, leave)
  return () => {
    for (const signal of SIGNALS) process.off(signal, leave)
  }
}
