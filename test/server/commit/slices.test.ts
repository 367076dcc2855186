/** Many inputs at once, and many deliveries: a bounded part of them a turn of the loop, still in one order. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { memoryHistory } from '../../../src/journal/memory-history.ts'
import type { Draft, Entry, Input } from '../../../src/model/input.ts'
import {
  COMMIT_BYTES,
  COMMIT_INPUTS,
  FOLD_INPUTS,
  PAGES_AT_ONCE,
  PLACES_AT_ONCE,
  READS_GATHERED_MAX,
  ROOMS_PER_MEMBER,
  TEXT_MAX_BYTES,
  WRITES_AT_ONCE,
} from '../../../src/model/limits.ts'
import type { History } from '../../../src/port/history.ts'
import { Slices } from '../../../src/server/commit/slices.ts'
import { bytesOf, Waiting } from '../../../src/server/commit/waiting.ts'
import { createWriter } from '../../../src/server/commit/writer.ts'
import { native, newObjects, object, say, textsOf } from '../../helpers/actors.ts'
import { cast } from '../../helpers/cast.ts'
import { device, owner } from '../../helpers/devices.ts'
import { says } from '../../helpers/drafts.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { type VirtualClock, virtualClock } from '../../helpers/virtual-clock.ts'

const UNBOUND = { rate: null, perAddress: null }

/** A clock that notes by how much `count` grew in each turn. */
function counted(count: () => number): { readonly clock: VirtualClock; readonly turns: () => readonly number[] } {
  const clock = virtualClock()
  let turns: number[] = []
  const turn = (run: () => void): void =>
    clock.turn(() => {
      const before = count()
      run()
      turns.push(count() - before)
    })
  return {
    clock: { ...clock, turn },
    turns() {
      const all = turns.filter(grown => grown > 0)
      turns = []
      return all
    },
  }
}

test('[L2] a large commit is folded so many inputs a turn, in its order [D1]', async () => {
  const steps: unknown[] = []
  const { clock, turns } = counted(() => steps.length)
  const world = await openWorld(UNBOUND, memoryJournal('epoch'), {}, clock)
  world.server.outbound$.subscribe(step => steps.push(step))
  const [alice, bob] = [await native(world, 'Spider-Man'), await native(world, 'Mr.Blue')]
  turns()
  const texts = Array.from({ length: 3.5 * FOLD_INPUTS }, (_, k) => `${k}`)
  await alice.send(texts.map(text => say(text)).join(''))
  expect(Math.max(...turns())).toBeLessThanOrEqual(FOLD_INPUTS)
  expect(textsOf(bob)).toEqual(texts)
})

test('[L2] of those who join at once so many have the past read for them in a turn, each behind its room [D1]', async () => {
  let pages = 0
  const { clock, turns } = counted(() => pages)
  const journal = memoryJournal('epoch')
  const inner = memoryHistory(journal.textOf)
  const page: History['page'] = (...asked) => {
    pages++
    return inner.page(...asked)
  }
  const history: History = new Proxy(inner, { get: (of, key) => (key === 'page' ? page : Reflect.get(of, key)) })
  const world = await openWorld(UNBOUND, journal, { history }, clock)
  const rooms = Array.from({ length: ROOMS_PER_MEMBER - 1 }, (_, k) => `room${k}`)
  const joining = rooms.map(room => object({ type: 'join', room })).join('')
  const alice = await native(world, 'Spider-Man')
  await alice.send(joining + rooms.map(room => say(`in ${room}`, { room })).join(''))
  const bob = await native(world, 'Mr.Blue')
  turns()
  pages = 0
  await bob.send(joining + say('after all'))
  const read = turns()
  expect(Math.max(...read)).toBeLessThanOrEqual(PAGES_AT_ONCE)
  // The first of them were read when they were committed.
  const first = pages - read.reduce((sum, more) => sum + more, 0)
  expect([pages, first]).toEqual([rooms.length, PAGES_AT_ONCE])
  const heard = bob.objects().flatMap(({ type, room }) => (type === 'room' || type === 'history' ? [[type, room]] : []))
  expect(heard.slice(-2 * rooms.length)).toEqual(
    rooms.flatMap(room => [
      ['room', room],
      ['history', room],
    ]),
  )
  expect(textsOf(bob)).toEqual(['after all'])
})

/** A world that notes how many places were counted from one turn of the loop to the next. */
async function countingWorld() {
  let counts = [0]
  const virtual = virtualClock()
  const turn = (run: () => void): void =>
    virtual.turn(() => {
      if (counts.at(-1) !== 0) counts.push(0)
      run()
    })
  const clock = { ...virtual, turn }
  const journal = memoryJournal('epoch')
  const inner = memoryHistory(journal.textOf)
  const unread: History['unread'] = (...asked) => {
    counts.push((counts.pop() ?? 0) + 1)
    return inner.unread(...asked)
  }
  const history: History = new Proxy(inner, { get: (of, key) => (key === 'unread' ? unread : Reflect.get(of, key)) })
  const world = await openWorld(UNBOUND, journal, { history }, clock)
  const turns = (): readonly number[] => {
    const all = counts.filter(count => count > 0)
    counts = [0]
    return all
  }
  return { world, turns }
}

test('[L2] [I7] of places read at once so many are counted in a turn, before anything later is shown [D1]', async () => {
  const { world, turns } = await countingWorld()
  const rooms = Array.from({ length: READS_GATHERED_MAX - 1 }, (_, k) => `room${k}`)
  const joining = rooms.map(room => object({ type: 'join', room })).join('')
  const [bob, desk] = [await native(world, 'Mr.Blue'), await owner(world, 'Spider-Man')]
  await Promise.all([bob.send(joining), desk.send(joining)])
  const phone = await device(world, 'Spider-Man')
  await bob.send(rooms.map(room => say('1', { room }) + say('2', { room })).join(''))
  const target = world.state().seq - 1
  await desk.send(object({ type: 'read', room: 'lobby', seq: target }))
  const reads = rooms.map(room => object({ type: 'read', room, seq: target })).join('')
  await desk.send(reads)
  phone.news()
  turns()
  // The places that are gathered so far are told at once when the session ends.
  await Promise.all([desk.send(object({ type: 'bye' })), bob.send(say('after all'))])
  expect(turns()).toEqual([PLACES_AT_ONCE, PLACES_AT_ONCE, PLACES_AT_ONCE, rooms.length % PLACES_AT_ONCE])
  const heard = newObjects(phone)
  expect(heard.slice(0, -1).map(({ type, room, unread }) => [type, room, unread])).toEqual(
    rooms.map((room, k) => ['read', room, k === rooms.length - 1 ? 1 : 0]),
  )
  expect(heard.at(-1)).toMatchObject({ type: 'said', text: 'after all' })
})

test('[L2] [I7] so many are counted for all members together, each in its place among what they read [D1]', async () => {
  const { world, turns } = await countingWorld()
  const names = ['Spider-Man', '李', 'a|b']
  const desks = await Promise.all(names.map(name => owner(world, name)))
  const phones = await Promise.all(names.map(name => device(world, name)))
  const bob = await native(world, 'Mr.Blue')
  await bob.send(say('1') + say('2'))
  const { seq } = world.state()
  phones.map(newObjects)
  turns()
  // The numbered ones are inputs of their own, and several come with one commit.
  const asked = Array.from({ length: 6 }, (_, k) => object({ type: 'read', n: k + 1, room: 'lobby', seq: seq - 6 + k }))
  await Promise.all(desks.map(desk => desk.send(asked.join('') + say('so far'))))
  expect(Math.max(...turns())).toBeLessThanOrEqual(PLACES_AT_ONCE)
  for (const phone of phones) {
    const seqs = newObjects(phone).map(one => one['seq'] as number)
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
  }
})

test('[L2] of a large room so many are written to in a turn, all get all of it once, and nobody is passed over', async () => {
  const wires: { readonly writes: readonly string[] }[] = []
  const { clock, turns } = counted(() => wires.reduce((sum, { writes }) => sum + writes.length, 0))
  const world = await openWorld(UNBOUND, memoryJournal('epoch'), {}, clock)
  const all = Array.from({ length: 2.4 * WRITES_AT_ONCE }, (_, k) => world.dial(`192.0.2.${k % 200}`))
  for (const [k, { peer }] of all.entries()) peer.send(Buffer.from(object({ type: 'hello', name: `pupil${k}` })))
  await clock.settle()
  wires.push(...all)
  turns()
  const [first, last] = [all[0], all.at(-1)]
  await first?.send(say('one'))
  await last?.send(say('two'))
  // One of them is answered besides.
  expect(Math.max(...turns())).toBeLessThanOrEqual(WRITES_AT_ONCE + 1)
  for (const wire of all) expect(textsOf(wire)).toEqual(['one', 'two'])
})

test('[L2] a commit takes so many inputs, and the next waits until it is folded', async () => {
  const { clock } = counted(() => 0)
  const journal = memoryJournal('epoch')
  const events: string[] = []
  let folded = 0
  const slices = new Slices({
    ...{ clock, fold: () => folded++, flush: () => {}, hasReadEnough: () => false },
    ...{ goOn: () => {}, isThrough: () => true },
  })
  journal.committed$.subscribe(entries => {
    events.push(`committed ${entries.length} after ${folded}`)
    slices.commit(entries)
  })
  const writer = createWriter(
    journal,
    clock,
    () => expect.fail('it can be stored'),
    () => {},
    () => slices.unfolded(),
  )
  for (let n = 0; n < COMMIT_INPUTS + 5; n++) writer.submit(says('a', `${n}`))
  await clock.settle()
  await writer.drained()
  expect(events).toEqual([`committed ${COMMIT_INPUTS} after 0`, `committed 5 after ${COMMIT_INPUTS}`])
  expect(folded).toBe(COMMIT_INPUTS + 5)
})

test('[L2] a commit takes so many bytes, or one input that has more', () => {
  const waiting = new Waiting()
  const drafts = [TEXT_MAX_BYTES, 2 * COMMIT_BYTES, ...Array<number>(100).fill(TEXT_MAX_BYTES)].map(length =>
    says('a', 'é'.repeat(length / 2)),
  )
  for (const one of drafts) expect(waiting.add(one)).toBe(true)
  const commits: (readonly Draft[])[] = []
  while (waiting.size > 0) commits.push(waiting.take())
  expect(commits.flat()).toEqual(drafts)
  expect(commits.slice(0, 2).map(({ length }) => length)).toEqual([1, 1])
  const bytes = commits
    .slice(2)
    .map(all => all.reduce((sum, { texts }) => sum + Buffer.byteLength(texts.text ?? ''), 0))
  expect(Math.max(...bytes)).toBeLessThan(COMMIT_BYTES)
  expect(commits).toHaveLength(2 + Math.ceil(100 / Math.floor(COMMIT_BYTES / (TEXT_MAX_BYTES + 200))))
})

test('[L2] a message counts for no less than it is in the journal', () => {
  const anyMessage = fc.record({
    ...{ name: fc.constantFrom(...cast), text: fc.string({ unit: 'binary' }), room: fc.constantFrom('lobby', '東京') },
    ...{ n: fc.option(fc.maxSafeNat()), set: fc.option(fc.integer()), mentions: fc.array(fc.constantFrom(...cast)) },
  })
  fc.assert(
    fc.property(anyMessage, ({ name, text, room, n, set, mentions }) => {
      const { input, texts } = says(name, text, room)
      const draft = { input: { ...input, n, mentions, ...(set === null ? {} : { set }) } as Input, texts }
      const exact = Buffer.byteLength(JSON.stringify(draft.input)) + Buffer.byteLength(text)
      expect(bytesOf(draft)).toBeGreaterThanOrEqual(exact)
      expect(bytesOf(draft)).toBeLessThan(exact + 200)
    }),
  )
})

test('[L2] a slice ends where much was read, and each is delivered, in the order of the commits', async () => {
  const { clock } = counted(() => 0)
  const seen: unknown[] = []
  const slices = new Slices({
    clock,
    fold: ({ seq }) => seen.push(seq),
    flush: () => seen.push('flush'),
    hasReadEnough: () => seen.at(-1) === 2,
    goOn: () => {},
    isThrough: () => true,
  })
  const commit = (...seqs: readonly number[]): void => slices.commit(seqs.map(seq => ({ seq }) as Entry))
  commit(1, 2, 3)
  commit(4, 5)
  expect([seen, slices.unfolded()]).toEqual([[1, 2, 'flush'], expect.any(Promise)])
  await Promise.all([clock.settle(), slices.unfolded()])
  commit(6)
  expect(seen).toEqual([1, 2, 'flush', 3, 'flush', 4, 5, 'flush', 6, 'flush'])
  expect(slices.unfolded()).toBeNull()
})

test('[L2] the rest of an entry is delivered before the next one is folded, so much a turn', async () => {
  const { clock } = counted(() => 0)
  const seen: unknown[] = []
  let left = 0
  const slices = new Slices({
    clock,
    fold: ({ seq }) => {
      seen.push(seq)
      if (seq === 2) left = 2
    },
    flush: () => seen.push('flush'),
    hasReadEnough: () => left > 0,
    goOn: () => {
      if (left > 0) seen.push(`more ${left--}`)
    },
    isThrough: () => left === 0,
  })
  slices.commit([{ seq: 1 }, { seq: 2 }] as Entry[])
  expect(slices.unfolded(), 'not all of it is delivered').toEqual(expect.any(Promise))
  slices.commit([{ seq: 3 }] as Entry[])
  await Promise.all([clock.settle(), slices.unfolded()])
  expect(seen).toEqual([1, 2, 'flush', 'more 2', 'flush', 'more 1', 'flush', 3, 'flush'])
})
