/** The checker of chaos runs finds planted faults, and nothing in a sound run. */
import { describe, expect, test } from 'vitest'
import { check, type Message, type Truth, type Wrong } from './check.ts'
import type { Heard, Testimony } from './record.ts'
import { type Place, writeTalk } from './talk.ts'

const message = (seq: number, author: string, n: number, place: Place): Message => ({
  ...{ seq, text: writeTalk({ author, n, place }) },
  room: place.startsWith('#') ? place.slice(1) : null,
})
const heard = ({ seq, room, text }: Message): Heard => ({ is: 'message', seq, i: 0, room, text })
const gap = (seq: number, after: number, missed: number, room: string | null = 'lobby'): Heard => ({
  ...{ is: 'gap', seq, room, after, missed, more: false },
})
const joined = (seq: number, i = 0): Heard => ({ is: 'event', seq, i, what: 'joined' })

const FIVE = [
  message(3, 'alice', 1, '#lobby'),
  message(4, 'bob', 1, '#lobby'),
  message(5, 'alice', 2, '#ops'),
  message(6, 'alice', 3, '@bob'),
  message(8, 'bob', 2, '#lobby'),
] as const
const [first, second, inOps, alone, last] = FIVE
const truth: Truth = { messages: FIVE, members: [{ seq: 8, room: 'lobby', names: ['alice', 'bob', 'carol'] }] }

const testimony = (name: string, more: Partial<Testimony> = {}): Testimony => ({
  name,
  said: FIVE.filter(({ text }) => text.startsWith(`${name} `)).map(({ text }) => ({ text, fate: 'done' })),
  ...{ acknowledged: [], heard: [], since: new Map(), members: [], ...more },
})
const alice = testimony('alice')
const bob = testimony('bob')
/** Carol is in the lobby from input 2 on. */
const carol = (...what: readonly Heard[]): Testimony =>
  testimony('carol', {
    heard: what,
    since: new Map<string | null, number>([
      ['lobby', 2],
      [null, 2],
    ]),
  })
const kinds = (wrong: readonly Wrong[]): readonly string[] => wrong.map(({ is }) => is)
const judge = (of: Truth, ...testimonies: readonly Testimony[]): readonly string[] =>
  kinds(check(of, testimonies).wrong)
const all = [first, second, last].map(heard)

describe('the checker finds nothing', () => {
  test('if every recipient heard everything in order, and it says how much it has looked at', () => {
    const ops = testimony('bob', {
      acknowledged: [4, 8, 2],
      heard: [inOps, alone].map(heard),
      since: new Map([
        ['ops', 4],
        [null, 1],
      ]),
    })
    const seen = { ...carol(joined(2), joined(2, 1), ...all), members: truth.members }
    expect(check(truth, [alice, ops, seen])).toEqual({
      wrong: [],
      checked: { messages: 5, fates: 5, deliveries: 5, events: 2, gaps: 0, missed: 0, members: 1 },
    })
  })

  test('if the missing messages are in a gap of just that size', () => {
    expect(judge(truth, alice, bob, carol(gap(7, 2, 2), heard(last)))).toEqual([])
    expect(judge(truth, alice, bob, carol(heard(first), gap(8, 3, 2)))).toEqual([])
  })

  test('if refused messages, or unsent ones, are not there', () => {
    const said = [{ text: writeTalk({ author: 'dave', n: 1, place: '#lobby' }), fate: 'never sent' as const }]
    expect(judge(truth, alice, bob, testimony('dave', { said }))).toEqual([])
  })
})

describe('the checker finds', () => {
  test('messages that were acknowledged and are not there', () => {
    expect(judge({ ...truth, messages: FIVE.slice(0, -1) }, alice, bob)).toEqual(['lost'])
  })

  test('messages that were not heard, that are missing beside a gap, or that are more than it states', () => {
    expect(judge(truth, alice, bob, carol(heard(first), heard(last)))).toEqual(['lost'])
    expect(judge(truth, alice, bob, carol(gap(3, 2, 1), heard(last)))).toEqual(['lost'])
    expect(judge(truth, alice, bob, carol(gap(7, 2, 1), heard(last)))).toEqual(['lost'])
    expect(judge(truth, alice, bob, carol(gap(7, 2, 3), heard(last)))).toEqual(['lost'])
    expect(judge(truth, alice, bob, carol(gap(7, 2, 2, 'ops'), heard(last)))).toEqual(['lost', 'lost', 'lost'])
  })

  test('messages that were performed twice, or heard twice', () => {
    const again = message(9, 'bob', 2, '#lobby')
    expect(judge({ ...truth, messages: [...FIVE, again] }, alice, bob)).toEqual(['doubled'])
    expect(judge(truth, alice, bob, carol(...all, heard(second)))).toEqual(['doubled'])
    expect(judge(truth, alice, bob, carol(joined(2), joined(2), ...all))).toEqual(['doubled'])
  })

  test('messages that were performed or heard out of order, or a gap in the wrong place', () => {
    const [one, two] = [message(9, 'bob', 4, '#lobby'), message(10, 'bob', 3, '#lobby')]
    const said = [...bob.said, ...[one, two].map(({ text }) => ({ text, fate: 'done' as const }))]
    expect(judge({ ...truth, messages: [...FIVE, one, two] }, alice, { ...bob, said })).toEqual(['reordered'])
    expect(judge(truth, alice, bob, carol(heard(second), heard(first), heard(last)))).toEqual(['reordered'])
    expect(judge(truth, alice, bob, carol(joined(2, 1), joined(2, 0), ...all))).toEqual(['reordered'])
    expect(judge(truth, alice, bob, carol(heard(last), gap(7, 2, 2)))).toEqual(['reordered'])
  })

  test('messages that nobody said, that came to the wrong client, or that were changed on the way', () => {
    expect(judge(truth, bob)).toEqual(['foreign', 'foreign', 'foreign'])
    expect(judge(truth, alice, bob, carol(...all.slice(0, 2), heard(inOps), heard(last)))).toEqual(['foreign'])
    expect(judge(truth, alice, bob, carol(...all.slice(0, 2), heard(alone), heard(last)))).toEqual(['foreign'])
    expect(judge(truth, alice, bob, carol({ ...heard(first), room: 'ops' } as Heard, ...all.slice(1)))).toEqual([
      'foreign',
    ])
    expect(judge(truth, alice, bob, carol(heard({ ...first, text: second.text }), ...all.slice(1)))).toEqual([
      'foreign',
    ])
    expect(judge({ ...truth, messages: [{ ...first, room: 'ops' }, ...FIVE.slice(1)] }, alice, bob)).toEqual([
      'foreign',
    ])
  })

  test('messages that were refused or never sent, and yet performed; and an answer that was meant for another', () => {
    for (const fate of ['refused', 'never sent'] as const) {
      const said = bob.said.map((one, k) => (k === 0 ? { ...one, fate } : one))
      expect(judge(truth, alice, { ...bob, said })).toEqual(['foreign'])
    }
    expect(judge(truth, alice, { ...bob, acknowledged: [3] })).toEqual(['foreign'])
  })

  test('members that a client sees though they are not there, or does not see', () => {
    const members = [{ seq: 8, room: 'lobby', names: ['alice', 'carol', 'dave'] }]
    expect(judge(truth, alice, bob, { ...carol(...all), members })).toEqual(['lost', 'foreign'])
  })
})
