/** The entry of the thread that tries a rule on the past. There is one for each trial. */
import { parentPort } from 'node:worker_threads'
import { DataError } from '../../journal/data-error.ts'
import type { Recording } from '../../journal/recording.ts'
import { recordingOf } from '../../journal/sqlite/recording.ts'
import type { Entry } from '../../model/input.ts'
import type { TrialOutcome, TrialRequest } from '../../port/rehearser.ts'
import { Unfit } from '../../replay/rehearse/placing.ts'
import { Rehearsal } from '../../replay/rehearse/rehearse.ts'
import type { FromThread, Source, ToThread } from './messages.ts'

const say = (message: FromThread): void => parentPort?.postMessage(message)

async function outcomeOf(request: TrialRequest, source: Source): Promise<TrialOutcome> {
  try {
    const { base, batches } = 'file' in source ? await recordingOf(source.file) : sent(source)
    const { trial, sees } = request
    const rehearsal = new Rehearsal(base, trial, room => sees === 'all' || room === null || sees.includes(room))
    for await (const batch of batches) for (const entry of batch) rehearsal.fold(entry)
    return { ok: true, tried: rehearsal.result }
  } catch (error) {
    if (error instanceof Unfit) return { ok: false, code: error.code, detail: error.message }
    if (error instanceof DataError) return { ok: false, code: 'try-unread', detail: error.message }
    throw error
  }
}

/** The entries that the server sends. */
function sent({ base }: Extract<Source, { base: unknown }>): Pick<Recording, 'base' | 'batches'> {
  async function* batches(): AsyncGenerator<readonly Entry[]> {
    for (;;) {
      const next = Promise.withResolvers<ToThread>()
      parentPort?.once('message', next.resolve)
      say({ type: 'more' })
      const message = await next.promise
      if (message.type !== 'entries') return
      yield message.entries
    }
  }
  return { base, batches: batches() }
}

parentPort?.once('message', async (message: ToThread) => {
  if (message.type === 'begin') say({ type: 'over', outcome: await outcomeOf(message.request, message.source) })
})
