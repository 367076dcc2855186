/** Questions in any journal: a model of them that follows the events alone, and asks the reducer nothing. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Event } from '../../src/model/event.ts'
import type { Entry } from '../../src/model/input.ts'
import { initialState } from '../../src/model/state.ts'
import type { Step } from '../../src/model/step.ts'
import { fromSnapshot, toSnapshot } from '../../src/reducer/snapshot.ts'
import { step } from '../../src/reducer/step.ts'
import { askingJournals } from '../helpers/arbitrary-questions.ts'
import { QuestionModel } from '../helpers/question-model.ts'
import { runs } from '../helpers/seeds.ts'

function fold(entries: readonly Entry[]): readonly { readonly done: Step; readonly entry: Entry }[] {
  let state = initialState
  return entries.map(entry => {
    const done = step(state, entry)
    state = done.after
    return { done, entry }
  })
}

const eventsOf = ({ events }: Step): readonly Event[] => events.map(({ event }) => event)

const check = (property: (entries: readonly Entry[]) => void): void =>
  fc.assert(fc.property(askingJournals, property), { numRuns: runs(300) })

describe('questions in any journal', () => {
  test('[QU3] [QU4] [QU5] [QU6] one decision, one vote each, one order, and nothing after the end', () => {
    const seen = new Set<string>()
    check(entries => {
      const model = new QuestionModel(
        (rule, holds, detail) => expect(holds, `${rule}: ${holds ? '' : detail()}`).toBe(true),
        what => seen.add(what),
      )
      for (const { done } of fold(entries)) model.follow(done)
    })
    const asks = ['asks: ask', 'asks: poll', 'asks: buzz', 'answers: ask', 'answers: poll, after others', 'votes anew']
    const ends = ['ask: decided', 'ask: expired', 'ask: withdrawn', 'poll: ended', 'buzz: ended', 'poll: deleted']
    const others = ['answers: buzz, after others', 'a hand is raised', 'a hand is lowered', 'a hand is called']
    expect([...asks, ...ends, ...others].filter(what => !seen.has(what))).toEqual([])
  })

  test('[QU2] a key leads to one question, as long as that is kept', () => {
    let again = 0
    check(entries => {
      const asked = new Map<string, number>()
      for (const { done, entry } of fold(entries)) {
        const { input } = entry
        const ask = input.type === 'say' ? input.ask : undefined
        const question = eventsOf(done).find(event => event.type === 'done')?.question
        if (!ask?.key) continue
        const known = asked.get(ask.key.hash)
        const isSaid = eventsOf(done).some(event => event.type === 'said')
        if (isSaid) expect(known).toBeUndefined()
        if (isSaid) asked.set(ask.key.hash, done.seq)
        if (question === undefined) continue
        if (known !== undefined) again++
        expect(question).toBe(known ?? done.seq)
      }
    })
    expect(again).toBeGreaterThan(5)
  })

  test('[QU2] [R6] a restored state has the same questions, answers and keys', () => {
    check(entries => {
      const { after } = fold(entries).at(-1)?.done ?? { after: initialState }
      const restored = fromSnapshot(toSnapshot(after))
      expect(restored?.askKeys.toJSON()).toEqual(after.askKeys.toJSON())
      expect(restored?.questions.toJS()).toEqual(after.questions.toJS())
      expect(restored?.ended.toJS()).toEqual(after.ended.toJS())
      expect(restored && toSnapshot(restored)).toBe(toSnapshot(after))
    })
  })
})
