/** Bounds of the state: no founder or author uses up the places of others. */
import { OrderedMap } from 'immutable'
import { describe, expect, test } from 'vitest'
import {
  EXPRESSIONS_OF_ROOMS,
  EXPRESSIONS_PER_ROOM,
  FILTER_EXPRESSIONS_MAX,
  FILTERS_MAX,
  FILTERS_OF_ROOMS,
  FILTERS_PER_ROOM,
  HELD_MAX,
  HELD_PER_AUTHOR,
  HELD_PER_ROOM,
  INVITED_MAX,
  PURGES_MAX,
  PURGES_PER_MEMBER,
  ROOMS_PER_FOUNDER,
  SANCTIONS_MAX,
  SANCTIONS_OF_ROOMS,
  SANCTIONS_PER_ROOM,
} from '../../../src/model/limits.ts'
import type { FilterKind, Sanction } from '../../../src/model/state/keeping.ts'
import { AccountChat } from '../../helpers/account-chat.ts'
import { codesOf, filter, mode, restrict, say, whom } from '../../helpers/keeper.ts'

const times = (count: number): readonly number[] => Array.from({ length: count }, (_, k) => k)

function founded(rooms: number): AccountChat {
  const chat = new AccountChat()
  chat.person('founder', 'Mr.Blue', 'r0')
  for (const k of times(rooms).slice(1)) chat.ask('founder', { type: 'join', room: `r${k}` })
  return chat
}

describe('word filters', () => {
  test.each<[FilterKind, number, number, number]>([
    ['words', FILTERS_PER_ROOM, FILTERS_OF_ROOMS, FILTERS_MAX],
    ['expression', EXPRESSIONS_PER_ROOM, EXPRESSIONS_OF_ROOMS, FILTER_EXPRESSIONS_MAX],
  ])('%s: each room has some, all rooms together leave some for the server', (is, inRoom, ofRooms, all) => {
    expect(inRoom * ROOMS_PER_FOUNDER).toBeLessThan(ofRooms)
    const rooms = Math.ceil(ofRooms / inRoom) + 1
    const chat = founded(rooms)
    const add = (k: number, room: string | null) => codesOf(chat.host(filter(`word${k}`, room, 'warn', is)))
    for (const k of times(inRoom))
      expect(codesOf(chat.ask('founder', filter(`word${k}`, 'r0', 'warn', is)))).toEqual([])
    expect(codesOf(chat.ask('founder', filter('more', 'r0', 'warn', is)))).toEqual(['filters-full'])
    // The action of a pattern can still be changed.
    expect(codesOf(chat.ask('founder', filter('word0', 'r0', 'refuse', is)))).toEqual([])
    for (const k of times(ofRooms - inRoom)) expect(add(k, `r${1 + Math.floor(k / inRoom)}`)).toEqual([])
    expect(add(0, `r${rooms - 1}`)).toEqual(['filters-full'])
    for (const k of times(all - ofRooms)) expect(add(k, null)).toEqual([])
    expect(add(all, null)).toEqual(['filters-full'])
  })
})

test('bans: each room has some, all rooms together leave half for the server', () => {
  expect(SANCTIONS_PER_ROOM * ROOMS_PER_FOUNDER).toBeLessThan(SANCTIONS_OF_ROOMS)
  const rooms = SANCTIONS_OF_ROOMS / SANCTIONS_PER_ROOM + 1
  const chat = founded(rooms)
  for (const k of times(SANCTIONS_PER_ROOM)) chat.ask('founder', restrict('ban', `a${k}`, 'r0'))
  expect(chat.state.sanctions.size).toBe(SANCTIONS_PER_ROOM)
  expect(codesOf(chat.ask('founder', restrict('mute', 'b', 'r0')))).toEqual(['sanctions-full'])
  // As if the others were full, too: to fill them would take long.
  const [sanction] = chat.state.sanctions.values()
  if (!sanction) throw new Error('There is no ban.')
  const filled: readonly [number, Sanction][] = times(SANCTIONS_OF_ROOMS - SANCTIONS_PER_ROOM).map(k => {
    const room = `r${1 + Math.floor(k / SANCTIONS_PER_ROOM)}`
    return [1_000_000 + k, { ...sanction, id: 1_000_000 + k, room }]
  })
  chat.state = { ...chat.state, sanctions: chat.state.sanctions.concat(OrderedMap(filled)) }
  expect(codesOf(chat.host(restrict('ban', 'c', `r${rooms - 1}`)))).toEqual(['sanctions-full'])
  expect(codesOf(chat.host(restrict('ban', 'c', null)))).toEqual([])
  const server: readonly [number, Sanction][] = times(SANCTIONS_MAX - chat.state.sanctions.size).map(k => [
    2_000_000 + k,
    { ...sanction, id: 2_000_000 + k, room: null },
  ])
  chat.state = { ...chat.state, sanctions: chat.state.sanctions.concat(OrderedMap(server)) }
  expect(codesOf(chat.host(restrict('ban', 'd', null)))).toEqual(['sanctions-full'])
})

test('held messages: one author takes a part of a room, one founder a part of the server', () => {
  expect(HELD_PER_ROOM * ROOMS_PER_FOUNDER).toBeLessThan(HELD_MAX)
  const chat = founded(1)
  chat.ask('founder', filter('x', 'r0', 'hold'))
  const hold = say('r0', [chat.state.seq])
  const spammers = times(HELD_PER_ROOM / HELD_PER_AUTHOR + 1)
  for (const k of spammers) chat.guest(`s${k}`, `eve${k}`, { room: 'r0' })
  for (const k of spammers.slice(1)) {
    for (const _ of times(HELD_PER_AUTHOR)) expect(codesOf(chat.ask(`s${k}`, hold))).toEqual([])
    expect(codesOf(chat.ask(`s${k}`, hold))).toEqual(['held-full'])
  }
  expect(chat.state.held.size).toBe(HELD_PER_ROOM)
  expect(codesOf(chat.ask('s0', hold))).toEqual(['held-full'])
})

test('purges: one member asks for a part of them', () => {
  const chat = founded(1)
  chat.person('other', 'مريم', 'r1')
  chat.guest('eve', '田中', { room: 'r0' })
  const purge = (room: string) => ({ type: 'purge', room, who: whom('田中'), ms: 1000 }) as const
  for (const _ of times(PURGES_PER_MEMBER)) expect(codesOf(chat.ask('founder', purge('r0')))).toEqual([])
  expect(codesOf(chat.ask('founder', purge('r0')))).toEqual(['purges-full'])
  expect(codesOf(chat.ask('other', purge('r1')))).toEqual([])
  for (const _ of times(PURGES_MAX - PURGES_PER_MEMBER - 1)) expect(codesOf(chat.host(purge('r0')))).toEqual([])
  expect(codesOf(chat.host(purge('r0')))).toEqual(['purges-full'])
})

test('the invited: those who do not come back make room', () => {
  const chat = founded(1)
  chat.ask('founder', mode('invite-only', 'r0'))
  const invite = (name: string) => chat.ask('founder', { type: 'admit', room: 'r0', who: whom(name) })
  for (const k of times(INVITED_MAX)) {
    chat.guest(`g${k}`, `eve${k}`)
    expect(codesOf(invite(`eve${k}`))).toEqual([])
  }
  chat.guest('late', 'ЗОЯ')
  expect(codesOf(invite('ЗОЯ'))).toEqual(['roles-full'])
  chat.ask('g0', { type: 'quit', reason: null })
  expect(codesOf(invite('ЗОЯ'))).toEqual([])
  expect(chat.state.rules.get('r0')?.invited.size).toBe(INVITED_MAX)
  chat.ask('late', { type: 'join', room: 'r0' })
  expect(chat.names('r0')).toContain('ЗОЯ')
})

describe('slow mode', () => {
  test('an author is forgotten when its wait is over, and so are all when the mode is off', () => {
    const chat = founded(1)
    chat.ask('founder', mode('slow', 'r0', 10))
    const spoke = () => [...(chat.state.rules.get('r0')?.spoke.values() ?? [])]
    const authors = times(5)
    for (const k of authors) chat.guest(`g${k}`, `eve${k}`, { room: 'r0' })
    chat.at += 10_000
    for (const k of authors) {
      chat.at += 4000
      expect(codesOf(chat.ask(`g${k}`, say('r0')))).toEqual([])
      expect(spoke()).toEqual(authors.slice(Math.max(0, k - 2), k + 1).map(one => chat.at - (k - one) * 4000))
    }
    chat.ask('founder', mode('slow', 'r0', null))
    expect(spoke()).toEqual([])
  })
})
