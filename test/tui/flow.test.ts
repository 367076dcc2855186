import fc from 'fast-check'
import { firstValueFrom } from 'rxjs'
import { expect, test } from 'vitest'
import { coloured$ } from '../../src/tui/chat/drawing/entry/code-colours.ts'
import { saidParagraphs } from '../../src/tui/chat/drawing/entry/message-spans.ts'
import { flow } from '../../src/tui/text/flow.ts'
import { lineWidest, plain, span } from '../../src/tui/text/line.ts'
import { flowAll, paragraph } from '../../src/tui/text/paragraphs.ts'
import { wrap } from '../../src/tui/text/wrap.ts'
import { anyText } from '../helpers/arbitrary-texts.ts'
import { seedOf } from '../helpers/seeds.ts'

const room = fc.integer({ min: 1, max: 40 })

test('[U6] spans are wrapped as their text is, and each piece keeps its style', () => {
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1, maxLength: 5 }), room, room, (texts, first, rest) => {
      const spans = texts.map((text, name) => span(text, { name }))
      const lines = flow(spans, first, rest)
      expect(lines.map(plain)).toEqual(wrap(texts.join(''), first, rest))
      for (const [name, text] of texts.entries()) {
        const drawn = lines.flat().flatMap(one => (one.name === name ? [one.text] : []))
        expect(text.replaceAll(/\s/g, '').length).toBeGreaterThanOrEqual(drawn.join('').replaceAll(/\s/g, '').length)
      }
    }),
    { seed: seedOf(7) },
  )
})

const reading = { me: 'ann', named: (key: string) => ({ ann: 'ann', bob: 'bob' })[key] }
const said = (text: string) => saidParagraphs(text, reading, true, {})
const drawn = (text: string, columns: number) => flowAll(said(text), columns, columns).map(plain)

test('[G11] the terminal draws the tree that the page draws: links, rooms, names, code, and what speaks of me', () => {
  const text = 'ann, see https://x.example/ in #tea with @bob: `a`\n```\nb\n  c\n```\nok'
  expect(said(text)).toEqual([
    paragraph([
      span('ann', { role: 'mention', bold: true }),
      span(', see '),
      span('https://x.example/', { role: 'accent' }),
      span(' in '),
      span('#tea', { role: 'accent' }),
      span(' with '),
      span('@bob', { role: 'accent' }),
      span(': '),
      span('`', { role: 'quiet' }),
      span('a'),
      span('`', { role: 'quiet' }),
    ]),
    paragraph([span('b\n  c', { italic: false })], [span('  ')]),
    paragraph([span('ok')]),
  ])
})

test('[G11] the terminal draws marks in bold and italic, and keeps those that change what is said', () => {
  expect(said('**a *b*** ~~c~~ [d](https://x.example/)')).toEqual([
    paragraph([
      span('a ', { bold: true }),
      span('b', { bold: true, italic: true }),
      span(' '),
      span('~~', { role: 'quiet' }),
      span('c', { strike: true }),
      span('~~', { role: 'quiet' }),
      span(' '),
      span('d', { role: 'accent' }),
      span(' (https://x.example/)', { role: 'quiet' }),
    ]),
  ])
})

test('[G11] quotes and lists hang behind their marks, however narrow the screen is', () => {
  const text = 'so:\n> one two three\n> > four\n\n> five\n- six seven\n  1. eight\n- nine\n```\nten\n```'
  const all = ['so:', '│ one two three', '│ │ four', '', '│ five', '• six seven', '  1. eight', '• nine', '  ten']
  expect(drawn(text, 40)).toEqual(all)
  expect(drawn('> one two three\n- a\n- six seven', 9)).toEqual(['│ one two', '│ three', '• a', '• six', '  seven'])
  fc.assert(
    fc.property(anyText, room, room, (text, first, rest) => {
      const lines = flowAll(said(`> ${text}\n- ${text}\n- ${text}`), first, rest)
      for (const [k, line] of lines.entries()) expect(lineWidest(line)).toBeLessThanOrEqual(k === 0 ? first : rest)
    }),
    { seed: seedOf(8) },
  )
})

test('[G11] code is plain until its language is loaded, and then in its colours', async () => {
  const coloured = firstValueFrom(coloured$)
  const text = '```rust\nfn main() {}\n```'
  expect(said(text)).toEqual([paragraph([span('fn main() {}', { italic: false })], [span('  ')])])
  await coloured
  expect(said(text)[0]?.spans).toContainEqual(span('fn', { italic: false, role: 'accent' }))
})
