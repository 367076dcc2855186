/** When a server counts as cut off from its log (docs/spec.md, R14). */
import { expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { CUT_OFF_MS } from '../../../src/model/limits.ts'
import { CutOff } from '../../../src/server/nodes/cut-off.ts'
import { says } from '../../helpers/drafts.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'

function watched() {
  const clock = virtualClock()
  const cutOff = new CutOff(clock)
  const said: boolean[] = []
  cutOff.changes$.subscribe(isCutOff => said.push(isCutOff))
  return { clock, cutOff, said }
}

test('[R14] it is when something waits for so long, and not while nothing does', async () => {
  const { clock, cutOff, said } = watched()
  await clock.advance(10 * CUT_OFF_MS)
  const { promise, resolve } = Promise.withResolvers<void>()
  void cutOff.beat(() => promise)
  await clock.advance(CUT_OFF_MS - 1)
  expect(said).toEqual([false])
  await clock.advance(1)
  expect(said).toEqual([false, true])
  resolve()
  await clock.settle()
  expect(said).toEqual([false, true, false])
})

test('[R14] a beat of which nobody knows whether it is stored is no answer', async () => {
  const { clock, cutOff, said } = watched()
  await cutOff.beat(() => Promise.reject(new Error('unknown')))
  await clock.advance(CUT_OFF_MS)
  expect(said).toEqual([false, true])
})

test('[R14] an append that is refused was answered', async () => {
  const { clock, cutOff, said } = watched()
  const full = troubledJournal(memoryJournal('epoch'))
  full.full = true
  await expect(cutOff.watching(full).append([says('Spider-Man', 'hi')])).rejects.toThrow('full')
  await clock.advance(2 * CUT_OFF_MS)
  expect(said).toEqual([false])
  expect(clock.pending()).toBe(0)
})

test('[H1] nothing rings after the close, for any later answer', async () => {
  const { clock, cutOff } = watched()
  const { promise, resolve } = Promise.withResolvers<void>()
  void cutOff.beat(() => promise)
  void cutOff.beat(() => new Promise(() => {}))
  cutOff.close()
  resolve()
  await clock.settle()
  expect(clock.pending()).toBe(0)
})
