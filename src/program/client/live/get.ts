/** `rxchat --get NUMBER`: writes the output of a live message, to the byte, and leaves. */
import { once } from 'node:events'
import type { Client } from '../../../client/session/connection.ts'
import type { AskOutcome } from '../../../client/session/status.ts'
import { LIVE_ANSWER_BYTES } from '../../../model/limits.ts'
import type { StandardStreams } from '../../terminal/output.ts'
import { exitCodeOf } from '../plain/exit-code.ts'
import { tellOutages } from '../plain/outage.ts'

/** Milliseconds between two looks at an output that grows. */
const AGAIN_MS = 1000

/** `follow`: until it ends. Resolves with the exit code. */
export function runGet(
  client: Client,
  seq: number,
  follow: boolean,
  { output, errors }: StandardStreams,
): Promise<number> {
  const complain = (text: string): void => void errors.write(`rxchat: ${text}\n`)
  let [failed, asked, at] = [false, -1, 0]

  const ask = (): void => {
    asked = client.ask({ type: 'output', seq, offset: at, limit: LIVE_ANSWER_BYTES })
  }

  async function take(outcome: AskOutcome): Promise<void> {
    if (outcome.id !== asked) return
    if (outcome.is !== 'done' || outcome.reply.type !== 'output') {
      failed = true
      complain(outcome.is === 'refused' ? outcome.message : 'The server did not answer.')
      return client.leave()
    }
    const { data, size, end } = outcome.reply
    const bytes = Buffer.from(data, 'base64')
    at += bytes.length
    if (!output.write(bytes)) await Promise.race([once(output, 'drain'), once(output, 'close')])
    if (at < size && bytes.length === 0) {
      failed = true
      complain(`the server does not keep the output from byte ${at} on any more.`)
      return client.leave()
    }
    if (at < size) return ask()
    if (!follow || end) return client.leave()
    setTimeout(ask, AGAIN_MS).unref()
  }

  client.outcome$.subscribe(outcome => void take(outcome).catch(() => client.close()))
  tellOutages(client, complain)
  ask()
  return exitCodeOf(client, output, complain, () => failed)
}
