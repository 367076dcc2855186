/** However many guests there are, accounts, tokens and the host have room for their questions and live messages. */
import { expect, test } from 'vitest'
import type { Event } from '../../src/model/event.ts'
import type { Body } from '../../src/model/input.ts'
import {
  LIVES_MAX,
  LIVES_OF_GUESTS_MAX,
  LIVES_OF_GUESTS_PER_ROOM,
  LIVES_PER_GUEST,
  LIVES_PER_MEMBER,
  LIVES_PER_ROOM,
  QUESTIONS_MAX,
  QUESTIONS_OF_GUESTS_MAX,
  QUESTIONS_OF_GUESTS_PER_ROOM,
  QUESTIONS_PER_ASKER,
  QUESTIONS_PER_ASKER_IN_ROOM,
  QUESTIONS_PER_GUEST,
  QUESTIONS_PER_ROOM,
} from '../../src/model/limits.ts'
import { fromSnapshot, toSnapshot } from '../../src/reducer/snapshot.ts'
import { AccountChat } from '../helpers/account-chat.ts'
import { nameOf } from '../helpers/arbitrary-inputs.ts'

const GUESTS = 100

type Kind = {
  readonly say: (room: string) => Body
  readonly count: (chat: AccountChat) => number
  readonly perRoom: number
  readonly perGuest: number
  readonly perOther: number
  readonly ofGuests: number
  readonly most: number
  readonly full: string
}

const QUESTION: Kind = {
  say: room => ({ ...said(room), ask: { kind: 'poll', choices: ['ja', 'いいえ'], ms: 3_600_000 } }),
  count: ({ state }) => state.questions.size,
  ...{ perRoom: QUESTIONS_PER_ASKER_IN_ROOM, perGuest: QUESTIONS_PER_GUEST, perOther: QUESTIONS_PER_ASKER },
  ...{ ofGuests: QUESTIONS_OF_GUESTS_MAX, most: QUESTIONS_MAX, full: 'too-many-questions' },
}
const LIVE: Kind = {
  say: room => ({ ...said(room), live: true }),
  count: ({ state }) => state.lives.size,
  ...{ perRoom: LIVES_OF_GUESTS_PER_ROOM, perGuest: LIVES_PER_GUEST, perOther: LIVES_PER_MEMBER },
  ...{ ofGuests: LIVES_OF_GUESTS_MAX, most: LIVES_MAX, full: 'lives-full' },
}

const said = (room: string) => ({ type: 'say', room, action: false }) as const

const codes = (events: readonly Event[]): readonly string[] =>
  events.flatMap(event => (event.type === 'rejected' ? [event.code] : []))

/** Says it in a room that has room for one more. */
function begin(chat: AccountChat, session: string, kind: Kind): readonly string[] {
  const room = `room${Math.floor(kind.count(chat) / kind.perRoom)}`
  chat.ask(session, { type: 'join', room })
  return codes(chat.ask(session, kind.say(room)))
}

/** Begins as many as it may. Returns how many, and with which refusal it ends. */
function beginAll(chat: AccountChat, session: string, kind: Kind): readonly [number, readonly string[]] {
  for (let done = 0; ; done++) {
    const refused = begin(chat, session, kind)
    if (refused.length > 0) return [done, refused]
  }
}

/** A hundred guests want as many as they can get. */
function crowd(chat: AccountChat, kind: Kind): void {
  for (let k = 0; k < GUESTS; k++) {
    chat.guest(`guest ${k}`, `田中${k}`)
    const left = kind.ofGuests - kind.count(chat)
    const expected = left === 0 ? [0, ['guests-full']] : [kind.perGuest, [kind.full]]
    expect(beginAll(chat, `guest ${k}`, kind)).toEqual(expected)
  }
  expect(kind.count(chat)).toBe(kind.ofGuests)
}

test.each([
  { rule: '[QU1]', what: 'open questions', kind: QUESTION },
  { rule: '[LV5]', what: 'growing live messages', kind: LIVE },
])(
  '$rule a hundred guests have half of the $what, each of them half as many as others may, and all others the other half',
  ({ kind }) => {
    const chat = new AccountChat()
    chat.person('spider', 'Spider-Man')
    crowd(chat, kind)
    expect([kind.ofGuests, kind.perGuest]).toEqual([kind.most / 2, kind.perOther / 2])
    expect(beginAll(chat, 'spider', kind)).toEqual([kind.perOther, [kind.full]])
    const grant = { read: true, write: true, room: null, secret: 's' } as const
    chat.host({ type: 'grant', grant: 'g', name: nameOf('ci'), ...grant })
    const { type: _, ...post } = kind.say('lobby') as Extract<Body, { type: 'say' }>
    expect(codes(chat.ask('g', { ...post, type: 'post', key: null }))).toEqual([])
    expect(codes(chat.host(kind.say('lobby')))).toEqual([])
  },
)

test.each([
  { rule: '[QU1]', kind: QUESTION },
  { rule: '[LV5]', kind: LIVE },
])('$rule a guest that registers leaves its place to the others', ({ kind }) => {
  const chat = new AccountChat()
  crowd(chat, kind)
  chat.guest('مريم', 'مريم')
  expect(begin(chat, 'مريم', kind)).toEqual(['guests-full'])
  chat.ask('guest 0', { type: 'register', credential: { id: 'c', label: 'c', proof: { kind: 'password', hash: 'h' } } })
  chat.state = fromSnapshot(toSnapshot(chat.state)) ?? chat.state
  expect(begin(chat, 'مريم', kind)).toEqual([])
  expect(beginAll(chat, 'guest 0', kind)).toEqual([kind.perOther - kind.perGuest, [kind.full]])
})

test('[QU1] one guest leaves a room to other guests, and guests leave it to accounts', () => {
  const chat = new AccountChat()
  for (const name of ['Spider-Man', '田中', 'a|b']) chat.guest(name, name)
  const ask = (who: string): readonly string[] => codes(chat.ask(who, QUESTION.say('lobby')))
  const asks = (who: string, times: number) => Array.from({ length: times }, () => ask(who).join())
  const mine = QUESTIONS_PER_ASKER_IN_ROOM
  expect(asks('Spider-Man', mine + 1)).toEqual([...Array(mine).fill(''), 'too-many-questions'])
  expect(asks('田中', mine)).toEqual(Array(QUESTIONS_OF_GUESTS_PER_ROOM - mine).fill(''))
  expect(ask('a|b')).toEqual(['guests-full'])
  chat.person('one', 'José')
  chat.person('two', 'مريم')
  expect([...asks('one', mine), ...asks('two', mine)]).toEqual(
    Array(QUESTIONS_PER_ROOM - QUESTIONS_OF_GUESTS_PER_ROOM).fill(''),
  )
  chat.person('three', 'Mr.Blue')
  expect(ask('three')).toEqual(['too-many-questions'])
})

test('[LV5] guests leave a room to the live messages of accounts', () => {
  const chat = new AccountChat()
  const begun = (who: string): readonly string[] => codes(chat.ask(who, LIVE.say('lobby')))
  for (let k = 0; k < LIVES_OF_GUESTS_PER_ROOM; k++) {
    if (k % LIVES_PER_GUEST === 0) chat.guest(`guest ${Math.floor(k / LIVES_PER_GUEST)}`, `田中${k}`)
    expect(begun(`guest ${Math.floor(k / LIVES_PER_GUEST)}`)).toEqual([])
  }
  chat.guest('late', 'José')
  expect(begun('late')).toEqual(['guests-full'])
  for (let k = 0; k < LIVES_PER_ROOM - LIVES_OF_GUESTS_PER_ROOM; k++) {
    const account = `account ${Math.floor(k / LIVES_PER_MEMBER)}`
    if (k % LIVES_PER_MEMBER === 0) chat.person(account, `مريم${k}`)
    expect(begun(account)).toEqual([])
  }
  chat.person('last', 'Spider-Man')
  expect(begun('last')).toEqual(['lives-full'])
})
