import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Entry,
  emptyTimeline,
  erase,
  insert,
  ownPlace,
  type Timeline,
} from '../../../../src/client/chat/conversation/timeline.ts'
import { TIMELINE_DROP, TIMELINE_MAX } from '../../../../src/model/limits.ts'

const said = (seq: number, text = `m${seq}`): Entry => ({
  kind: 'said',
  seq,
  i: 0,
  at: seq * 1000,
  from: 'bob',
  to: null,
  text,
  action: false,
  mine: false,
  mention: false,
  replayed: false,
})
const seqs = ({ entries }: Timeline): readonly number[] => entries.map(({ seq }) => seq).toArray()
const range = (from: number, to: number): readonly Entry[] =>
  Array.from({ length: to - from }, (_, k) => said(from + k))

describe('[U1] a timeline', () => {
  test('holds each message once and in order, however its pages and the live ones come', () => {
    const pages = fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 20 }), { maxLength: 12 })
    fc.assert(
      fc.property(pages, pages => {
        const filled = pages.reduce(
          (at, page) =>
            insert(
              at,
              page.map(seq => said(seq)),
            ),
          emptyTimeline,
        )
        expect(seqs(filled)).toEqual([...new Set(pages.flat())].sort((a, b) => a - b))
      }),
    )
  })

  test('keeps what it has of a message that comes again', () => {
    const erased = erase(insert(emptyTimeline, range(1, 5)), 3)
    const again = insert(erased, [said(3, 'back?')])
    expect(again.entries.get(2)).toMatchObject({ seq: 3, text: null })
  })

  test('erases what is deleted, and nothing else', () => {
    const at = insert(emptyTimeline, [said(1), said(5)])
    expect(erase(at, 3)).toBe(at)
    expect(
      erase(at, 5)
        .entries.map(entry => entry.kind === 'said' && entry.text)
        .toArray(),
    ).toEqual(['m1', null])
  })

  test('erases that it speaks of me, too', () => {
    const at = erase(insert(emptyTimeline, [{ ...said(1, 'bob: @alice'), mention: true } as Entry]), 1)
    expect(at.entries.get(0)).toMatchObject({ text: null, mention: false })
  })

  test('puts what is mine alone behind all that was there, and before what comes', () => {
    let at = insert(emptyTimeline, [said(4)])
    const note = (text: string): void => {
      at = insert(at, [{ kind: 'note', ...ownPlace(at, 0), lines: [text], tone: 'plain' }])
    }
    note('a')
    note('b')
    at = insert(at, [said(5)])
    expect(at.entries.map(entry => (entry.kind === 'note' ? entry.lines[0] : entry.seq)).toArray()).toEqual([
      4,
      'a',
      'b',
      5,
    ])
  })

  test('is bounded: the oldest go first, several at once', () => {
    let at = insert(emptyTimeline, range(1, TIMELINE_MAX + 1))
    expect(at.entries.size).toBe(TIMELINE_MAX)
    at = insert(at, [said(TIMELINE_MAX + 1)])
    expect(at.entries.size).toBe(TIMELINE_MAX + 1 - TIMELINE_DROP)
    expect(at.entries.first()?.seq).toBe(TIMELINE_DROP + 1)
  })
})
