import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Conversation, newConversation } from '../../../src/client/chat/conversation/conversation.ts'
import { type Entry, erase, insert, remove, type Said } from '../../../src/client/chat/conversation/timeline.ts'
import { shown } from '../../../src/client/view/entry-rows.ts'
import { continues, entryAt, type Rows, rowsOf } from '../../../src/client/view/rows.ts'

const DAY_MS = 86_400_000
const dayOf = (at: number): string => String(Math.floor(at / DAY_MS))

const said = (seq: number, more: Partial<Said> = {}): Said => ({
  ...{ kind: 'said', seq, i: 0, at: seq * 3_600_000, from: 'bob', to: null, text: `m${seq}`, action: false },
  ...{ mine: false, mention: false, replayed: false },
  ...more,
})
const joined = (seq: number): Entry => ({
  ...{ kind: 'happened', seq, i: 0, at: seq * 3_600_000, replayed: false },
  event: { type: 'joined', room: 'lobby', name: `n${seq}`, away: null, member: `m${seq}` },
})

type Step =
  | { readonly type: 'add'; readonly entries: readonly Entry[] }
  | { readonly type: 'erase' | 'remove' | 'mark'; readonly seq: number }

const seq = fc.integer({ min: 1, max: 80 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .array(fc.tuple(seq, fc.boolean()), { maxLength: 8 })
    .map(all => ({ type: 'add' as const, entries: all.map(([at, talks]) => (talks ? said(at) : joined(at))) })),
  fc.record({ type: fc.constantFrom('erase' as const, 'remove' as const, 'mark' as const), seq }),
)

function take(at: Conversation, step: Step): Conversation {
  switch (step.type) {
    case 'add':
      return { ...at, timeline: insert(at.timeline, step.entries) }
    case 'erase':
      return { ...at, timeline: erase(at.timeline, step.seq) }
    case 'remove':
      return { ...at, timeline: remove(at.timeline, { seq: step.seq, i: 0 }) }
    case 'mark':
      return { ...at, mark: step.seq }
  }
}

/** The rows, each entry as it is now. */
const current = (rows: Rows): unknown[] =>
  rows.rows.map(row => (row.kind === 'entry' ? { ...row, entry: entryAt(rows, row) } : row))

describe('[G4] rows', () => {
  test('are those of the present entries, with any cache', () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 3 }), { maxLength: 12 }), rounds => {
        let at = newConversation('#lobby')
        let rows: Rows | null = null
        for (const steps of rounds) {
          at = steps.reduce(take, at)
          rows = rowsOf(at, dayOf, rows)
          expect(current(rows)).toEqual(shown(at, dayOf))
          expect(new Set(rows.keys).size).toBe(rows.rows.length)
        }
      }),
    )
  })

  test('keep their keys when more comes above, below, or into a run', () => {
    const first = take(newConversation('#lobby'), { type: 'add', entries: [said(30), said(31), joined(32)] })
    const before = rowsOf(first, dayOf, null)
    const then = take(first, { type: 'add', entries: [said(2), said(3), joined(33), said(34)] })
    const after = rowsOf(then, dayOf, before)
    const own = before.keys.filter(key => !key.startsWith('day'))
    expect(after.keys.filter(key => own.includes(key))).toEqual(own)
  })

  test('that are added leave the others the same objects', () => {
    const first = take(newConversation('#lobby'), { type: 'add', entries: [said(1), said(2), said(3)] })
    const before = rowsOf(first, dayOf, null)
    const after = rowsOf(take(first, { type: 'add', entries: [said(4)] }), dayOf, before)
    expect(after.rows.slice(0, 3).every((row, k) => row === before.rows[k])).toBe(true)
    expect(rowsOf(first, dayOf, before)).toBe(before)
  })
})

test('[G4] a message goes on with the one above it: the same person, soon after', () => {
  const above = said(1, { at: 0 })
  expect(continues(above, said(2, { at: 1000 }))).toBe(true)
  expect(continues(null, said(2, { at: 1000 }))).toBe(false)
  expect(continues(above, said(2, { at: 10 * 60_000 }))).toBe(false)
  expect(continues(above, said(2, { at: 1000, from: 'ann' }))).toBe(false)
  expect(continues(above, said(2, { at: 1000, action: true }))).toBe(false)
  expect(continues(joined(1), said(2, { at: 1000 }))).toBe(false)
})
