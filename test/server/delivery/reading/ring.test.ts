/** The frames of a room, kept in order and within a bound. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RING_BYTES } from '../../../../src/model/limits.ts'
import { type Chunk, type Frame, Ring } from '../../../../src/server/delivery/reading/ring.ts'
import { frame, ringOf, textOf } from '../../../helpers/frames.ts'
import { runs } from '../../../helpers/seeds.ts'

const filled = (max: number, ...turns: readonly (readonly Frame[])[]): Ring => {
  const ring = ringOf(max)
  for (const turn of turns) {
    for (const one of turn) ring.append(one)
    ring.seal()
  }
  return ring
}

describe('a ring', () => {
  test('begins empty', () => {
    const ring = ringOf(100)
    expect([ring.first, ring.next, ring.size, ring.chunk(0), ring.after(0)]).toEqual([0, 0, 0, undefined, 0])
    ring.seal()
    expect([ring.first, ring.next, ring.chunk(0)]).toEqual([0, 0, undefined])
  })

  test('shows nothing of a turn before its end', () => {
    const ring = ringOf(100)
    ring.append(frame(1, 'a'))
    expect([ring.next, ring.chunk(0), ring.after(0)]).toEqual([1, undefined, 0])
    ring.seal()
    expect(ring.chunk(0)?.frames).toHaveLength(1)
  })

  test('gives a turn as one piece, whichever of its frames is asked for', () => {
    const ring = filled(100, [frame(1, 'a')], [frame(2, 'b'), frame(3, 'c')])
    expect(textOf(ring.chunk(1)?.bytes ?? new Uint8Array())).toBe('b;c;')
    expect(ring.chunk(2)).toBe(ring.chunk(1))
    expect([ring.chunk(0)?.first, ring.chunk(1)?.first, ring.chunk(3)]).toEqual([0, 1, undefined])
  })

  test('holds the bytes of a turn once, in memory that it shares with nothing else [F4]', () => {
    for (const texts of [['a'], ['a', 'bc', '']]) {
      const frames = texts.map((text, at) => frame(at + 1, text))
      const { bytes } = filled(100, frames).chunk(0) as Chunk
      expect(bytes.buffer.byteLength).toBe(bytes.length)
      expect(frames.map(one => [one.bytes.buffer === bytes.buffer, textOf(one.bytes)])).toEqual(
        texts.map(text => [true, `${text};`]),
      )
    }
  })

  test('leaves a frame that has memory of its own there: it may be in another ring too [F4]', () => {
    const shared = { ...frame(1, ''), bytes: Uint8Array.of(1, 2) }
    const { bytes } = shared
    const ring = filled(100, [shared, frame(2, 'b')])
    expect(shared.bytes).toBe(bytes)
    expect([...(ring.chunk(0)?.bytes ?? [])].slice(0, 2)).toEqual([1, 2])
  })

  test('does not copy a turn of one frame that has memory of its own', () => {
    const only = { ...frame(1, ''), bytes: Uint8Array.of(1, 2) }
    expect(filled(100, [only]).chunk(0)?.bytes).toBe(only.bytes)
  })

  test('knows the members that a turn leaves out', () => {
    const ring = filled(100, [frame(1, 'a')], [frame(2, 'b', { except: 'x' }), frame(3, 'c', { except: 'y' })])
    expect([ring.chunk(0)?.excepts, ring.chunk(1)?.excepts]).toEqual([null, new Set(['x', 'y'])])
  })

  test('drops the oldest turns beyond its bound, but never the latest [F4]', () => {
    const ring = filled(10, [frame(1, 'a', { size: 6 })], [frame(2, 'b', { size: 6 })])
    expect([ring.first, ring.size, ring.chunk(0)]).toEqual([1, 6, undefined])
    ring.append(frame(3, 'c', { size: 1000 }))
    ring.seal()
    expect([ring.first, ring.next, ring.size]).toEqual([2, 3, 1000])
  })

  test('counts what it really holds: many short texts are bounded as few long ones are [F4]', () => {
    const fill = (size: number, perTurn: number): Ring => {
      const ring = new Ring(RING_BYTES)
      for (let seq = 1; ring.first === 0; seq++) {
        ring.append(frame(seq, 'x', { size }))
        if (seq % perTurn === 0) ring.seal()
      }
      return ring
    }
    for (const [size, perTurn, most] of [
      [90, 1, RING_BYTES / 500],
      [90, 10, RING_BYTES / 350],
      [8000, 1, RING_BYTES / 8000],
    ] as const) {
      const ring = fill(size, perTurn)
      expect(ring.size).toBeLessThanOrEqual(RING_BYTES)
      expect(ring.next - ring.first).toBeLessThan(most)
    }
  })

  test('finds what came after an input, or says that some of it may be gone', () => {
    const ring = filled(8, [frame(2, 'a'), frame(2, 'b', { k: 1 })], [frame(5, 'c')], [frame(7, 'd')])
    expect([0, 1, 2, 4, 5, 6, 7, 9].map(seq => ring.after(seq))).toEqual([0, 0, 2, 2, 3, 3, 4, 4])
    ring.append(frame(9, 'e'))
    ring.seal()
    expect(ring.first).toBe(2)
    expect([0, 2, 4, 5, 7, 9].map(seq => ring.after(seq))).toEqual([null, null, null, 3, 4, 5])
  })

  test('finds it also in the turn that is not over yet', () => {
    const ring = filled(100, [frame(1, 'a')])
    for (const seq of [2, 4]) ring.append(frame(seq, 'b'))
    expect([0, 1, 2, 3, 4].map(seq => ring.after(seq))).toEqual([0, 1, 2, 2, 3])
  })
})

test('finds the place of an input also in the turn that is not over [D5]', () => {
  const ring = filled(100, [frame(2, 'a')])
  for (const seq of [4, 5, 7]) ring.append(frame(seq, `${seq}`))
  expect([1, 2, 3, 4, 5, 6, 7, 8].map(seq => ring.after(seq))).toEqual([0, 1, 1, 2, 3, 3, 4, 4])
})

test('a ring holds the latest turns that fit, in order, for any frames', () => {
  const turns = fc.array(fc.array(fc.integer({ min: 3, max: 40 }), { minLength: 1, maxLength: 4 }), { maxLength: 30 })
  fc.assert(
    fc.property(turns, fc.integer({ min: 1, max: 120 }), (sizes, max) => {
      let seq = 0
      const all = sizes.map(turn => turn.map(size => frame(++seq, '', { size })))
      const ring = filled(max, ...all)
      let kept = all.slice(-1)
      const bytes = (list: typeof all): number => list.flat().reduce((sum, one) => sum + one.bytes.length, 0)
      for (const turn of all.slice(0, -1).reverse()) {
        if (bytes([turn, ...kept]) > max) break
        kept = [turn, ...kept]
      }
      expect([ring.next, ring.first, ring.size]).toEqual([seq, seq - kept.flat().length, bytes(kept)])
      for (let number = 0; number < seq; number++) {
        const chunk = ring.chunk(number)
        expect(chunk?.frames[number - chunk.first]).toBe(number < ring.first ? undefined : all.flat()[number])
      }
    }),
    { numRuns: runs(300) },
  )
})
