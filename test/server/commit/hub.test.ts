/** Inputs through the journal and back: committed inputs are folded in the journal's order, and no trouble stops it. */
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { errorText } from '../../../src/model/error.ts'
import {
  FAREWELL_MS,
  LINGER_MS,
  OUTCOME_MS,
  STORAGE_RETRY_MS,
  TEXT_MAX_BYTES,
  WAITING_BYTES,
} from '../../../src/model/limits.ts'
import { toSnapshot } from '../../../src/reducer/snapshot.ts'
import type { HubTrouble } from '../../../src/server/commit/hub.ts'
import { line, native, newObjects, object, say, textsOf, typesOf } from '../../helpers/actors.ts'
import { enters, says, starts } from '../../helpers/drafts.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { recovered } from '../../helpers/recovered.ts'
import { POISON, SET_ASIDE, troubledJournal } from '../../helpers/troubled-journal.ts'
import { utcTime, type Wire, type World } from '../../helpers/world.ts'

const takeTroubles = (world: World): readonly HubTrouble['type'][] => world.troubles.splice(0).map(({ type }) => type)
const marksOf = async (world: World): Promise<readonly string[]> =>
  (await entriesIn(world.journal)).flatMap(({ quarantined }) => quarantined ?? [])

/** The replies to members of a room in a turn in which one of them says `text`. */
async function turnWith(text: string, world: World, alice: Wire, others: readonly Wire[]): Promise<void> {
  for (const wire of [alice, ...others]) wire.news()
  others[0]?.peer.send(Buffer.from(say('before')))
  alice.peer.send(Buffer.from(say(text, { n: 1 })))
  others[0]?.peer.send(Buffer.from(say('after')))
  await world.clock.settle()
}

describe('an input that cannot be decided [Q1]', () => {
  test('changes nothing, is set aside and reported; its sender is told, and everybody else goes on', async () => {
    const world = await openWorld({}, troubledJournal())
    const [alice, bob, carol] = [await native(world, 'alice'), await native(world, 'bob'), await line(world, 'carol')]
    const before = world.state()
    await turnWith(POISON, world, alice, [bob, carol])
    expect(takeTroubles(world)).toEqual(['quarantined'])
    expect(await marksOf(world)).toEqual(['Error: poisoned'])
    expect({ ...world.state(), seq: 0 }).toEqual({ ...before, seq: 0 })
    expect(newObjects(alice)).toMatchObject([
      { type: 'rejected', n: 1, code: 'internal' },
      { type: 'said', text: 'before' },
      { type: 'said', text: 'after' },
    ])
    expect(typesOf(newObjects(bob))).toEqual(['said', 'said'])
    expect(carol.news()).toEqual(['before', 'after'].map(text => `[00:00:00] bob > ${text}`))
    await alice.send(say('on we go', { n: 2 }))
    expect(textsOf(bob).at(-1)).toBe('on we go')
  })

  test('that is a hello leaves its connection free to try again', async () => {
    const world = await openWorld({}, troubledJournal())
    const bob = await native(world, POISON)
    expect(takeTroubles(world)).toEqual(['quarantined'])
    expect(bob.objects()).toMatchObject([{ type: 'rejected', code: 'internal' }])
    await bob.send(object({ type: 'hello', name: 'bob' }))
    expect(typesOf(newObjects(bob))).toEqual(['welcome', 'room'])
  })

  test('is skipped by every replay: the next start has the same room', async () => {
    const sound = memoryJournal('epoch')
    const world = await openWorld({}, troubledJournal(sound))
    const alice = await native(world, 'alice')
    await alice.send(say(POISON))
    await alice.send(object({ type: 'topic', topic: 'unharmed' }))
    expect(takeTroubles(world)).toEqual(['quarantined'])
    const again = await recovered(troubledJournal(sound))
    expect(toSnapshot(again)).toBe(toSnapshot(world.state()))
    expect(again.rooms.get('lobby')?.topic?.text).toBe('unharmed')
    expect(again.seq).toBe(world.state().seq)
  })

  test('stops no other of the same turn, wherever it stands', async () => {
    const world = await openWorld({}, troubledJournal())
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    await alice.send(['a', POISON, 'b', POISON, POISON, 'c'].map((text, k) => say(text, { n: k + 1 })).join(''))
    expect(takeTroubles(world)).toEqual(['quarantined', 'quarantined', 'quarantined'])
    expect(textsOf(bob)).toEqual(['a', 'b', 'c'])
    const answers = newObjects(alice).flatMap(({ type, n }) => (n === undefined ? [] : [`${type} ${n}`]))
    expect(answers.sort()).toEqual(['ok 1', 'ok 3', 'ok 6', 'rejected 2', 'rejected 4', 'rejected 5'])
  })
})

describe('an encoding that throws [Q1]', () => {
  /** A server whose line and classic encodings throw while `sound` is false. */
  async function breakable() {
    const health = { sound: true }
    const timeOfDay = (at: number): string => {
      if (!health.sound) throw new Error('no time')
      return utcTime(at)
    }
    return { health, world: await openWorld({}, undefined, { timeOfDay }) }
  }

  test('loses its own frame and nothing else: all who speak otherwise have the event, and the room too', async () => {
    const { health, world } = await breakable()
    const [alice, bob, carol] = [
      await native(world, 'Spider-Man'),
      await native(world, 'bob'),
      await line(world, '田中'),
    ]
    alice.news()
    health.sound = false
    await alice.send(`${say('unwritable', { n: 1 })}${object({ type: 'topic', topic: 'unwritable too', n: 2 })}`)
    health.sound = true
    expect(takeTroubles(world)).toEqual(['internal', 'internal'])
    expect(await marksOf(world)).toEqual([])
    expect(world.state().rooms.get('lobby')?.topic?.text).toBe('unwritable too')
    expect(newObjects(alice).filter(({ n }) => n !== undefined)).toMatchObject([
      { type: 'ok', n: 1 },
      { type: 'ok', n: 2 },
    ])
    expect([textsOf(bob), carol.news()]).toEqual([['unwritable'], []])
    await alice.send(say('writable'))
    expect([textsOf(bob).at(-1), carol.news()]).toEqual(['writable', ['[00:00:00] Spider-Man > writable']])
  })

  test('ends no connection of a reader whose frame is lost, and no session', async () => {
    const { health, world } = await breakable()
    const [alice, carol] = [await native(world, 'alice'), await line(world, 'a|b')]
    health.sound = false
    await carol.send('hello\n')
    await carol.send('/history\n')
    await carol.send('/nosuch\n')
    health.sound = true
    expect(takeTroubles(world)).not.toEqual([])
    expect(textsOf(alice)).toEqual(['hello'])
    await carol.send('still here\n')
    expect([carol.closed(), textsOf(alice).at(-1)]).toEqual([false, 'still here'])
  })
})

describe('an input that cannot be stored', () => {
  test('is not done: its sender is told, nobody else notices, and later it works [D2] [J3]', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    const before = world.state()
    journal.full = true
    await alice.send(say('lost', { n: 1 }))
    expect(newObjects(alice)).toMatchObject([
      { type: 'joined' },
      { type: 'rejected', n: 1, code: 'storage', retry: true },
    ])
    expect([textsOf(bob), world.state()]).toEqual([[], before])
    expect(takeTroubles(world)).toEqual(['storage'])
    journal.full = false
    await alice.send(say('stored', { n: 2 }))
    expect(textsOf(bob)).toEqual(['stored'])
  })

  test('is answered with what is kept where it is only a repeat: nothing that was done is called refused [D3]', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const alice = await native(world, 'alice')
    await alice.send(say('stored', { n: 2 }))
    journal.full = true
    alice.news()
    await alice.send(`${say('stored', { n: 2 })}${say('passed over', { n: 1 })}${say('lost', { n: 3 })}`)
    expect(newObjects(alice)).toMatchObject([
      { type: 'ok', n: 2 },
      { type: 'rejected', n: 1, code: 'number-refused' },
      { type: 'rejected', n: 3, code: 'storage' },
    ])
    journal.full = false
    expect(takeTroubles(world)).toEqual(['storage'])
  })

  test('keeps nobody waiting: questions behind it are answered, a hello may be repeated', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const alice = await native(world, 'alice')
    journal.full = true
    await alice.send(`${say('lost', { n: 1 })}${object({ type: 'who', n: 2 })}`)
    expect(newObjects(alice).map(({ type, n }) => [type, n])).toEqual([
      ['rejected', 1],
      ['who', 2],
    ])
    const bob = await native(world, 'bob')
    expect(bob.objects()).toMatchObject([{ type: 'rejected', code: 'storage' }])
    journal.full = false
    await bob.send(object({ type: 'hello', name: 'bob' }))
    expect(typesOf(newObjects(bob))).toEqual(['welcome', 'room'])
    expect(takeTroubles(world)).toEqual(['storage', 'storage'])
  })

  test.each([
    ['native', native, object({ type: 'bye' })],
    ['native, numbered', native, object({ type: 'bye', n: 7 })],
    ['line', line, '/quit\n'],
  ] as const)(
    'is a goodbye that keeps nobody: refused in words, and then a lost connection (%s) [J3] [D4]',
    async (_, enter, goodbye) => {
      const journal = troubledJournal()
      const world = await openWorld({ grace: 0 }, journal)
      const [alice, leaver] = [await native(world, 'alice'), await enter(world, 'Spider-Man')]
      alice.news()
      journal.full = true
      await leaver.send(goodbye)
      await world.clock.advance(LINGER_MS)
      expect([leaver.news().join(''), leaver.closed()]).toEqual([
        expect.stringContaining(errorText('storage', '')),
        true,
      ])
      await leaver.send(goodbye)
      expect([newObjects(alice), world.state().members.size]).toEqual([[], 2])
      journal.full = false
      await world.clock.advance(2 * STORAGE_RETRY_MS)
      expect(typesOf(newObjects(alice))).toContain('quit')
      expect(world.state().members.size).toBe(1)
      expect(new Set(takeTroubles(world))).toEqual(new Set(['storage']))
    },
  )

  test('is tried again where nobody is there to be told: who left then is gone in the end [D4]', async () => {
    const journal = troubledJournal()
    const world = await openWorld({ grace: 0 }, journal)
    const [alice, bob, carol] = [await native(world, 'alice'), await native(world, 'bob'), await line(world, 'carol')]
    alice.news()
    journal.full = true
    for (const { peer } of [bob, carol]) peer.vanish()
    await world.clock.advance(2000)
    expect([newObjects(alice), world.state().members.size]).toEqual([[], 3])
    journal.full = false
    await world.clock.advance(2000)
    expect(newObjects(alice).map(({ type, name }) => [type, name])).toEqual(
      expect.arrayContaining([
        ['quit', 'bob'],
        ['quit', 'carol'],
      ]),
    )
    expect(world.state().members.size).toBe(1)
    expect(new Set(takeTroubles(world))).toEqual(new Set(['storage']))
  })

  test('is a lost connection whose grace begins when somebody can come back again [D4]', async () => {
    const journal = troubledJournal()
    const world = await openWorld({ grace: 10_000 }, journal)
    const [alice, bob] = [await line(world, 'alice'), await native(world, 'bob')]
    const exits = (): readonly string[] => alice.news().filter(text => text.endsWith('bob exited.'))
    journal.full = true
    bob.peer.vanish()
    await world.clock.advance(20_000)
    journal.full = false
    await world.clock.advance(9000)
    expect(exits()).toEqual([])
    await world.clock.advance(2000)
    expect(exits()).toHaveLength(1)
    expect(new Set(takeTroubles(world))).toEqual(new Set(['storage']))
  })
})

describe('an input of which the journal does not say whether it is committed [D2] [J3]', () => {
  async function unsure() {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    for (const wire of [alice, bob]) wire.news()
    const known = Promise.withResolvers<void>()
    return { journal, world, alice, bob, known }
  }

  test('is neither acknowledged nor refused; then it is committed, in its order', async () => {
    const { journal, world, alice, bob, known } = await unsure()
    journal.held = known.promise
    await alice.send(say('one', { n: 1 }))
    await bob.send(say('two', { n: 1 }))
    await world.clock.advance(10 * STORAGE_RETRY_MS)
    expect([alice.news(), bob.news()]).toEqual([[], []])
    known.resolve()
    await world.clock.settle()
    expect(textsOf(bob)).toEqual(['one', 'two'])
    expect(newObjects(alice)).toMatchObject([
      { type: 'said', text: 'one' },
      { type: 'ok', n: 1 },
      { type: 'said', text: 'two' },
    ])
  })

  test('is refused when the journal says that it never will be, and nobody else learns of it', async () => {
    const { journal, world, alice, bob, known } = await unsure()
    journal.held = known.promise
    await alice.send(say('lost', { n: 1 }))
    await world.clock.advance(10 * STORAGE_RETRY_MS)
    expect(alice.news()).toEqual([])
    journal.held = Promise.resolve()
    known.reject(new Error('never'))
    await world.clock.settle()
    expect(newObjects(alice)).toMatchObject([{ type: 'rejected', n: 1, code: 'storage' }])
    await alice.send(say('stored', { n: 2 }))
    expect(textsOf(bob)).toEqual(['stored'])
    expect(takeTroubles(world)).toEqual(['storage'])
  })

  test('is acknowledged when it comes back, whenever the journal acknowledges it', async () => {
    const { journal, world, alice, bob, known } = await unsure()
    journal.acknowledged = known.promise
    await alice.send(say('one', { n: 1 }))
    expect(typesOf(newObjects(alice))).toEqual(['said', 'ok'])
    await bob.send(say('two', { n: 1 }))
    await world.clock.advance(10 * STORAGE_RETRY_MS)
    expect(textsOf(bob)).toEqual(['one'])
    known.resolve()
    await world.clock.settle()
    expect(textsOf(alice)).toEqual(['one', 'two'])
  })

  test('[L1] lets so many others wait; those beyond are refused, and never come', async () => {
    const { journal, world, alice, known } = await unsure()
    journal.held = known.promise
    const text = 'x'.repeat(TEXT_MAX_BYTES)
    const most = Math.floor(WAITING_BYTES / TEXT_MAX_BYTES)
    const say = (room: string): void => void world.server.host({ type: 'say', room, text, action: false })
    await alice.send(object({ type: 'topic', topic: 'under way' }))
    for (let k = 0; k < most + 20; k++) say('lobby')
    await alice.send(object({ type: 'topic', topic: 'too late', n: 1 }))
    expect(newObjects(alice)).toMatchObject([])
    for (let k = 0; k < 20; k++) say('lobby')
    await world.clock.settle()
    const refused = world.troubles.splice(0).flatMap(what => (what.type === 'storage' ? what.drafts : []))
    expect(refused.length).toBeGreaterThan(40)
    known.resolve()
    await world.clock.settle()
    const stored = await entriesIn(journal)
    expect(stored.filter(({ input }) => input.type === 'say')).toHaveLength(most + 40 - refused.length)
    const ids = new Set(stored.map(({ input }) => input.id))
    expect(refused.filter(({ input }) => ids.has(input.id))).toEqual([])
  })

  test('may be known when the connections are gone: nothing is left of them [H1]', async () => {
    const { journal, world, known } = await unsure()
    journal.held = known.promise
    for (const wire of [world.dial(), world.dial()]) {
      await wire.send(object({ type: 'hello', name: 'José', token: 'x'.repeat(64) }))
      wire.peer.vanish()
    }
    const closing = world.close()
    await world.clock.advance(2 * FAREWELL_MS)
    known.resolve()
    await closing
    expect((await entriesIn(journal)).map(({ input }) => input.type).slice(-4)).toEqual([
      'resume',
      'resume',
      'lost',
      'lost',
    ])
    expect(world.clock.pending()).toBe(0)
  })

  test('keeps no server from stopping, and is told to nobody as refused [H1]', async () => {
    const { journal, world, alice, known } = await unsure()
    journal.held = known.promise
    await alice.send(say('who knows', { n: 1 }))
    const closing = world.close()
    await world.clock.advance(2 * OUTCOME_MS)
    await closing
    expect(typesOf(newObjects(alice))).toEqual(['closed'])
    expect(world.troubles.splice(0)).toMatchObject([{ type: 'storage', drafts: [] }])
    known.reject(new Error('never'))
    await world.clock.settle()
    expect(world.clock.pending()).toBe(0)
  })
})

describe('a journal to which others write too', () => {
  test('is folded in its own order, not in that of the drafts', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const alice = await native(world, 'alice')
    alice.news()
    journal.foreign.push(starts(), enters('bob'), says('bob', 'first'))
    await alice.send(`${say('second', { n: 1 })}${object({ type: 'who', n: 2 })}`)
    expect(newObjects(alice)).toMatchObject([
      { type: 'joined', name: 'bob' },
      { type: 'said', from: 'bob', text: 'first' },
      { type: 'said', from: 'alice', text: 'second' },
      { type: 'ok', n: 1 },
      { type: 'who', n: 2, members: [{ name: 'alice' }, { name: 'bob' }] },
    ])
    expect((await entriesIn(journal)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  test('gives a name to the first in its order, not to the first who asked here', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    await native(world, 'alice')
    journal.foreign.push(starts(), enters('bob'))
    const bob = await native(world, 'bob')
    expect(bob.objects()).toMatchObject([{ type: 'rejected', code: 'name-taken' }])
  })

  test('passes over what another of them has set aside [Q1]', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const alice = await native(world, 'alice')
    journal.foreign.push(starts(), enters('bob'), says('bob', SET_ASIDE))
    await alice.send(say('hi'))
    expect(textsOf(alice)).toEqual(['hi'])
    expect(toSnapshot(await recovered(journal))).toBe(toSnapshot(world.state()))
  })

  test('shows what comes without anybody here having asked', async () => {
    const inner = memoryJournal('epoch')
    const world = await openWorld({}, troubledJournal(inner))
    const alice = await native(world, 'alice')
    alice.news()
    await inner.append([starts(), enters('bob'), says('bob', 'hi')])
    await world.clock.settle()
    expect(typesOf(newObjects(alice))).toEqual(['joined', 'said'])
    expect(world.state().seq).toBe(6)
  })
})

describe('the end of a server', () => {
  test('says goodbye, commits what came, and leaves nothing open [H1]', async () => {
    const world = await openWorld()
    const people = [await native(world, 'alice'), await line(world, 'bob'), world.dial()]
    const completed: string[] = []
    const note = (what: string) => ({ complete: () => void completed.push(what) })
    world.server.state$.subscribe(note('state'))
    world.server.outbound$.subscribe(note('outbound'))
    world.journal.committed$.subscribe(note('journal'))
    people[0]?.peer.send(Buffer.from(say('last words')))
    await world.clock.settle()
    const started = world.clock.elapsed()
    await world.close()
    expect(people[0]?.objects().at(-1)).toMatchObject({ type: 'closed', code: 'shutdown', reconnect: true })
    expect(people[1]?.lines().at(-1)).toBe('[00:00:00] server > The server is shutting down.')
    expect(people.map(({ closed }) => closed())).toEqual([true, true, true])
    expect((await entriesIn(world.journal)).flatMap(({ texts }) => texts.text ?? [])).toEqual(['last words'])
    expect(completed.sort()).toEqual(['journal', 'outbound', 'state'])
    expect(world.clock.pending()).toBe(0)
    expect(world.clock.elapsed() - started).toBeLessThanOrEqual(1000)
  })

  test('does not wait for a peer that takes nothing', async () => {
    const world = await openWorld()
    const [alice, stopped] = [await native(world, 'alice'), await native(world, 'stopped')]
    stopped.peer.stall()
    await alice.send(say('fills the write'))
    await world.close()
    expect([stopped.closed(), world.clock.pending()]).toEqual([true, 0])
  })

  test('takes nothing in any more', async () => {
    const world = await openWorld()
    await world.close()
    expect(world.server.host({ type: 'say', room: 'lobby', text: 'anybody?', action: false })).toBe(null)
    await world.clock.settle()
    expect((await entriesIn(world.journal)).map(({ input }) => input.type)).toEqual(['format', 'started'])
  })

  test('keeps the sessions of native clients for the next start, and nobody sees a storm [J8]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    alice.news()
    await world.close()
    expect(newObjects(alice)).toMatchObject([{ type: 'closed', code: 'shutdown' }])
    expect(bob.closed()).toBe(true)
    expect([world.state().members.size, world.state().due.size]).toEqual([2, 2])
  })
})

describe('a commit', () => {
  test('is all that one turn brought, and what comes while it is written is the next [J1]', async () => {
    const commits: number[] = []
    const journal = troubledJournal()
    const world = await openWorld({ rate: null }, journal)
    const people = [await native(world, 'alice'), await native(world, 'bob')]
    journal.committed$.subscribe(entries => commits.push(entries.length))
    const written = Promise.withResolvers<void>()
    journal.held = written.promise
    for (const { peer } of people) for (const text of ['a', 'b', 'c']) peer.send(Buffer.from(say(text)))
    await world.clock.settle()
    for (const { send } of people) await send(say('d'))
    expect(commits).toEqual([])
    written.resolve()
    await world.clock.settle()
    expect(commits).toEqual([6, 2])
  })

  test('comes before anybody is told, the sender too [D2] [J1]', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    alice.news()
    const written = Promise.withResolvers<void>()
    journal.held = written.promise
    await alice.send(say('hi', { n: 1 }))
    expect([newObjects(alice), newObjects(bob)]).toEqual([[], []])
    written.resolve()
    await world.clock.settle()
    expect([typesOf(newObjects(alice)), typesOf(newObjects(bob))]).toEqual([['said', 'ok'], ['said']])
  })
})
