/** A reader against a model that keeps a full copy of its frames: the two always agree. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Reader } from '../../../../src/server/delivery/reading/reader.ts'
import type { Frame, Ring } from '../../../../src/server/delivery/reading/ring.ts'
import { frame, ringOf, textOf } from '../../../helpers/frames.ts'
import { runs } from '../../../helpers/seeds.ts'

const ROOMS = ['lobby', 'ops', 'tea'] as const
const room = fc.constantFrom(...ROOMS)
const size = fc.integer({ min: 6, max: 40 })

const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        ...{ do: fc.constant('say' as const), in: fc.subarray([...ROOMS]), size },
        by: fc.constantFrom('me', 'eve', 'ЗОЯ'),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('gather' as const), in: fc.subarray([...ROOMS]), size }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('tell' as const), size }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('enter' as const), room }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), room }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('take' as const), max: fc.integer({ min: 1, max: 120 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('go back' as const), by: fc.nat(12) }) },
  ),
  { maxLength: 60 },
)

/** `isDue`: it doesn't wait for others. */
type Copy = { readonly seq: number; readonly text: string; readonly rooms: readonly string[]; isDue: boolean }

/** The frames for a reader, as a list of which it has read the first. */
function model(ringBytes: number, isIgnoring: boolean) {
  const rings = new Map(ROOMS.map(name => [name as string, ringOf(ringBytes)]))
  const reader = new Reader()
  const copies: Copy[] = []
  /** Rooms with a frame that doesn't wait. */
  const dirty = new Set<string>()
  let read = 0
  let seq = 0
  let left = 0
  reader.session = 'me'
  reader.lane.resumes = true
  if (isIgnoring) reader.ignored = new Set(['eve'])

  /** A frame that leaves this reader out has no text, and neither has one whose author it ignores. */
  const note = (one: Frame, rooms: readonly string[], isDue = true): void => {
    const isLeftOut = one.except !== null || (isIgnoring && one.author === 'eve')
    copies.push({ seq: one.seq, text: isLeftOut ? '' : textOf(one.bytes), rooms, isDue })
  }
  const seal = (): void => {
    for (const name of dirty) rings.get(name)?.seal()
    for (const copy of copies) copy.isDue ||= copy.rooms.some(name => dirty.has(name))
    dirty.clear()
  }

  return {
    reader,
    left: () => left,
    now: () => seq,
    isDone: () => copies.slice(read).every(({ text }) => text === ''),
    say(rooms: readonly string[], bytes: number, by: string) {
      const one = frame(++seq, `${seq}`, { size: bytes, except: by === 'me' ? 'me' : null, author: by })
      for (const name of rooms) {
        rings.get(name)?.append(one)
        dirty.add(name)
      }
      const heard = rooms.filter(name => reader.isIn(name))
      if (heard.length > 0) note(one, heard)
    },
    gather(rooms: readonly string[], bytes: number) {
      const one = frame(++seq, `${seq}`, { size: bytes })
      for (const name of rooms) rings.get(name)?.append(one)
      const heard = rooms.filter(name => reader.isIn(name))
      if (heard.length > 0) note(one, heard, false)
    },
    /** Gathered presence is due. */
    ripen: () => ROOMS.forEach(name => void dirty.add(name)),
    tell(bytes: number) {
      const one = frame(++seq, `${seq}`, { size: bytes })
      reader.lane.put(one)
      note(one, [])
    },
    enter(name: string) {
      const ring = rings.get(name) as Ring
      if (!reader.isIn(name)) reader.enter(name, ring, ring.next)
    },
    leave(name: string) {
      if (reader.isIn(name)) {
        left = seq
        for (const copy of copies.slice(read)) copy.isDue ||= copy.rooms.includes(name)
      }
      reader.leave(name)
    },
    /** False: frames are gone, and nothing more can be said. */
    take(max: number): boolean {
      seal()
      const batch = reader.take(max)
      const due = copies.slice(read)
      if (batch === 'overrun') {
        // A frame that left this reader out may be among those that are gone, so there may be no copy of it.
        expect([...rings.values()].some(ring => ring.first > 0)).toBe(true)
        return false
      }
      const least = due.findLastIndex(({ isDue }) => isDue) + 1
      if (batch === null) {
        expect(due.slice(0, least).filter(({ text }) => text !== '')).toEqual([])
        read += least
        return true
      }
      let text = ''
      let count = 0
      while (count < due.length && text.length < batch.length) text += due[count++]?.text
      expect(textOf(batch)).toBe(text)
      expect(batch.length - (due[count - 1]?.text.length ?? 0)).toBeLessThan(max)
      while (due[count]?.text === '' && count < least) count += 1
      // A gathered frame goes with a later one that is due, and not by itself.
      if (batch.length < max) expect(count).toBe(least)
      expect(count).toBeLessThanOrEqual(least)
      read += count
      return true
    },
    goBack(to: number) {
      seal()
      if (!reader.reaches(to)) return false
      reader.rewind(to)
      read = copies.findIndex(copy => copy.seq > to)
      if (read < 0) read = copies.length
      return true
    },
  }
}

function run(
  all: readonly (typeof steps extends fc.Arbitrary<infer S> ? S : never)[number][],
  ringBytes: number,
  isIgnoring: boolean,
): void {
  const it = model(ringBytes, isIgnoring)
  for (const step of all) {
    switch (step.do) {
      case 'say':
        it.say(step.in, step.size, step.by)
        break
      case 'gather':
        it.gather(step.in, step.size)
        break
      case 'tell':
        it.tell(step.size)
        break
      case 'enter':
        it.enter(step.room)
        break
      case 'leave':
        it.leave(step.room)
        break
      case 'take':
        if (!it.take(step.max)) return
        break
      case 'go back': {
        const to = Math.max(0, it.now() - step.by)
        const reached = it.goBack(to)
        // If nothing can be gone, all is reached.
        if (ringBytes === Number.POSITIVE_INFINITY && to >= it.left()) expect(reached).toBe(true)
      }
    }
  }
  it.ripen()
  while (!it.isDone()) if (!it.take(1000)) return
}

test.each([Number.POSITIVE_INFINITY, 400, 60])(
  'a reader of rings of %d bytes reads what a full copy would hold',
  ringBytes => {
    fc.assert(
      fc.property(steps, fc.boolean(), (all, isIgnoring) => run(all, ringBytes, isIgnoring)),
      { numRuns: runs(1500) },
    )
  },
)
