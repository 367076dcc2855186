/** Search results on the host's screen (docs/spec.md, U14). */
import { describe, expect, test } from 'vitest'
import { newConversation } from '../../src/client/chat/conversation/conversation.ts'
import { insert } from '../../src/client/chat/conversation/timeline.ts'
import { consoleFrame } from '../../src/tui/console/frame.ts'
import { type ConsoleAct, pressConsole, selectedAt } from '../../src/tui/console/press.ts'
import {
  type ConsoleState,
  type ConsoleUi,
  erasedFrom,
  laid,
  newConsoleUi,
  type Overlay,
} from '../../src/tui/console/state.ts'
import type { Size } from '../../src/tui/stage/scene.ts'
import type { Stroke } from '../../src/tui/stroke.ts'
import { plain } from '../../src/tui/text/line.ts'
import { FACE } from '../helpers/arbitrary-chats.ts'
import { cast } from '../helpers/cast.ts'

const said = Array.from({ length: 40 }, (_, k) => ({
  ...{ kind: 'said', seq: k + 1, i: 0, at: k * 1000, from: cast[k % cast.length] ?? '', to: null },
  ...{ text: `needle ${k + 1}\nof many`, action: false, mine: false, mention: false, replayed: false },
})) satisfies readonly object[]

const life = newConversation('#life')
const consoleState: ConsoleState = {
  life: { ...life, timeline: insert(life.timeline, said as never) },
  past: null,
  found: {
    words: 'needle',
    messages: said.map(({ seq, at, from, text }) => ({ seq, at, from, room: 'lobby', text })),
    more: false,
  },
  ...{ here: 0, people: [], address: '', startedAt: 0 },
}
const open: ConsoleUi = { ...newConsoleUi, overlay: { kind: 'found', hit: 0 } }

const rows = (ui: ConsoleUi, size: Size, at: ConsoleState = consoleState): readonly string[] =>
  consoleFrame(at, ui, size, FACE, 0).lines.map(plain)

function pressed(
  ui: ConsoleUi,
  strokes: readonly Stroke[],
  size: Size,
  at: ConsoleState = consoleState,
): readonly [ConsoleUi, readonly ConsoleAct[]] {
  const acts: ConsoleAct[] = []
  let next = ui
  for (const stroke of strokes) {
    const [then, act] = pressConsole(next, stroke, {
      consoleState: at,
      size,
      face: FACE,
      complete: () => ({ from: 0, choices: [] }) as never,
    })
    next = then
    if (act) acts.push(act)
  }
  return [next, acts]
}

const key = (name: string): Stroke => ({ type: 'key', key: name })

describe.each([
  { columns: 20, rows: 5 },
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
])("[U14] what a search found, at the host's console, at %o", size => {
  const seen = { consoleState, size, face: FACE, complete: () => ({}) as never }

  test('lies over the life, each text on one line; keys select a hit, Enter leads to it', () => {
    expect(rows(open, size).join(' ').replace(/\s+/g, ' ')).toContain('needle 40 of many')
    const [ui, acts] = pressed(open, [key('down'), key('down'), key('enter')], size)
    expect(ui.overlay).toBeNull()
    expect(acts).toMatchObject([{ type: 'seek', hit: { seq: 38 } }])
    expect(pressed(open, [key('end'), key('enter')], size)[1]).toMatchObject([{ type: 'seek', hit: { seq: 1 } }])
  })

  test('a line typed over it is carried out, and Esc closes it', () => {
    const [ui, acts] = pressed(open, [{ type: 'text', text: 'DELETE 7' }, key('enter')], size)
    expect(acts).toEqual([{ type: 'run', line: 'DELETE 7' }])
    expect(ui.overlay).toBeNull()
    expect(pressed(open, [key('escape')], size)[0].overlay).toBeNull()
  })

  test('the message that it led to stands inverted and in sight, until Esc', () => {
    const ui = selectedAt(open, { seq: 3, i: 0, asking: null }, seen)
    const inverted = consoleFrame(consoleState, ui, size, FACE, 0).lines.filter(line =>
      line.some(({ inverse }) => inverse),
    )
    expect(inverted.map(plain).join()).toContain('needle 3')
    expect(rows(ui, size)[0]).toContain('DELETE 3')
    const [after, acts] = pressed(ui, [key('escape')], size)
    expect(acts).toEqual([{ type: 'live' }])
    expect(rows(after, size).join('\n')).toContain('needle 40')
  })

  test('of the past that is older than the life more is asked for at both ends', () => {
    const past = {
      ...consoleState.life,
      where: '#ops' as const,
      excerpt: { from: 1, to: 40, latest: life.timeline, latestPast: 'unknown' as const },
    }
    const at: ConsoleState = { ...consoleState, life, past }
    const ui = selectedAt(open, { seq: 3, i: 0, asking: null }, { ...seen, consoleState: at })
    const pages = (name: string): readonly Stroke[] => Array.from({ length: 60 }, () => key(name))
    expect(pressed(ui, pages('pageup'), size, at)[1].at(-1)).toEqual({ type: 'more', way: 'earlier' })
    const [end, acts] = pressed(ui, pages('pagedown'), size, at)
    expect(acts.at(-1)).toEqual({ type: 'more', way: 'later' })
    expect(rows(end, size, at).join('\n')).toContain('of many')
    expect(rows({ ...end, selected: null }, size, at)[0]).toContain('#ops')
  })

  test('[U1] a message deleted meanwhile is gone from it, and from the life', () => {
    const without = erasedFrom(consoleState, 40)
    expect(rows(open, size, without).join('\n')).toContain('(deleted)')
    expect(rows({ ...open, overlay: null }, size, without).join('\n')).not.toContain('needle 40')
  })
})

test.each([
  [{ columns: 120, rows: 10 }, ' Mr.Blue hi'],
  [{ columns: 200, rows: 10 }, '#clas… Mr.Blue hi'],
  [{ columns: 60, rows: 10 }, '#class-7b Mr.Blue hi'],
])('who spoke in a room is in sight at %o, whatever the room is called', (size, expected) => {
  const one = { ...said[0], from: '#class-7b Mr.Blue', text: 'hi' }
  const at = { ...consoleState, life: { ...life, timeline: insert(life.timeline, [one] as never) } }
  expect(rows(newConsoleUi, size, at).join('\n')).toContain(expected)
})

test('a table of many lines says that there is more, and is turned by pages, to its end and back', () => {
  const size = { columns: 80, rows: 12 }
  const table: Overlay = { kind: 'wide', lines: () => Array.from({ length: 40 }, (_, k) => `line ${k}`), from: 0 }
  const first: ConsoleUi = { ...newConsoleUi, overlay: table }
  const shown = (...keys: readonly string[]): string => rows(pressed(first, keys.map(key), size)[0], size).join('\n')
  expect(shown()).toMatch(/line 0[\s\S]*PgDn shows more, Esc closes this\./)
  const seen = [shown(), shown('pagedown'), shown('pagedown', 'pagedown')].flatMap(
    page => page.match(/line \d+/g) ?? [],
  )
  expect(seen).toEqual(seen.map((_, k) => `line ${k}`))
  expect(shown('end')).toContain('line 39')
  expect(shown('end')).not.toContain('PgDn')
  expect(shown('end', 'home')).toBe(shown())
})

describe('a secret that is shown once', () => {
  const size = { columns: 80, rows: 24 }
  const secret = (text: string): Overlay => ({ kind: 'wide', lines: () => [text], from: 0, once: true })
  const table: Overlay = { kind: 'wide', lines: () => ['a table'], from: 0 }
  const shown = (ui: ConsoleUi): string => rows(ui, size).join('\n')

  test('stays until the host closes it: what comes meanwhile waits, in order', () => {
    const ui = [secret('first'), secret('second'), table].reduce(laid, newConsoleUi)
    expect(shown(ui)).toContain('first')
    const [second] = pressed(ui, [key('escape')], size)
    expect(shown(second)).toContain('second')
    const [third] = pressed(second, [key('enter')], size)
    expect(shown(third)).toContain('a table')
    expect(pressed(third, [key('escape')], size)[0].overlay).toBeNull()
  })

  test('covers a table', () => {
    expect(shown([table, secret('first')].reduce(laid, newConsoleUi))).toContain('first')
  })

  test('with its QR code where that fits, and with its link everywhere', () => {
    const link = 'http://192.0.2.2:3001/#invite=54ba761e7159333b7307176e360f2d6e'
    const lines = Array.from({ length: 19 }, () => '█'.repeat(37))
    const picture: Overlay = { kind: 'picture', lines, link, what: 'INVITE a: for one person.', once: true }
    const at = (columns: number, height: number): string =>
      rows(laid(newConsoleUi, picture), { columns, rows: height }).join('')
    expect(at(80, 24)).toContain('█'.repeat(37))
    expect(at(36, 24)).toContain('The code needs a window of 37 by')
    for (const [columns, height] of [
      [80, 24],
      [36, 24],
      [40, 10],
      [200, 50],
    ] as const) {
      expect(at(columns, height).replaceAll(/\s/g, ''), `${columns}`).toContain(link)
    }
  })
})
