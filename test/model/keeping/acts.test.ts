/** Clients offer the acts that the server allows: the same table, asked without a state. */
import { Map as IMap, Set as ISet } from 'immutable'
import { describe, expect, test } from 'vitest'
import { ACT_NAMES, mayIn } from '../../../src/model/keeping/acts.ts'
import { ROLES, type Role, type RoomRole } from '../../../src/model/keeping/roles.ts'
import { initialState, type State } from '../../../src/model/state.ts'
import { emptyRoom } from '../../../src/model/view.ts'
import { may } from '../../../src/reducer/may.ts'
import { step } from '../../../src/reducer/step.ts'
import { entryOf, nameOf } from '../../helpers/arbitrary-inputs.ts'

/** One of each role, and another of it, so that equals meet. */
const NAMES: Readonly<Record<Exclude<Role, 'host'>, readonly [string, string]>> = {
  administrator: ['Spider-Man', 'Mr.Blue'],
  founder: ['田中', 'مريم'],
  operator: ['a_b', 'ЗОЯ'],
  voice: ['back\\slash', 'a|b'],
  member: ['[x]_^', 'José'],
  guest: ['İbo', 'Zoë'],
}

const people = Object.entries(NAMES).flatMap(([role, names]) =>
  names.map((name, k) => ({ role: role as Role, name, k })),
)

const ENTERED: State = people.reduce<State>((state, { name }, at) => {
  const body = { type: 'hello', name: nameOf(name), room: 'ops', protocol: 'native', token: null } as const
  return step(state, entryOf({ ...body, id: `i${at}`, at, origin: 'here', session: `s${at}`, n: null }, at + 1)).after
}, initialState)

const idOf = (role: Role, k: number): string =>
  role === 'host' ? 'host' : (ENTERED.names.get(nameOf(NAMES[role][k] ?? '').keys[0] ?? '') ?? '')
const sessionOf = (role: Role): string => (role === 'host' ? 'host' : `s${people.findIndex(one => one.role === role)}`)

const ROOM_ROLES: readonly RoomRole[] = ['founder', 'operator', 'voice']
const both = (role: Role): readonly string[] => [idOf(role, 0), idOf(role, 1)]
const STATE: State = {
  ...ENTERED,
  administrators: ISet(both('administrator')),
  accounts: IMap(
    both('member').map(id => [id, { id, name: nameOf('x'), rooms: ISet() }]),
  ) as unknown as State['accounts'],
  rooms: ENTERED.rooms.set('ops', {
    ...(ENTERED.rooms.get('ops') ?? emptyRoom('ops')),
    roles: IMap(ROOM_ROLES.flatMap(role => both(role).map(id => [id, role] as const))),
  }),
}

describe('[R12] a client asks the table for a role', () => {
  test.each(ROLES)('it offers the acts that the server allows %s in a room, and nothing else', role => {
    for (const act of ACT_NAMES) {
      // The host is in no room, and writes in any.
      expect([act, mayIn(role, act)]).toEqual([act, may(STATE, sessionOf(role), act, { room: 'ops' })])
      for (const to of ROLES) {
        const target = idOf(to, 1)
        expect([act, to, mayIn(role, act, to)]).toEqual([
          act,
          to,
          may(STATE, sessionOf(role), act, { room: 'ops', target }),
        ])
      }
      const own = { room: 'ops', author: idOf(role, 0) }
      if (role !== 'host')
        expect([act, mayIn(role, act, role, true)]).toEqual([act, may(STATE, sessionOf(role), act, own)])
    }
  })
})
