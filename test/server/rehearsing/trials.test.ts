// One trial at a time, for a bounded time, and no longer than somebody waits.
import { expect, test } from 'vitest'
import { openStore } from '../../../src/journal/sqlite/store.ts'
import type { Trial, Tried } from '../../../src/model/keeping/trial.ts'
import { TRY_MS } from '../../../src/model/limits.ts'
import type { Rehearser, TrialOutcome } from '../../../src/port/rehearser.ts'
import { directoryRehearser } from '../../../src/server/rehearsing/rehearser.ts'
import { trials } from '../../../src/server/rehearsing/trials.ts'
import { enters, foreign, says, starts } from '../../helpers/drafts.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'

const trial: Trial = { rule: { type: 'mute', name: 'ЗОЯ' }, room: null, since: 0 }
const REQUEST = { trial, sees: 'all' } as const

/** Its trials last until they are aborted, or ended here. */
function lasting() {
  const ends: ((outcome: TrialOutcome) => void)[] = []
  const rehearser: Rehearser = {
    rehearse: (_, signal) =>
      new Promise(resolve => {
        ends.push(resolve)
        signal.addEventListener('abort', () => resolve({ ok: false, code: 'try-failed', detail: 'aborted' }))
      }),
  }
  return { rehearser, ends }
}

const DONE: TrialOutcome = { ok: true, tried: {} as Tried }

function setting() {
  const { rehearser, ends } = lasting()
  const [clock, closing] = [virtualClock(), new AbortController()]
  const tries = trials(rehearser, clock, closing.signal)
  return { clock, closing, ends, ask: (signal = new AbortController().signal) => tries(REQUEST, signal) }
}

test('there is one trial at a time, and when it is over there may be another', async () => {
  const { ask, ends, clock } = setting()
  const first = ask()
  expect(await ask()).toMatchObject({ code: 'try-busy' })
  ends[0]?.(DONE)
  expect(await first).toBe(DONE)
  const second = ask()
  ends[1]?.(DONE)
  expect(await second).toBe(DONE)
  expect(clock.pending()).toBe(0)
})

test('a trial that takes too long is ended, and another can begin', async () => {
  const { ask, ends, clock } = setting()
  const first = ask()
  await clock.advance(TRY_MS)
  expect(await first).toEqual({ ok: false, code: 'try-too-long', detail: `${TRY_MS / 1000}` })
  const second = ask()
  ends[1]?.(DONE)
  expect(await second).toBe(DONE)
})

test('a trial that nobody waits for makes room at once', () => {
  const { ask, ends } = setting()
  const gone = new AbortController()
  void ask(gone.signal)
  gone.abort()
  void ask()
  expect(ends).toHaveLength(2)
})

test('a server that closes ends its trial', async () => {
  const { ask, closing } = setting()
  const first = ask()
  closing.abort()
  expect(await first).toMatchObject({ ok: false, detail: 'aborted' })
})

test('the thread reads the files of a server that writes, and says what it cannot read', async () => {
  const folder = temporaryFolder()
  const { journal } = openStore(folder, () => 'epoch')
  await journal.append([foreign('host', { type: 'format', format: 7 }), starts(), enters('ЗОЯ'), says('ЗОЯ', 'hello')])
  const { signal } = new AbortController()
  expect(await directoryRehearser(folder).rehearse(REQUEST, signal)).toMatchObject({
    ok: true,
    tried: { messages: 1, stopped: { refused: 1 }, people: 1, samples: [{ text: 'hello' }] },
  })
  await journal.close()
  const nothing = await directoryRehearser(temporaryFolder()).rehearse(REQUEST, signal)
  expect(nothing).toMatchObject({ ok: false })
})

test('a trial that was given up before it began does nothing', async () => {
  const outcome = await directoryRehearser(temporaryFolder()).rehearse(REQUEST, AbortSignal.abort())
  expect(outcome).toMatchObject({ ok: false, code: 'try-failed' })
})
