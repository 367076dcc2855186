/** A behaviour's state goes from message to message; one on which it throws changes nothing. */
import { Subject } from 'rxjs'
import { expect, test } from 'vitest'
import { type Behaviour, behave, type Transition } from '../../src/actor/behaviour.ts'
import { Mailbox } from '../../src/actor/mailbox.ts'

/** Adds what comes, and says the sum; throws on what is no number. */
const adding: Behaviour<number, number, string> = (sum, message) => {
  if (Number.isNaN(message)) throw new Error('no number')
  return [sum + message, [`${sum + message}`]]
}

function run(messages: readonly number[], behaviour = adding) {
  const source = new Subject<number>()
  const outcomes: Transition<number, string>[] = []
  const reports: unknown[] = []
  let completed = false
  source.pipe(behave(10, behaviour, (error, message) => reports.push([String(error), message]))).subscribe({
    next: outcome => outcomes.push(outcome),
    complete: () => {
      completed = true
    },
  })
  for (const message of messages) source.next(message)
  source.complete()
  return { outcomes, reports, completed }
}

test('each message meets the state that the one before it left', () => {
  const { outcomes, reports, completed } = run([1, 2, 3])
  expect(outcomes.map(({ state }) => state)).toEqual([11, 13, 16])
  expect(outcomes.map(({ effects }) => effects)).toEqual([['11'], ['13'], ['16']])
  expect([reports, completed]).toEqual([[], true])
})

test('a message on which it throws leaves the state as it was, has no effects and is reported', () => {
  const { outcomes, reports, completed } = run([1, Number.NaN, 2])
  expect(outcomes).toEqual([
    { state: 11, effects: ['11'] },
    { state: 11, effects: [] },
    { state: 13, effects: ['13'] },
  ])
  expect(reports).toEqual([['Error: no number', Number.NaN]])
  expect(completed).toBe(true)
})

test('a first message on which it throws leaves the state with which it began', () => {
  expect(run([Number.NaN, 1]).outcomes.map(({ state }) => state)).toEqual([10, 11])
})

test('effects that post again keep their order, and nobody loses a state', () => {
  const box = new Mailbox<number>()
  const states: number[] = []
  box.messages$.pipe(behave(0, adding, () => {})).subscribe(({ state, effects }) => {
    states.push(state)
    if (effects.length > 0 && state < 40) for (const more of [1, 2]) box.post(more)
  })
  box.post(35)
  expect(states).toEqual([35, 36, 38, 39, 41, 42, 44, 45, 47])
})
