/** Races of keepers: the order of the journal decides, and nobody acts after losing the role for it. */
import { describe, expect, test } from 'vitest'
import { object } from '../helpers/actors.ts'
import { cluster } from '../helpers/cluster.ts'
import { troubledJournal } from '../helpers/troubled-journal.ts'
import { typedHost } from '../helpers/typed-host.ts'
import type { Wire, World } from '../helpers/world.ts'
import {
  ask,
  come,
  comeResumable,
  HOME,
  host,
  namesIn,
  openSite,
  PASSWORD,
  PROTOCOLS,
  register,
  tokenOf,
} from './keeping.ts'

const ROOM = 'ops'

/** `مريم` founded `ops`; `Mr.Blue` and `田中` are operators, `Spider-Man` is a guest. `atOnce` puts acts into one commit. */
async function scene() {
  const journal = troubledJournal()
  const world = await openSite({}, journal)
  const founder = await register(world, 'مريم', { room: ROOM })
  const blue = await register(world, 'Mr.Blue', { room: ROOM })
  const tanaka = await register(world, '田中', { room: ROOM })
  const spider = await comeResumable(world, 'Spider-Man', { room: ROOM }, HOME)
  for (const [k, who] of ['Mr.Blue', '田中'].entries()) await ask(founder, { type: 'op', who, room: ROOM, n: k + 1 })
  async function atOnce(...acts: readonly (readonly [Wire, object])[]): Promise<readonly (readonly unknown[])[]> {
    const gate = Promise.withResolvers<void>()
    journal.held = gate.promise
    const first = world.server.host({ type: 'say', room: 'lobby', text: 'hello', action: false })
    expect(first).toBeNull()
    await world.clock.settle()
    const before = acts.map(([wire]) => wire.objects().length)
    for (const [wire, act] of acts) await wire.send(object(act))
    gate.resolve()
    for (let k = 0; k < 3; k++) await world.clock.settle()
    return acts.map(([wire, act], k) =>
      wire
        .objects()
        .slice(before[k])
        .filter(({ n }) => n === (act as { n?: number }).n && n !== undefined)
        .map(({ type, code }) => code ?? type),
    )
  }
  return { world, journal, founder, blue, tanaka, spider, atOnce }
}

const rolesIn = (world: World) => world.state().rooms.get(ROOM)?.roles.valueSeq().toArray().sort()

describe('two who keep order at once', () => {
  test('a member that lost the role a moment ago acts no more, and one that got it does', async () => {
    const { world, founder, blue, spider, atOnce } = await scene()
    const outcome = await atOnce(
      [founder, { type: 'deop', who: 'Mr.Blue', room: ROOM, n: 11 }],
      [blue, { type: 'ban', who: 'Spider-Man', room: ROOM, n: 1 }],
      [founder, { type: 'op', who: 'Spider-Man', room: ROOM, n: 12 }],
      [spider, { type: 'kick', name: 'Mr.Blue', room: ROOM, n: 1 }],
    )
    expect(outcome).toEqual([['ok'], ['role-needed'], ['ok'], ['ok']])
    expect(namesIn(world, ROOM)).toEqual(['Spider-Man', 'مريم', '田中'])
  })

  test('operators cannot kick, ban, mute or depose each other or the founder, in any order', async () => {
    const { world, blue, tanaka, atOnce } = await scene()
    let n = 0
    for (const type of ['kick', 'ban', 'mute', 'deop', 'purge']) {
      n++
      const of = (who: string): object =>
        type === 'kick'
          ? { type, name: who, room: ROOM, n }
          : { type, who, room: ROOM, n, ...(type === 'purge' && { for: 60 }) }
      const outcome = await atOnce([blue, of('田中')], [tanaka, of('Mr.Blue')])
      // To depose anybody takes a founder.
      const code = type === 'deop' ? 'role-needed' : 'outranked'
      expect([type, outcome]).toEqual([type, [[code], [code]]])
      n++
      expect(await atOnce([blue, { ...of('مريم'), n }])).toEqual([[code]])
    }
    expect([namesIn(world, ROOM), rolesIn(world)]).toEqual([
      ['Mr.Blue', 'Spider-Man', 'مريم', '田中'],
      ['founder', 'operator', 'operator'],
    ])
  })

  test('two lift the same ban, and two look at the same message: once each', async () => {
    const { world, founder, blue, tanaka, spider, atOnce } = await scene()
    await ask(founder, { type: 'mute', who: 'nobody', room: ROOM, n: 11 })
    await ask(founder, { type: 'filter', is: 'words', pattern: 'pills', action: 'hold', room: ROOM, n: 12 })
    await ask(spider, { type: 'say', room: ROOM, text: 'pills' })
    const [seq] = world.state().held.keys()
    const lift = { type: 'unmute', who: 'nobody', room: ROOM, n: 1 }
    expect(await atOnce([blue, lift], [tanaka, lift])).toEqual([['ok'], ['sanction-unknown']])
    const outcome = await atOnce(
      [blue, { type: 'release', seq, n: 2 }],
      [tanaka, { type: 'drop', seq, n: 2 }],
      [founder, { type: 'release', seq, n: 13 }],
    )
    expect(outcome.flat().sort()).toEqual(['held-unknown', 'held-unknown', 'ok'])
    // A release reads the text first, so the drop may come before it.
    const said = founder.objects().filter(({ type, text }) => type === 'said' && text === 'pills')
    expect(said).toHaveLength(outcome[1]?.[0] === 'ok' ? 0 : 1)
    await world.clock.advance(10_000)
    expect(world.state().obsolete.size).toBe(0)
  })

  test('the host and the founder: what is later holds, and the host is above', async () => {
    const { world, founder, spider, atOnce } = await scene()
    const outcome = await atOnce(
      [founder, { type: 'ban', who: 'Spider-Man', room: ROOM, n: 11 }],
      [spider, { type: 'say', room: ROOM, text: 'x', n: 1 }],
    )
    expect(outcome).toEqual([['ok'], ['not-in-room']])
    await host(world, { type: 'ban', who: 'مريم', room: ROOM, reason: null })
    expect(await ask(founder, { type: 'unban', who: 'مريم', room: ROOM, n: 12 })).toEqual(['role-needed'])
    expect(rolesIn(world)).toEqual(['operator', 'operator'])
    // A founder that was banned comes back as anybody.
    await host(world, { type: 'unban', who: 'مريم', room: ROOM })
    expect(
      await ask(founder, { type: 'join', room: ROOM, n: 13 }, { type: 'mode', mode: 'secret', room: ROOM, n: 14 }),
    ).toEqual([13, 'role-needed'])
  })

  test('a purge takes what its author wrote up to then, and nothing of others', async () => {
    const { world, founder, spider, tanaka, atOnce } = await scene()
    await ask(spider, { type: 'say', room: ROOM, text: 'one' })
    await ask(tanaka, { type: 'say', room: ROOM, text: 'mine' })
    await atOnce(
      [spider, { type: 'say', room: ROOM, text: 'two', n: 1 }],
      [founder, { type: 'purge', who: 'Spider-Man', for: 3600, room: ROOM, n: 11 }],
      [spider, { type: 'say', room: ROOM, text: 'three', n: 2 }],
    )
    await world.clock.advance(10_000)
    expect(world.state().purges.size).toBe(0)
    const fresh = await come(world, 'a_b', { room: ROOM, history: 50 })
    expect(fresh.text()).toContain('mine')
    for (const gone of ['one', 'two']) expect(fresh.text()).not.toContain(`"text":"${gone}"`)
  })

  test('operators on two nodes: both see the same, in any order of acts', async () => {
    const { clock, node } = cluster()
    const [north, south] = [await node('north', { rate: null }), await node('south', { rate: null })]
    const founder = await register(north, 'مريم', { room: ROOM })
    await clock.advance(20)
    const blue = await register(south, 'Mr.Blue', { room: ROOM })
    await clock.advance(20)
    await founder.send(object({ type: 'op', who: 'Mr.Blue', room: ROOM, n: 1 }))
    await clock.advance(20)
    await founder.send(object({ type: 'deop', who: 'Mr.Blue', room: ROOM, n: 2 }))
    await blue.send(object({ type: 'mode', mode: 'key', value: 'mine alone', room: ROOM, n: 1 }))
    await clock.advance(50)
    const modes = [north, south].map(world => world.state().rooms.get(ROOM)?.modes)
    expect(modes[0]).toEqual(modes[1])
    const [answer] = blue.objects().filter(({ n }) => n === 1)
    expect(modes[0]).toEqual(answer?.['type'] === 'ok' ? { key: true } : {})
  })
})

/** Each act once, with the sign that it was done. */
const ACTS: readonly object[] = [
  { type: 'mute', who: 'Spider-Man', for: 60 },
  { type: 'unmute', who: 'Spider-Man' },
  { type: 'except', who: 'Spider-Man' },
  { type: 'unexcept', who: 'Spider-Man' },
  { type: 'ban', net: '203.0.113.0/24' },
  { type: 'unban', net: '203.0.113.0/24' },
  { type: 'op', who: 'Spider-Man' },
  { type: 'deop', who: 'Spider-Man' },
  { type: 'voice', who: 'Spider-Man' },
  { type: 'devoice', who: 'Spider-Man' },
  { type: 'mode', mode: 'slow', value: 5 },
  { type: 'filter', is: 'words', pattern: 'pills', action: 'hold' },
  { type: 'invite', who: 'Spider-Man' },
  { type: 'purge', who: 'Spider-Man', for: 60 },
  { type: 'kick', name: 'Spider-Man' },
  { type: 'ban', who: 'Spider-Man' },
]

test('[D3] a numbered act that is repeated after a resume is answered again, and not done again', async () => {
  const { world, founder } = await scene()
  const acts = ACTS.map((act, k) => ({ ...act, room: ROOM, n: 20 + k }))
  for (const act of acts) expect(await ask(founder, act)).toEqual([act.n])
  const log = world.state().rules.get(ROOM)?.log.size
  const { sanctions, ends } = world.state()
  founder.peer.vanish()
  await world.clock.settle()
  const back = await come(world, 'مريم', { token: tokenOf('مريم') })
  expect(await ask(back, ...acts)).toEqual(acts.map(({ n }) => n))
  await world.clock.advance(10_000)
  expect(world.state().rules.get(ROOM)?.log.size).toBe((log ?? 0) + world.state().purges.size)
  expect([world.state().sanctions, world.state().ends]).toEqual([sanctions, ends])
  // The repeated network is nobody's, and is in no file any more.
  expect(world.state().obsolete.size).toBe(0)
})

describe('a role', () => {
  test('of a guest is gone with its token, also if another member takes its name', async () => {
    const { world, founder, spider } = await scene()
    await ask(founder, { type: 'op', who: 'Spider-Man', room: ROOM, n: 11 })
    await ask(spider, { type: 'bye' })
    const other = await come(world, 'Spider-Man', { room: ROOM })
    expect(await ask(other, { type: 'mode', mode: 'secret', room: ROOM, n: 1 })).toEqual(['role-needed'])
    await ask(other, { type: 'bye' })
    expect(world.server.grants.add({ name: 'Spider-Man', room: null, read: true, write: true }, () => {})).toBeNull()
    await world.clock.settle()
    const [grant] = world.state().grants.values()
    expect(grant?.name.text).toBe('Spider-Man')
    const keeping = world.server.api.post(grant as NonNullable<typeof grant>, {
      room: ROOM,
      text: '/op me',
      action: false,
      key: null,
    })
    await world.clock.settle()
    expect(await keeping).toMatchObject({ ok: true })
    expect(
      world
        .state()
        .rooms.get(ROOM)
        ?.roles.has(grant?.id ?? ''),
    ).toBe(false)
  })

  test('of a guest who registers stays, and of an account that is removed goes', async () => {
    const { world, founder, spider } = await scene()
    await ask(founder, { type: 'op', who: 'Spider-Man', room: ROOM, n: 11 })
    const acts = [
      { type: 'register', n: 1, password: PASSWORD },
      { type: 'mode', mode: 'slow', value: 1, room: ROOM, n: 2 },
    ]
    for (const [k, act] of acts.entries()) expect(await ask(spider, act)).toEqual([k + 1])
    const { type } = typedHost(world.server, world.clock.now)
    await host(world, { type: 'admin', who: 'Spider-Man' })
    type('ACCOUNT REMOVE Spider-Man')
    await world.clock.settle()
    expect([spider.closed(), world.state().administrators.size]).toEqual([true, 0])
    const other = await register(world, 'Spider-Man', { room: ROOM }, '192.0.2.7')
    const tried = [
      { type: 'mode', mode: 'slow', value: null, room: ROOM, n: 1 },
      { type: 'mute', who: '田中', n: 2 },
    ]
    expect(await ask(other, ...tried)).toEqual(['role-needed', 'role-needed'])
  })

  test('of the host is no act of anybody else, in any protocol', async () => {
    const { world, founder } = await scene()
    await host(world, { type: 'admin', who: 'Mr.Blue' })
    const acts = [
      { type: 'admin', who: 'Spider-Man' },
      { type: 'unadmin', who: 'Mr.Blue' },
      { type: 'kick', name: 'Mr.Blue' },
      { type: 'ban', who: 'Mr.Blue' },
      { type: 'ban', net: '203.0.113.0/24' },
      { type: 'mode', mode: 'lockdown' },
      { type: 'filter', is: 'words', pattern: 'x', action: 'refuse' },
      { type: 'purge', who: 'Mr.Blue', for: 60 },
    ]
    const codes = await ask(founder, ...acts)
    expect(codes).toHaveLength(acts.length)
    expect(new Set(codes)).toEqual(new Set(['role-needed']))
    for (const type of [
      'purged',
      'match',
      'carry',
      'spent',
      'restrict',
      'restrict-network',
      'role',
      'admit',
      'tick',
      'format',
      'account-remove',
    ]) {
      const [code] = await ask(founder, { type, who: 'Mr.Blue', room: ROOM, purge: 1, nets: [], targets: [1] })
      expect([type, code]).toEqual([type, 'malformed'])
    }
    for (const enter of Object.values(PROTOCOLS)) expect(await enter(world, 'Host', '192.0.2.7')).toBe(false)
    const line = world.dial('192.0.2.7')
    await line.send('ЗОЯ\n')
    for (const typed of ['/admin ЗОЯ', '/ban Mr.Blue everywhere', '/lockdown 10m everywhere', 'ADMIN ЗОЯ', '/op ЗОЯ'])
      await line.send(`${typed}\n`)
    expect([
      world.state().administrators.size,
      world.state().sanctions.size,
      world.state().rules.get('*')?.modes,
    ]).toEqual([1, 0, {}])
  })
})
