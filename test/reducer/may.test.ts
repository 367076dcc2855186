/** Who may do what: every act of the table by every role, near and far. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Body, HOST_SESSION, type SessionId } from '../../src/model/input.ts'
import { initialState, type State } from '../../src/model/state.ts'
import { type Act, may, type Place } from '../../src/reducer/may.ts'
import { step } from '../../src/reducer/step.ts'
import { entryOf, nameOf } from '../helpers/arbitrary-inputs.ts'

const grant = (id: string, room: string | null, read: boolean, write: boolean): Body => ({
  ...{ type: 'grant', grant: id, name: nameOf(`robot-${id}`), secret: `hash of ${id}` },
  ...{ room, read, write },
})

/** Spider-Man and 田中 are in #ops, a|b is in the lobby alone; three tokens; the host is in no room. */
const STATE: State = (
  [
    ['s1', { type: 'hello', name: nameOf('Spider-Man'), room: 'ops', protocol: 'native', token: null }],
    ['s2', { type: 'hello', name: nameOf('田中'), room: 'ops', protocol: 'native', token: null }],
    ['s3', { type: 'hello', name: nameOf('a|b'), room: 'lobby', protocol: 'line', token: null }],
    ['s3', { type: 'register', credential: { id: 'c', label: '', proof: { kind: 'password', hash: 'h' } } }],
    [HOST_SESSION, grant('reads', 'ops', true, false)],
    [HOST_SESSION, grant('writes', 'ops', false, true)],
    [HOST_SESSION, grant('roams', null, true, true)],
  ] as readonly (readonly [SessionId, Body])[]
).reduce<State>((state, [session, body], at) => {
  const input = { ...body, id: `i${at}`, at, origin: 'here', session, n: null }
  return step(state, entryOf(input, at + 1)).after
}, initialState)

const idOf = (session: SessionId): string => STATE.sessions.get(session)?.member ?? ''

const WHO = ['host', 's1', 's2', 's3', 'reads', 'writes', 'roams', 'nobody'] as const

/** Those of WHO that may. */
const able = (act: Act, place?: Place): readonly string[] => WHO.filter(one => may(STATE, one, act, place))

describe('[R12] who may do what', () => {
  test.each<[Act, Place | undefined, readonly string[]]>([
    ['command', undefined, ['host', 's1', 's2', 's3']],
    ['write', { room: 'ops' }, ['host', 's1', 's2', 'writes', 'roams']],
    ['write', { room: 'lobby' }, ['host', 's3', 'roams']],
    ['write', undefined, ['host']],
    ['reach-everyone', { room: 'lobby' }, ['host']],
    ['read', { room: 'ops' }, ['host', 's1', 's2', 'reads', 'roams']],
    ['read', { room: 'lobby' }, ['host', 's3', 'roams']],
    ['read', undefined, ['host']],
    ['topic', { room: 'ops' }, ['host', 's1', 's2']],
    ['topic', { room: 'elsewhere' }, ['host']],
    ['delete', { author: idOf('s1') }, ['host', 's1']],
    ['delete', { author: 'host' }, ['host']],
    ['delete', { author: 'roams' }, ['host']],
    ['delete', {}, ['host']],
    ['kick', undefined, ['host']],
    ['account', undefined, ['s3']],
  ])('%s at %j', (act, place, who) => expect(able(act, place)).toEqual(who))

  test('is asked nowhere else', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(file => /\.tsx?$/.test(file))
    const asking = files.filter(file =>
      /[!=]==? HOST_SESSION|HOST_SESSION [!=]==/.test(readFileSync(join('src', file), 'utf8')),
    )
    expect(asking).toEqual(['reducer/may.ts'])
  })
})
