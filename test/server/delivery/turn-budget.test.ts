/** Work of one kind in one turn of the event loop. */
import { expect, test } from 'vitest'
import { TurnBudget } from '../../../src/server/delivery/turn-budget.ts'

test('[L2] one turn does so much and no more, and the next as much again; those that wait come in order', () => {
  const turns: (() => void)[] = []
  const budget = new TurnBudget(2, run => turns.push(run))
  const done: string[] = []
  const work = (name: string): void => {
    if (budget.take()) done.push(name)
    else turns.push(() => work(name))
  }
  for (const name of ['a', 'b', 'c', 'd', 'e']) work(name)
  const after: string[] = [done.join('')]
  while (turns.length > 0) {
    for (const run of turns.splice(0)) run()
    after.push(done.join(''))
  }
  expect(after).toEqual(['ab', 'abcd', 'abcde', 'abcde'])
})
