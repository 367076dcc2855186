/** Questions in journals whatever: a model of them that follows the events alone, and asks the reducer nothing. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Event, EventOf } from '../../src/model/event.ts'
import type { Entry } from '../../src/model/input.ts'
import { HANDS_MAX, QUESTIONS_MAX, QUESTIONS_PER_ROOM } from '../../src/model/limits.ts'
import { initialState, type State } from '../../src/model/state.ts'
import type { Step } from '../../src/model/step.ts'
import { fromSnapshot, toSnapshot } from '../../src/reducer/snapshot.ts'
import { step } from '../../src/reducer/step.ts'
import { askingJournals } from '../helpers/arbitrary-questions.ts'
import { runs } from '../helpers/seeds.ts'

type Asked = EventOf<'said'>['ask']
type Open = {
  readonly seq: number
  readonly room: string
  readonly ask: NonNullable<Asked>
  /** The latest choice of each, in the order in which they answered first. */
  readonly votes: Map<string, number | undefined>
  until: number
}

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

/** The rank of a role, written down once more. */
const RANKS = ['host', 'administrator', 'founder', 'operator', 'voice', 'account', 'guest']

function rankOf(state: State, id: string, room: string): number {
  if (id === 'host') return 0
  if (state.administrators.has(id)) return 1
  const role = state.rooms.get(room)?.roles.get(id)
  return role ? RANKS.indexOf(role) : RANKS.indexOf(state.accounts.has(id) ? 'account' : 'guest')
}

const isFor = (state: State, { ask: { to }, room }: Open, id: string): boolean =>
  to === undefined || ('id' in to ? to.id === id : rankOf(state, id, room) <= RANKS.indexOf(to.role))

const isThere = (state: State, { room }: Open, id: string): boolean =>
  id === 'host' || state.members.get(id)?.rooms.has(room) === true || (state.grants.get(id)?.room ?? room) === room

/** Follows the questions of a journal. `seen`: what it came across. */
function follow(entries: readonly Entry[], seen: Map<string, number>): void {
  const open = new Map<number, Open>()
  const over = new Set<number>()
  const note = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1)
  for (const { done } of fold(entries)) {
    const { before, after } = done
    // Waiting periods move with a clock that is corrected.
    for (const one of open.values()) one.until = before.ends.get(`question:${one.seq}`) ?? Number.NaN
    let decided: number | null = null
    for (const event of eventsOf(done)) {
      switch (event.type) {
        case 'said':
          if (!event.ask) break
          expect(done.before.format).toBeGreaterThan(8)
          open.set(done.seq, {
            seq: done.seq,
            room: event.room,
            ask: event.ask,
            votes: new Map(),
            until: event.ask.until,
          })
          note(`asks a ${event.ask.kind}`)
          break
        case 'answered': {
          const question = open.get(event.target)
          if (!question) return expect.fail(`${event.target} is answered, and isn't open`)
          const { ask, votes } = question
          expect([isFor(before, question, event.member), isThere(before, question, event.member)]).toEqual([true, true])
          expect(question.until).toBeGreaterThan(before.at)
          if (ask.kind === 'buzz') expect([event.choice, votes.has(event.member)]).toEqual([undefined, false])
          else expect(ask.choices[event.choice ?? -1]).toBe(event.label)
          if (votes.has(event.member)) note('votes anew')
          votes.set(event.member, event.choice)
          expect(event.place).toBe([...votes.keys()].indexOf(event.member) + 1)
          if (ask.kind === 'ask') decided = event.target
          if (ask.kind === 'poll') expect(event.counts).toEqual(countsOf(question))
          note(`answers a ${ask.kind}${event.place > 1 ? ' after others' : ''}`)
          break
        }
        case 'concluded': {
          const question = open.get(event.target)
          if (!question) return expect.fail(`${event.target} ends, and isn't open`)
          const { kind } = question.ask
          expect(event.outcome === 'decided').toBe(decided === event.target)
          if (kind === 'poll') expect(event.counts).toEqual(countsOf(question))
          if (kind === 'buzz')
            expect(event.order?.map(({ id }) => id)).toEqual([...question.votes.keys()].slice(0, 100))
          open.delete(event.target)
          over.add(event.target)
          note(`${kind}: ${event.outcome}`)
          break
        }
        case 'hands':
          expect(new Set(event.hands.map(({ id }) => id)).size).toBe(event.hands.length)
          note(event.change)
          break
        default:
      }
    }
    expect(decided === null || over.has(decided)).toBe(true)
    // The state has those that are open, and no others.
    expect([...after.questions.keys()].sort()).toEqual([...open.keys()].sort())
    for (const [seq, { votes }] of open) {
      const kept = after.questions.get(seq)
      expect([...(kept?.answers.values() ?? [])].map(({ id, choice }) => [id, choice])).toEqual([...votes])
      expect(after.ends.has(`question:${seq}`)).toBe(true)
    }
    expect(after.questions.size).toBeLessThanOrEqual(QUESTIONS_MAX)
    for (const [room, { hands = [], members }] of after.rooms) {
      expect([...after.questions.values()].filter(one => one.room === room).length).toBeLessThanOrEqual(
        QUESTIONS_PER_ROOM,
      )
      expect(hands.length).toBeLessThanOrEqual(HANDS_MAX)
      // Nobody's hand stays up in a room that it has left; a program and the host are in none.
      for (const { id, name } of hands) {
        expect(id === 'host' || after.grants.has(id) || members.get(name)?.id === id, `${name} in ${room}`).toBe(true)
      }
    }
  }
}

const countsOf = ({ ask: { choices }, votes }: Open): readonly number[] =>
  choices.map((_, at) => [...votes.values()].filter(choice => choice === at).length)

describe('questions, whatever the journal', () => {
  test('[QU3] [QU4] [QU5] [QU6] one decision, one vote each, one order, and nothing after the end', () => {
    const seen = new Map<string, number>()
    check(entries => follow(entries, seen))
    const met = [
      'asks a ask',
      'asks a poll',
      'asks a buzz',
      'answers a ask',
      'answers a poll after others',
      'votes anew',
    ]
    const ends = ['ask: decided', 'ask: expired', 'poll: ended', 'buzz: ended', 'poll: deleted']
    const others = ['answers a buzz after others', 'raised', 'lowered', 'called']
    expect([...met, ...ends, ...others].filter(what => !seen.has(what))).toEqual([])
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
