// The version of the rules over restarts: how a start handles a journal of earlier rules, and of later ones.
import { expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { memoryHistory } from '../../../src/journal/memory-history.ts'
import { FORMAT } from '../../../src/model/format.ts'
import { HOST_SESSION } from '../../../src/model/input.ts'
import { LOBBY } from '../../../src/model/name/standing.ts'
import { Replay } from '../../../src/replay/replay.ts'
import { recover } from '../../../src/server/commit/recover.ts'
import { native, object } from '../../helpers/actors.ts'
import { nameOf } from '../../helpers/arbitrary-inputs.ts'
import { enters, foreign, starts } from '../../helpers/drafts.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { recovered } from '../../helpers/recovered.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'
import { createWorld } from '../../helpers/world.ts'

const STAMP = { id: 'i', at: 0, origin: 'here', n: null }
const token = 'x'.repeat(64)
const hello = (session: string, name: string) => ({
  input: {
    ...STAMP,
    session,
    type: 'hello' as const,
    name: nameOf(name),
    room: LOBBY,
    protocol: 'native' as const,
    token,
  },
  texts: {},
})

test('[R9] a start on a journal of earlier rules raises them once, and leaves what came before as it was', async () => {
  const journal = { ...memoryJournal('epoch'), close: async () => {} }
  // Under format 1 two sessions come to share a token.
  await journal.append([hello('s1', 'Spider-Man'), hello('s2', '田中')])
  for (const starts of [1, 2]) {
    const world = await openWorld({}, journal)
    await world.clock.settle()
    expect(world.state().format).toBe(FORMAT)
    expect([...world.state().sessions.keys()].sort()).toEqual(['s1', 's2'])
    await world.close()
    const formats = (await entriesIn(journal)).filter(({ input }) => input.type === 'format')
    expect(
      formats.map(({ seq }) => seq),
      `${starts} starts`,
    ).toEqual([3])
  }
})

test('[R9] neither a start nor a replay goes past rules that it does not know', async () => {
  const journal = memoryJournal('epoch')
  await journal.append([
    { input: { ...STAMP, session: HOST_SESSION, type: 'format', format: FORMAT + 1 }, texts: {} },
    hello('s1', 'Mr.Blue'),
  ])
  const newer =
    'from input 1 on the journal is of a newer rxchat. Update rxchat, or choose another directory with --data.'
  await expect(recovered(journal)).rejects.toThrow(newer)
  const replay = new Replay({ seq: 0, state: null })
  const [first] = await entriesIn(journal)
  expect(() => first && replay.fold(first)).toThrow('From input 1 on the journal is of a newer rxchat. Use that one.')
})

test('[R9] a start ends when the rules go beyond what it knows before it is stored', async () => {
  const shared = memoryJournal('epoch')
  const append = (): Promise<void> => new Promise(() => {})
  const clock = virtualClock()
  const opening = createWorld({ shared: true }, { ...shared, append, close: async () => {} }, {}, clock)
  await clock.settle()
  await shared.append([{ input: { ...STAMP, session: HOST_SESSION, type: 'format', format: FORMAT + 1 }, texts: {} }])
  const failing = expect(opening).rejects.toThrow('the journal is of a newer rxchat')
  await clock.settle()
  await failing
})

test('[R10] two connections that say one new token in the same turn are one session', async () => {
  const world = await openWorld()
  const [one, other] = [world.dial(), world.dial()]
  const said = object({ type: 'hello', name: 'José', token })
  await Promise.all([one.send(said), other.send(said)])
  await world.clock.settle()
  expect([...world.state().members.values()].map(({ name }) => name.text)).toEqual(['José'])
  expect(one.objects().at(-1)).toMatchObject({ type: 'closed', code: 'replaced' })
  expect(other.objects()[0]).toMatchObject({ type: 'welcome', resumed: true, name: 'José' })
})

test('[D7] a kick of one that is away for good is said on the console, and its token opens nothing', async () => {
  const world = await openWorld({ grace: 1000 })
  const gone = await native(world, '[x]_^')
  const { token: own } = gone.objects()[0] as { token: string }
  gone.peer.vanish()
  await world.clock.advance(2000)
  expect(world.state().lapsed.size).toBe(1)
  world.server.host({ type: 'kick', name: '[x]_^', reason: null })
  await world.clock.settle()
  expect(world.state().lapsed.size).toBe(0)
  const again = world.dial()
  await again.send(object({ type: 'hello', token: own }))
  expect(again.objects()).toMatchObject([{ type: 'rejected', code: 'session-unknown' }])
})

test('[R11] the topic of a room is there again for who makes it anew, after a restart too', async () => {
  const journal = { ...memoryJournal('epoch'), close: async () => {} }
  const first = await openWorld({}, journal)
  const alice = await native(first, 'a|b')
  for (const ask of [
    { type: 'join', room: 'ops' },
    { type: 'topic', room: 'ops', topic: 'disk full' },
    { type: 'part', room: 'ops' },
  ])
    await alice.send(object(ask))
  await first.close()
  const second = await openWorld({}, journal)
  const bob = await native(second, 'İbo')
  await bob.send(object({ type: 'join', room: 'ops' }))
  expect(bob.objects().find(({ type, room }) => type === 'room' && room === 'ops')).toMatchObject({
    topic: { text: 'disk full' },
  })
})

test('[R9] a start goes no further than rules it knows, even if a snapshot covers the input that began them', async () => {
  const sound = { ...memoryJournal('epoch'), close: async () => {} }
  const world = await createWorld({ reads: FORMAT + 1 }, sound)
  await native(world, 'İbo')
  await world.close()
  // The history has everything, so nothing before the snapshot is read for it.
  const history = memoryHistory(() => null, { messages: [], seq: 100 })
  await expect(recover(sound, history, () => {})).rejects.toThrow('of a newer rxchat')
})

test('[R9] a running server follows the journal no further than rules it knows, and says so', async () => {
  const sound = { ...memoryJournal('epoch'), close: async () => {} }
  const world = await openWorld({}, sound)
  await world.clock.settle()
  const { run = '' } = world.state().nodes.get('local') ?? {}
  await sound.append([
    foreign(HOST_SESSION, { type: 'started', until: 0, reads: FORMAT + 1 }),
    foreign(HOST_SESSION, { type: 'down', node: 'local', run, until: 0 }),
    foreign(HOST_SESSION, { type: 'format', format: FORMAT + 1 }),
    enters('Spider-Man'),
  ])
  await world.clock.settle()
  expect(String(world.lost())).toContain('on the journal is of a newer rxchat. Update rxchat')
  expect(world.state()).toMatchObject({ format: FORMAT })
  expect(world.state().sessions.has('Spider-Man')).toBe(false)
})

test('[R9] newer rules that are refused, since a server does not read them, end neither it nor its next start', async () => {
  const journal = { ...memoryJournal('epoch'), close: async () => {} }
  const first = await openWorld({}, journal)
  await native(first, '李')
  // One that reads newer rules says so without having started.
  await journal.append([foreign(HOST_SESSION, { type: 'format', format: FORMAT + 1 }), starts(), enters('Spider-Man')])
  await first.clock.settle()
  expect(first.lost()).toBe(null)
  expect(first.state().sessions.has('Spider-Man')).toBe(true)
  await first.close()
  const second = await openWorld({}, journal)
  expect(second.state()).toMatchObject({ format: FORMAT })
  const replay = new Replay({ seq: 0, state: null })
  for (const entry of await entriesIn(journal)) replay.fold(entry)
  expect(replay.state.sessions.has('Spider-Man')).toBe(true)
})

test('[R14] [R9] the rules change when the last server that does not read the new ones is gone', async () => {
  const journal = { ...memoryJournal('epoch'), close: async () => {} }
  const clock = virtualClock()
  const open = async (origin: string, reads: number) => {
    const opening = openWorld({ origin, run: origin, reads, shared: true }, journal, {}, clock)
    await clock.settle()
    return await opening
  }
  const old = await open('Spider-Man', FORMAT)
  const one = await open('李', FORMAT + 1)
  const other = await open('a|b', FORMAT + 1)
  await clock.settle()
  expect(
    other
      .state()
      .nodes.map(({ reads }) => reads)
      .toObject(),
  ).toEqual({
    'Spider-Man': FORMAT,
    李: FORMAT + 1,
    'a|b': FORMAT + 1,
  })
  expect(one.state().format).toBe(FORMAT)
  await old.close()
  await clock.settle()
  expect([one.state().format, other.state().format]).toEqual([FORMAT + 1, FORMAT + 1])
  const raised = (await entriesIn(journal)).filter(
    ({ input }) => input.type === 'format' && input.format === FORMAT + 1,
  )
  expect(raised.map(({ input }) => input.origin)).toEqual(['李'])
})
