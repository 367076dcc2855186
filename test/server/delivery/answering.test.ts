/** Questions of one connection: one at a time, in their order, as fast as the peer reads. */
import { expect, test } from 'vitest'
import type { Outgoing } from '../../../src/codec/codec.ts'
import { memoryHistory } from '../../../src/journal/memory-history.ts'
import { initialState } from '../../../src/model/state.ts'
import type { ConnectionContext } from '../../../src/server/connection/context.ts'
import { Answers } from '../../../src/server/connection/effects/answers.ts'
import { HeldEffects } from '../../../src/server/connection/effects/held-effects.ts'
import type { Effect } from '../../../src/server/connection/state.ts'

const question = (n: number): Effect => ({ type: 'query', session: 'Spider-Man', n, query: { type: 'rooms' } })

function connection() {
  const answers: unknown[] = []
  let turns: (() => void)[] = []
  const link = { isFull: false, giveUp: () => expect.fail('too much waits') }
  const server = {
    clock: { now: () => 0, turn: (run: () => void) => void turns.push(run) },
    state: () => initialState,
    history: memoryHistory(() => null),
    inTurn: (run: () => void) => run(),
    report: (error: unknown) => expect.fail(String(error)),
  }
  const tell = (outgoing: Outgoing): void => void answers.push('n' in outgoing && outgoing.n)
  const connection = { server, link, tell, attempt } as unknown as ConnectionContext
  const held = new HeldEffects(connection)
  const queries = new Answers(connection, held)
  function attempt(effect: Effect): void {
    if (held.holds(effect)) return
    if (effect.type === 'query') queries.query(effect)
    else answers.push(effect.type)
  }
  const turn = (): void => {
    const now = turns
    turns = []
    for (const run of now) run()
  }
  return { answers, link, attempt, turn, goOn: () => queries.goOn(), stop: () => queries.stop() }
}

test('[L2] one question is answered in a turn, and what comes after it waits', () => {
  const { answers, attempt, turn } = connection()
  for (const n of [1, 2, 3]) attempt(question(n))
  attempt({ type: 'help' })
  expect(answers).toEqual([1])
  turn()
  expect(answers).toEqual([1, 2])
  for (let k = 0; k < 3; k++) turn()
  expect(answers).toEqual([1, 2, 3, 'help'])
})

test('[L2] the next waits until the peer takes the answer before', () => {
  const { answers, link, attempt, turn, goOn } = connection()
  for (const n of [1, 2]) attempt(question(n))
  link.isFull = true
  for (let k = 0; k < 9; k++) turn()
  expect(answers).toEqual([1])
  link.isFull = false
  goOn()
  turn()
  expect(answers).toEqual([1, 2])
})

test('of a connection that is gone no question is answered, and all else is done', () => {
  const { answers, link, attempt, turn, stop } = connection()
  for (const n of [1, 2]) attempt(question(n))
  link.isFull = true
  turn()
  stop()
  attempt({ type: 'lost', session: 'Spider-Man' })
  for (let k = 0; k < 9; k++) turn()
  expect(answers).toEqual([1, 'lost'])
})
