import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newConversation } from '../../src/client/chat/conversation/conversation.ts'
import { type Entry, insert } from '../../src/client/chat/conversation/timeline.ts'
import { columnsOf } from '../../src/tui/chat/drawing/entry/columns.ts'
import { type LineAnchor, type Pane, scrollDown, scrollHome, scrollUp, sight } from '../../src/tui/chat/scroll.ts'
import { plain, type StyledLine } from '../../src/tui/text/line.ts'
import { anyEntry, FACE } from '../helpers/arbitrary-chats.ts'

const paneOf = (entries: readonly Entry[], height: number, columns = 40): Pane => {
  const empty = newConversation('#lobby')
  return {
    at: { ...empty, timeline: insert(empty.timeline, entries) },
    columns: columnsOf(columns),
    height,
    face: FACE,
    below: [],
  }
}
const texts = (pane: Pane, anchor: LineAnchor): readonly string[] =>
  sight(pane, anchor).lines.map((line: StyledLine) => plain(line))

const entries = fc.array(anyEntry, { minLength: 1, maxLength: 60 })
const height = fc.integer({ min: 1, max: 12 })

const said = (seq: number, text: string): Entry => ({
  ...{ kind: 'said', seq, i: 0, at: 1000, from: 'bob', to: null, text },
  ...{ action: false, mine: false, mention: false, replayed: false },
})
const range = (from: number, to: number): readonly Entry[] =>
  Array.from({ length: to - from }, (_, k) => said(from + k, `message ${from + k}`))

describe('[U8] scrolling', () => {
  test('up and up comes to the beginning, and shows every line on the way', () => {
    fc.assert(
      fc.property(entries, height, (entries, height) => {
        const pane = paneOf(entries, height)
        const all = sight({ ...pane, height: 10_000 }, null).lines.map((line: StyledLine) => plain(line))
        let anchor: LineAnchor = null
        let seen = texts(pane, anchor)
        for (let steps = 0; steps <= all.length; steps++) {
          const next = scrollUp(pane, anchor, 1)
          if (next.top) break
          anchor = next.anchor
          const [first = ''] = texts(pane, anchor)
          seen = [first, ...seen]
        }
        expect(seen).toEqual(all)
        expect(texts(pane, scrollHome(pane))).toEqual(all.slice(0, height))
      }),
    )
  })

  test('down undoes up, and in the end the end is in sight', () => {
    fc.assert(
      fc.property(entries, height, fc.integer({ min: 1, max: 30 }), (entries, height, by) => {
        const pane = paneOf(entries, height)
        const up = scrollUp(pane, null, by)
        expect(texts(pane, scrollDown(pane, up.anchor, by))).toEqual(texts(pane, null))
        expect(scrollDown(pane, up.anchor, 10_000)).toBeNull()
      }),
    )
  })

  test('nothing moves when more comes below, or is loaded above', () => {
    const pane = paneOf(range(100, 200), 5)
    const { anchor } = scrollUp(pane, null, 20)
    const before = texts(pane, anchor)
    const { timeline } = pane.at
    const later = { ...pane, at: { ...pane.at, timeline: insert(timeline, [said(200, 'new')]) } }
    expect(texts(later, anchor)).toEqual(before)
    const earlier = { ...pane, at: { ...pane.at, timeline: insert(timeline, range(1, 100)) } }
    expect(texts(earlier, anchor)).toEqual(before)
  })

  test('a narrower window keeps the message at its foot', () => {
    const long = [...range(1, 50), said(50, 'x '.repeat(200)), ...range(51, 60)]
    const wide = paneOf(long, 5, 100)
    const { anchor } = scrollUp(wide, null, 12)
    const narrow = paneOf(long, 5, 30)
    expect(texts(narrow, anchor).at(-1)).toContain('x')
  })

  test('a wider window keeps something of it too, however few lines it has now', () => {
    const long = [...range(1, 50), said(50, 'x '.repeat(200)), ...range(51, 60)]
    const narrow = paneOf(long, 5, 30)
    let anchor: LineAnchor = null
    while (anchor?.seq !== 50) anchor = scrollUp(narrow, anchor, 1).anchor
    anchor = scrollUp(narrow, anchor, 10).anchor
    expect(anchor?.seq).toBe(50)
    for (const columns of [60, 100, 400]) expect(texts(paneOf(long, 5, columns), anchor).at(-1)).toContain('x')
  })

  test('that the beginning is in sight is known, so that more can be loaded', () => {
    const pane = paneOf(range(1, 9), 5)
    expect(scrollUp(pane, null, 2).top).toBe(false)
    expect(scrollUp(pane, null, 20).top).toBe(true)
  })
})

test('ten thousand messages cost no more to draw than fifty', () => {
  const looked: number[] = []
  const counting = (pane: Pane): Pane => ({
    ...pane,
    face: { ...FACE, time: at => String(looked.push(at)).padStart(5) },
  })
  sight(counting(paneOf(range(1, 51), 20)), null)
  const few = looked.splice(0).length
  sight(counting(paneOf(range(1, 10_001), 20)), null)
  expect(looked.length).toBe(few)
})

describe('[U1] messages in a row of one sender', () => {
  const from = (seq: number, who: string, at: number): Entry =>
    ({ ...said(seq, `text ${seq}`), from: who, at }) as Entry
  const minutes = (count: number): number => count * 60_000
  const talk = [
    from(1, '田中', minutes(1)),
    from(2, '田中', minutes(2)),
    from(3, 'a|b', minutes(3)),
    from(4, '田中', minutes(4)),
    from(5, '田中', minutes(30)),
  ]
  const named = (pane: Pane): readonly boolean[] =>
    texts(pane, null).flatMap(line => (/text/.test(line) ? [/田中|a\|b/.test(line)] : []))

  test.each([36, 80, 200])('name the sender once, at %i columns', columns => {
    expect(named(paneOf(talk, 20, columns))).toEqual([true, false, true, true, true])
    // The first new message begins with a name.
    const pane = paneOf(talk, 20, columns)
    expect(named({ ...pane, at: { ...pane.at, mark: 1 } })).toEqual([true, true, true, true, true])
  })

  test('name the sender each time where no time shows that a message begins', () => {
    expect(named(paneOf(talk, 20, 20))).toEqual([true, true, true, true, true])
  })
})
