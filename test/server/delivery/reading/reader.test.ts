/** One session's reading: its rooms and its private frames, merged, taken in pieces, and taken again. */
import { describe, expect, test } from 'vitest'
import { LANE_BYTES, LANE_KEPT_BYTES, PIECE_BYTES, WRITE_BYTES } from '../../../../src/model/limits.ts'
import { Reader } from '../../../../src/server/delivery/reading/reader.ts'
import type { Frame, Ring } from '../../../../src/server/delivery/reading/ring.ts'
import { answer, frame, ringOf, textOf } from '../../../helpers/frames.ts'

/** One room with a reader in it. */
function inRoom(max = 1_000_000) {
  const ring = ringOf(max)
  const reader = new Reader()
  reader.session = 'me'
  reader.lane.resumes = true
  reader.enter('lobby', ring, ring.next)
  return { ring, reader }
}

function turn(rings: readonly Ring[], ...frames: readonly Frame[]): void {
  for (const ring of rings) for (const one of frames) ring.append(one)
  for (const ring of rings) ring.seal()
}

/** All that can be taken, in pieces of `max` bytes. */
function drain(reader: Reader, max = 1_000_000): string {
  let all = ''
  for (;;) {
    const batch = reader.take(max)
    if (batch === 'overrun') return `${all}overrun`
    if (batch === null) return all
    all += textOf(batch)
  }
}

describe('a reader', () => {
  test('in step takes the turn itself, without a copy', () => {
    const { ring, reader } = inRoom()
    turn([ring], frame(1, 'a'), frame(2, 'b'))
    expect(reader.take(100)).toBe(ring.chunk(0)?.bytes)
    expect(reader.take(100)).toBe(null)
  })

  test('that is as far behind as others takes the same copy as they do [F1]', () => {
    const { ring, reader } = inRoom()
    const others = ['Spider-Man', '李', 'a|b'].map(session => {
      const other = new Reader()
      other.session = session
      other.enter('lobby', ring, ring.next)
      return other
    })
    turn([ring], frame(1, 'a'))
    others[0]?.take(100)
    turn([ring], frame(2, 'b'), frame(3, 'c'))
    turn([ring], frame(4, 'd', { except: '李' }))
    const [ahead, excepted, behind] = others.map(other => other.take(100))
    const own = reader.take(100)
    expect([ahead, excepted, behind, own].map(bytes => textOf(bytes as Uint8Array))).toEqual([
      'b;c;d;',
      'a;b;c;',
      'a;b;c;d;',
      'a;b;c;d;',
    ])
    expect(own).toBe(behind)
    expect([reader, ...others].map(one => one.take(100))).toEqual([null, null, null, null])
  })

  test('that was behind takes whole frames, up to the one that reaches the bound', () => {
    const { ring, reader } = inRoom()
    for (const seq of [1, 2, 3, 4]) turn([ring], frame(seq, `${seq}`, { size: 10 }))
    expect([25, 25, 25].map(max => reader.take(max)?.length)).toEqual([30, 10, undefined])
  })

  test('reads nothing of before it came', () => {
    const ring = ringOf(100)
    turn([ring], frame(1, 'before'))
    const reader = new Reader()
    reader.enter('lobby', ring, ring.next)
    turn([ring], frame(2, 'after'))
    expect(drain(reader)).toBe('after;')
  })

  test('that leaves reads what came up to then, and nothing after', () => {
    const { ring, reader } = inRoom()
    turn([ring], frame(1, 'a'))
    ring.append(frame(2, 'parted'))
    reader.leave('lobby')
    ring.append(frame(3, 'after'))
    ring.seal()
    turn([ring], frame(4, 'long after'))
    expect(drain(reader)).toBe('a;parted;')
    expect(drain(reader)).toBe('')
  })

  test('reads what is its alone in its place', () => {
    const { ring, reader } = inRoom()
    reader.lane.put(frame(2, 'mine'))
    reader.lane.put(answer(3, 'answer'))
    turn([ring], frame(1, 'a'), frame(2, 'b', { k: 1 }), frame(3, 'c'), frame(4, 'd'))
    expect(drain(reader)).toBe('a;mine;b;c;answer;d;')
  })

  test('reads every one of several answers in the same place', () => {
    const { reader } = inRoom()
    for (const text of ['one', 'two', 'three']) reader.lane.put(answer(5, text))
    expect(drain(reader)).toBe('one;two;three;')
  })

  test('passes over what leaves it out, wherever it stands', () => {
    const { ring, reader } = inRoom()
    turn([ring], frame(1, 'mine', { except: 'me' }))
    expect(reader.take(100)).toBe(null)
    turn([ring], frame(2, 'a'), frame(3, 'mine', { except: 'me' }), frame(4, 'b', { except: 'you' }))
    expect(drain(reader)).toBe('a;b;')
  })

  test.each([1, 4, 1000])('of two rooms reads once what is in both, in pieces of %i bytes', max => {
    const { ring: lobby, reader } = inRoom()
    const ops = ringOf(1000)
    reader.enter('ops', ops, 0)
    const renamed = frame(2, 'renamed')
    reader.lane.put(renamed)
    lobby.append(frame(1, 'a'))
    turn([lobby, ops], renamed)
    turn([ops], frame(3, 'b'))
    turn([lobby, ops], frame(4, 'quit'))
    expect(drain(reader, max)).toBe('a;renamed;b;quit;')
  })

  test('learns that frames are gone which it has not had', () => {
    const { ring, reader } = inRoom(10)
    for (const seq of [1, 2, 3]) turn([ring], frame(seq, 'x', { size: 6 }))
    expect(drain(reader)).toBe('overrun')
  })

  test('is overfull when more waits for it alone than is kept; one large frame is no overflow [F4]', () => {
    const { reader } = inRoom()
    reader.lane.put(frame(1, 'room', { size: LANE_BYTES * 2 }))
    expect(reader.lane.overfull).toBe(false)
    reader.lane.put(frame(1, 'one more'))
    expect(reader.lane.overfull).toBe(true)
    drain(reader)
    expect(reader.lane.overfull).toBe(false)
  })

  test('reads first how its session goes on', () => {
    const { ring, reader } = inRoom()
    turn([ring], frame(1, 'a'))
    reader.lead([Buffer.from('welcome;'), Buffer.from('room;')].values(), true)
    expect(drain(reader)).toBe('welcome;room;a;')
  })

  test('has that made as it reads it, a piece at a time [F3] [L2]', () => {
    const { reader } = inRoom()
    let made = 0
    const rooms = function* (): Generator<Uint8Array> {
      for (; made < 31; made++) yield Buffer.alloc(PIECE_BYTES - 1)
    }
    reader.lead(rooms(), true)
    expect([made, reader.isLed]).toEqual([0, true])
    for (const piece of [1, 3, 5]) {
      expect((reader.take(WRITE_BYTES) as Uint8Array).length).toBe(2 * (PIECE_BYTES - 1))
      expect(made).toBe(piece)
    }
    reader.rewind(0)
    expect([reader.take(WRITE_BYTES), reader.isLed, made]).toEqual([null, false, 5])
  })
})

describe('a reader that goes back', () => {
  test('has nothing kept for it that a pong shows was read, and is told of the gap before that [F3]', () => {
    const { reader } = inRoom()
    reader.lane.resumes = true
    for (const seq of [1, 2, 3]) reader.lane.put(frame(seq, `${seq}`, { size: 1000 }))
    drain(reader)
    expect(reader.lane.kept).toBe(3000)
    reader.lane.wasRead(2)
    expect([reader.lane.kept, reader.reaches(1), reader.reaches(2)]).toEqual([1000, false, true])
    reader.rewind(2)
    expect(drain(reader).slice(0, 2)).toBe('3;')
    reader.lane.wasRead(9)
    expect([reader.lane.kept, reader.reaches(2), reader.reaches(3)]).toEqual([0, false, true])
  })

  test('reads again all that was for it after that input, and nothing else', () => {
    const { ring, reader } = inRoom()
    turn([ring], frame(1, 'a'))
    reader.lane.put(frame(2, 'told'))
    turn([ring], frame(3, 'b'))
    drain(reader)
    turn([ring], frame(4, 'c'))
    for (const [seq, again] of [
      [4, ''],
      [2, 'b;c;'],
      [1, 'told;b;c;'],
      [0, 'a;told;b;c;'],
    ] as const) {
      expect(reader.reaches(seq)).toBe(true)
      reader.rewind(seq)
      expect(drain(reader)).toBe(again)
    }
  })

  test('says so when it began with a gap: its client may not have had what it was told of that [D5]', () => {
    const { ring, reader } = inRoom()
    reader.lane.lose(3)
    turn([ring], frame(4, 'b'))
    expect([2, 3].map(seq => reader.reaches(seq))).toEqual([false, true])
    expect(drain(reader)).toBe('b;')
  })

  test('reads no answer again that no input brought, though it was never read: its command is repeated [D3]', () => {
    const { reader } = inRoom()
    reader.lane.put(frame(1, 'performed'))
    reader.lane.put(answer(1, 'could not be stored'))
    reader.rewind(0)
    expect(drain(reader)).toBe('performed;')
  })

  test('does not come before its entrance: what others said then is not its own [R3]', () => {
    const ring = ringOf(1000)
    turn([ring], frame(1, 'before'))
    const reader = new Reader()
    reader.enter('ops', ring, ring.next)
    turn([ring], frame(2, 'after'))
    drain(reader)
    expect(reader.reaches(0)).toBe(true)
    reader.rewind(0)
    expect(drain(reader)).toBe('after;')
  })

  test('reaches back to its entrance even when the room has forgotten what was before', () => {
    const ring = ringOf(10)
    for (const seq of [1, 2]) turn([ring], frame(seq, 'x', { size: 6 }))
    const reader = new Reader()
    reader.enter('ops', ring, ring.next)
    expect(reader.reaches(0)).toBe(true)
    turn([ring], frame(3, 'mine'))
    reader.rewind(0)
    expect(drain(reader)).toBe('mine;')
  })

  test('says so when the room has forgotten what it had', () => {
    const { ring, reader } = inRoom(10)
    for (const seq of [1, 2, 3]) {
      turn([ring], frame(seq, `${seq}`, { size: 6 }))
      drain(reader)
    }
    expect([1, 2, 3].map(seq => reader.reaches(seq))).toEqual([false, false, true])
    reader.rewind(1)
    turn([ring], frame(4, 'on'))
    expect(drain(reader)).toBe('on;')
  })

  test('says so when it has read the end of a room that it left', () => {
    const { ring, reader } = inRoom()
    turn([ring], frame(1, 'a'))
    ring.append(frame(2, 'parted'))
    reader.leave('lobby')
    ring.seal()
    expect([0, 1].map(seq => reader.reaches(seq))).toEqual([true, true])
    reader.rewind(0)
    drain(reader)
    expect([0, 1, 2].map(seq => reader.reaches(seq))).toEqual([false, false, true])
  })

  test('says so up to the last of what was taken from it', () => {
    const { reader } = inRoom()
    for (const seq of [4, 5, 6]) reader.lane.put(frame(seq, 'told'))
    reader.lane.spill()
    expect([3, 4, 5, 6].map(seq => reader.reaches(seq))).toEqual([false, false, false, true])
    expect(drain(reader)).toBe('')
  })

  test('says so when more came for it alone than is kept', () => {
    const { reader } = inRoom()
    for (const seq of [1, 2, 3]) reader.lane.put(frame(seq, 'told', { size: LANE_KEPT_BYTES / 2 }))
    drain(reader)
    expect([0, 1].map(seq => reader.reaches(seq))).toEqual([false, true])
    reader.rewind(1)
    expect(drain(reader)).toHaveLength(LANE_KEPT_BYTES)
    reader.lane.put(frame(4, 'told'))
    reader.lane.spill()
    expect([3, 4].map(seq => reader.reaches(seq))).toEqual([false, true])
    expect(drain(reader)).toBe('')
  })
})

describe('a frame around shared memory', () => {
  const list = Buffer.from('list;')
  const parts = (seq: number): readonly Frame[] => [
    { ...frame(seq, 'head'), goesOn: true },
    { ...frame(seq, ''), part: 1, bytes: list, isShared: true, goesOn: true },
    { ...frame(seq, 'tail'), part: 2 },
  ]
  const withParts = () => {
    const { ring, reader } = inRoom()
    turn([ring], frame(1, 'a'))
    for (const one of parts(2)) reader.lane.put(one)
    turn([ring], frame(3, 'b'))
    return { ring, reader }
  }

  test('is written without a copy of that memory, and nothing comes in between', () => {
    const { reader } = withParts()
    expect(textOf(reader.take(1000) as Uint8Array)).toBe('a;head;')
    expect(reader.take(1000)).toBe(list)
    expect(drain(reader)).toBe('tail;b;')
  })

  test('does not count as memory of the session', () => {
    const { reader } = inRoom()
    const large = { ...frame(1, ''), bytes: Buffer.alloc(LANE_BYTES), isShared: true, goesOn: true } as const
    for (let k = 0; k < 3; k++) reader.lane.put(large)
    expect(reader.lane.overfull).toBe(false)
    while (reader.take(1) !== null);
    expect(reader.lane.kept).toBe(0)
    reader.rewind(0)
    expect(reader.take(1)).toBe(large.bytes)
  })

  test('that is not written whole leaves the rest to the next reader', () => {
    const { reader } = withParts()
    expect(reader.rest()).toEqual([])
    reader.take(1000)
    expect(reader.rest().map(({ bytes }) => textOf(bytes))).toEqual(['list;', 'tail;'])
    expect(reader.rest()).toEqual([])
  })

  test('is given again whole to a session that goes on before it', () => {
    for (const taken of [0, 1, 2, 3]) {
      const { reader } = withParts()
      for (let k = 0; k < taken; k++) reader.take(1000)
      reader.rewind(1)
      expect(reader.rest()).toEqual([])
      expect(drain(reader)).toBe('head;list;tail;b;')
    }
  })
})
