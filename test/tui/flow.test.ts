import fc from 'fast-check'
import { expect, test } from 'vitest'
import { saidSpans } from '../../src/tui/chat/drawing/message-spans.ts'
import { flow } from '../../src/tui/text/flow.ts'
import { plain, span } from '../../src/tui/text/line.ts'
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

test('[G11] the terminal draws the tree that the page draws: links, rooms, names, code, and what speaks of me', () => {
  const reading = { me: 'ann', named: (key: string) => ({ ann: 'ann', bob: 'bob' })[key] }
  const text = 'ann, see https://x.example/ in #tea with @bob: `a`\n```\nb\n  c\n```\nok'
  expect(saidSpans(text, reading, true, {})).toEqual([
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
    span('\n'),
    span('  b\n    c', { italic: false }),
    span('\n'),
    span('ok'),
  ])
})
