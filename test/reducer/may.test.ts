/**
 * Rights: every act by every role, in its own room, in another one, and on the server, to a member of each role, and
 * with messages of each. The expected answers are written out in spec.md, and worked out here without the code's table.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Body, HOST_SESSION } from '../../src/model/input.ts'
import { ACT_NAMES, type ActName } from '../../src/model/keeping/acts.ts'
import { may, type Place } from '../../src/reducer/may.ts'
import { AccountChat } from '../helpers/account-chat.ts'
import { nameOf, targetOf } from '../helpers/arbitrary-inputs.ts'

/** The highest comes first. */
const ROLES = ['host', 'administrator', 'founder', 'operator', 'voice', 'member', 'guest'] as const
type Role = (typeof ROLES)[number]

/** The table of spec.md: a row for each act, with the words of its columns. */
const TABLE: ReadonlyMap<string, readonly string[]> = tableOf(readFileSync('docs/spec.md', 'utf8'))

function tableOf(spec: string): ReadonlyMap<string, readonly string[]> {
  const lines = spec.split('\n')
  const head = lines.findIndex(line => /^\| act +\| host /.test(line))
  const end = lines.findIndex((line, k) => k > head && !line.startsWith('|'))
  const rows = lines.slice(head, end).map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  )
  expect(rows[0]).toEqual(['act', ...ROLES, 'token'])
  return new Map(rows.slice(2).map(([act = '', ...words]) => [act.replaceAll('`', ''), words]))
}

type Person = { readonly role: Role; readonly session: string; readonly id: string }

/** Two of each role but host are in #ops. All but the guests have accounts, and Αννα is in #tea, which she founded. */
const NAMES: Readonly<Record<Exclude<Role, 'host'>, readonly [string, string]>> = {
  administrator: ['Mr.Blue', 'مريم'],
  founder: ['Spider-Man', 'İbo'],
  operator: ['a_b', 'ЗОЯ'],
  voice: ['田中', 'back\\slash'],
  member: ['Zoë', 'José'],
  guest: ['a|b', '[x]_^'],
}

const chat = new AccountChat()
const people: readonly (readonly [Person, Person])[] = (
  ['founder', ...ROLES.filter(role => role !== 'founder')] as const
).map(role => [enter(role, 0), enter(role, 1)])
chat.person('tea', 'Αννα', 'tea')
for (const [id, room, right] of [
  ['audits', 'ops', { audit: true }],
  ['keeps', 'ops', { keep: true }],
  ['keeps-all', null, { keep: true }],
] as const) {
  const named = { grant: id, name: nameOf(`robot-${id}`), secret: `hash of ${id}` }
  chat.host({ type: 'grant', ...named, room, read: false, write: false, ...right })
}
for (const [id, room, read, write] of [
  ['reads', 'ops', true, false],
  ['writes', 'ops', false, true],
  ['roams', null, true, true],
] as const) {
  const named = { grant: id, name: nameOf(`robot-${id}`), secret: `hash of ${id}` }
  chat.host({ type: 'grant', ...named, room, read, write })
}

function enter(role: Role, k: 0 | 1): Person {
  if (role === 'host') return { role, session: HOST_SESSION, id: HOST_SESSION }
  const name = NAMES[role][k]
  const session = `${role}-${k}`
  if (role === 'guest') chat.guest(session, name, { room: 'ops' })
  else chat.person(session, name, 'ops')
  const gives = { administrator: 'administrator', operator: 'operator', voice: 'voice' } as const
  const give = (to: 'administrator' | 'operator' | 'voice'): Body => ({
    ...{ type: 'role', room: 'ops', role: to, who: targetOf(name), off: false },
  })
  if (role === 'administrator' || role === 'operator' || role === 'voice') chat.host(give(gives[role]))
  // A room has one founder by itself. The second one is there so that equals meet.
  const id = chat.memberOf(session)
  if (role === 'founder' && k === 1) {
    const ops = chat.state.rooms.get('ops')
    if (ops)
      chat.state = {
        ...chat.state,
        rooms: chat.state.rooms.set('ops', { ...ops, roles: ops.roles.set(id, 'founder') }),
      }
  }
  return { role, session, id }
}

/** A member's role in a place: the role of a room holds there alone. */
function roleIn(role: Role, place: 'ops' | 'tea' | null): Role {
  return place !== 'ops' && ['founder', 'operator', 'voice'].includes(role) ? 'member' : role
}

const rankOf = (role: Role): number => ROLES.indexOf(role)

/** The meaning of the table's word. `to`: the target. `own`: it is the actor's own message. */
function expected(act: string, actor: Role, place: 'ops' | 'tea' | null, to?: Role, own = false): boolean {
  const role = roleIn(actor, place)
  switch (TABLE.get(act)?.[rankOf(role)]) {
    case 'yes':
      return true
    case 'no':
      return false
    case 'inside':
      return place === 'ops'
    case 'own':
      return own
    case 'below':
      return own || to === undefined || rankOf(role) < rankOf(roleIn(to, place))
    default:
      throw new Error(`The table doesn't say whether ${role} may ${act}.`)
  }
}

const PLACES = ['ops', 'tea', null] as const

describe('[R12] [Z2] the rights of roles', () => {
  test('the table has all acts, and no other', () => expect([...TABLE.keys()].sort()).toEqual([...ACT_NAMES].sort()))

  describe.each(ROLES)('%s', role => {
    const [actor, equal] = people.find(([one]) => one.role === role) ?? expect.fail()
    const who = people.map(([one, other]) => (one === actor ? equal : other))

    test.each(ACT_NAMES)('%s', act => {
      for (const room of PLACES) {
        const check = (place: Place, to?: Role, own = false): void => {
          const says = `${role} ${act} ${JSON.stringify(place)}`
          expect([says, may(chat.state, actor.session, act, place)]).toEqual([says, expected(act, role, room, to, own)])
        }
        check({ room })
        check({ room, target: undefined })
        check({ room, target: actor.id }, role)
        check({ room, author: actor.id }, role, true)
        for (const { id, role: to } of who) {
          check({ room, target: id }, to)
          check({ room, author: id }, to, id === actor.id)
        }
      }
    })
  })

  test('roles of others reach nobody in a room that they are not in', () => {
    expect(chat.state.rooms.get('tea')?.roles.toJSON()).toEqual({ [chat.memberOf('tea')]: 'founder' })
    const [founder] = people.find(([{ role }]) => role === 'founder') ?? expect.fail()
    expect(may(chat.state, founder.session, 'ban', { room: 'tea', target: chat.memberOf('tea') })).toBe(false)
    expect(may(chat.state, 'tea', 'ban', { room: 'ops', target: founder.id })).toBe(false)
    expect(may(chat.state, 'tea', 'ban', { room: 'tea', target: founder.id })).toBe(true)
  })
})

describe('[R12] [A2] a token', () => {
  const granted: Readonly<Record<string, Partial<Record<ActName, readonly (string | null)[]>>>> = {
    reads: { read: ['ops'] },
    writes: { write: ['ops'] },
    roams: { read: ['ops', 'tea'], write: ['ops', 'tea'] },
    audits: { log: ['ops'] },
    keeps: keeping(['ops']),
    'keeps-all': keeping(PLACES),
  }

  function keeping(rooms: readonly (string | null)[]): Partial<Record<ActName, readonly (string | null)[]>> {
    const acts = ACT_NAMES.filter(act => TABLE.get(act)?.at(-1) === 'granted' && act !== 'read' && act !== 'write')
    return Object.fromEntries(acts.map(act => [act, rooms]))
  }

  test('that keeps order does so below administrators', () => {
    for (const [person] of people) {
      const place = { room: 'ops', target: person.id }
      const isBelow = rankOf(person.role) > rankOf('administrator')
      expect([person.role, may(chat.state, 'keeps', 'ban', place)]).toEqual([person.role, isBelow])
      expect([person.role, may(chat.state, 'keeps', 'delete', { room: 'ops', author: person.id })]).toEqual([
        person.role,
        isBelow,
      ])
    }
  })

  test.each(ACT_NAMES)('%s', act => {
    const word = TABLE.get(act)?.at(-1)
    expect(['yes', 'no', 'own', 'granted']).toContain(word)
    for (const [token, has] of Object.entries(granted)) {
      for (const room of PLACES) {
        const allowed = word === 'granted' ? (has[act]?.includes(room) ?? false) : word === 'yes'
        expect([token, room, may(chat.state, token, act, { room })]).toEqual([token, room, allowed])
        expect(may(chat.state, token, act, { room, author: token })).toBe(allowed || word === 'own')
      }
    }
  })

  test.each(ACT_NAMES)('and somebody who never entered may not %s', act => {
    for (const room of PLACES) expect(may(chat.state, 'nobody', act, { room })).toBe(false)
  })
})

test('[R12] no other file asks whether a session is the host’s', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(file => /\.tsx?$/.test(file))
  const asking = files.filter(file =>
    /[!=]==? HOST_SESSION|HOST_SESSION [!=]==/.test(readFileSync(join('src', file), 'utf8')),
  )
  expect(asking).toEqual(['reducer/may.ts'])
})
