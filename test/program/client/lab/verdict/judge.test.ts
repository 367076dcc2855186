/** The lab's verdict on two runs. */
import { expect, test } from 'vitest'
import { judge, judgeAlone } from '../../../../../src/program/client/lab/verdict/judge.ts'
import type { Answer, Cause, Observed } from '../../../../../src/program/client/lab/verdict/observed.ts'

const live = (act: number): Cause => ({ is: 'live', act })
const answer = (cause: Cause, kind = 'say in lobby'): Answer => ({ cause, kind, command: `${kind} at ${cause.is}` })

const run = (heard: readonly number[], answers: readonly Answer[], more: Partial<Observed> = {}): Observed => ({
  ...{ answers, heard: new Set(heard), broken: [], ended: null, runaway: null, absent: false },
  ...{ cuts: 1, restarts: 0, repeats: 0, missed: 0, ...more },
})

const kinds = (calm: Observed, troubled: Observed, isExact = true) =>
  judge(calm, troubled, isExact).map(({ kind, act }) => [kind, act])

const calm = run([0, 1, 2, 3, 4, 5, 6, 7], [answer(live(1)), answer(live(6))])

test('[BL2] nothing is found in two runs with equal answers, and an act that was missed wants none', () => {
  expect(kinds(calm, calm)).toEqual([])
  expect(kinds(calm, run([0, 2, 3, 4, 5, 6], [answer(live(6))]))).toEqual([])
})

test('[BL2] an answer too few is lost, and one too many is given twice, by kind and not by text', () => {
  expect(kinds(calm, run([0, 1, 6], [answer(live(6))]))).toEqual([['lost', 1]])
  expect(kinds(calm, run([1, 6], [answer(live(1)), answer(live(6)), answer(live(6))]))).toEqual([['twice', 6]])
  expect(kinds(calm, run([1, 6], [answer(live(1), 'say in ops'), answer(live(6))]))).toEqual([
    ['lost', 1],
    ['twice', 1],
  ])
})

test('[BL2] an answer that comes a little late is that answer, and one long after is another', () => {
  expect(kinds(calm, run([1, 2, 3, 6], [answer(live(3)), answer(live(6))]))).toEqual([])
  expect(kinds(calm, run([1, 2, 5, 6], [answer(live(5)), answer(live(6))]))).toEqual([
    ['lost', 1],
    ['twice', 5],
  ])
})

test('[BL2] an answer to what is replayed, or to an event that comes again, is one too many', () => {
  const past: Cause = { is: 'past', act: 2 }
  expect(kinds(calm, run([1, 6], [answer(live(1)), answer(past), answer(live(6))]))).toEqual([['past', 2]])
  expect(kinds(calm, run([1, 6], [answer(live(1)), answer({ is: 'repeat', act: 1 }), answer(live(6))]))).toEqual([
    ['twice', 1],
  ])
})

test('[BL2] a bot with its own connection may greet when it is back, as it does when it comes', () => {
  const greeting = run([1], [answer({ is: 'arrival' }), answer(live(1))])
  const past: Cause = { is: 'past', act: 3 }
  expect(kinds(greeting, run([1], [answer(live(1)), answer(past)]), false)).toEqual([])
  expect(kinds(greeting, run([1], [answer(live(1)), answer(past), answer(past)]), false)).toEqual([['past', 3]])
  expect(kinds(greeting, run([1], [answer(live(1)), answer(past)]))).toEqual([['past', 3]])
})

test('[BL2] pages of the history want no more answers than undisturbed', () => {
  const page = answer({ is: 'page' })
  expect(kinds(run([1], [page]), run([1], [page, page]))).toEqual([['past', null]])
})

test('[BL2] a bot is found to crash, to end, to write what is no command, to answer itself and not to flush', () => {
  const alone = (more: Partial<Observed>, answers: readonly Answer[] = []) =>
    judgeAlone(run([], answers, more), false).map(({ kind, did }) => [kind, did])
  expect(alone({ ended: { cause: live(1), code: 3, said: 'Traceback\nValueError: x' } })).toEqual([
    ['crashed', 'exit code 3: ValueError: x'],
  ])
  expect(alone({ ended: { cause: live(1), code: null, said: '' } })).toEqual([['crashed', 'a signal']])
  expect(alone({ ended: { cause: live(1), code: 0, said: '' } })).toEqual([['ended', 'exit code 0']])
  expect(alone({ broken: [{ cause: live(1), line: 'hello', why: 'no JSON' }] })).toEqual([
    ['no-command', 'hello\nno JSON'],
  ])
  expect(alone({ runaway: live(1) }, [answer(live(1))])).toEqual([['runaway', 'say in lobby at live']])
  expect(alone({}, [answer({ is: 'end' }), answer({ is: 'end' })])).toEqual([['unflushed', '2 × say in lobby at end']])
  expect(alone({ absent: true })).toEqual([['absent', '']])
})
