/** A behaviour's state goes from message to message; one on which it throws changes nothing. */
import { expect, test } from 'vitest'
import { type Behaviour, respond } from '../../src/actor/behaviour.ts'
import { Mailbox } from '../../src/actor/mailbox.ts'

/** Adds numbers, and says the sum; throws on other messages. */
const adding: Behaviour<number, number, string> = (sum, message) => {
  if (Number.isNaN(message)) throw new Error('no number')
  return [sum + message, [`${sum + message}`]]
}

function run(messages: readonly number[]) {
  const reports: unknown[] = []
  let state = 10
  const outcomes = messages.map(message => {
    const [after, effects] = respond(adding, state, message, (error, on) => reports.push([String(error), on]))
    state = after
    return [after, effects]
  })
  return { outcomes, reports }
}

test('each message meets the state that the one before it left', () => {
  expect(run([1, 2, 3])).toEqual({
    outcomes: [
      [11, ['11']],
      [13, ['13']],
      [16, ['16']],
    ],
    reports: [],
  })
})

test('a message on which it throws leaves the state as it was, has no effects and is reported', () => {
  expect(run([1, Number.NaN, 2])).toEqual({
    outcomes: [
      [11, ['11']],
      [11, []],
      [13, ['13']],
    ],
    reports: [['Error: no number', Number.NaN]],
  })
})

test('effects that post again keep their order, and nobody loses a state', () => {
  const states: number[] = []
  let state = 0
  const box = new Mailbox<number>(message => {
    const [after, effects] = respond(adding, state, message, () => {})
    state = after
    states.push(state)
    if (effects.length > 0 && state < 40) for (const more of [1, 2]) box.post(more)
  })
  box.post(35)
  expect(states).toEqual([35, 36, 38, 39, 41, 42, 44, 45, 47])
})
