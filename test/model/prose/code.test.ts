/** Spans of code are those of CommonMark: a parser of all of it finds the same. */
import { parser } from '@lezer/markdown'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeIn } from '../../../src/model/prose/code.ts'
import { runs, seedOf } from '../../helpers/seeds.ts'

const spans = parser.configure({
  remove: [
    ...['ATXHeading', 'SetextHeading', 'HorizontalRule', 'Blockquote', 'BulletList', 'OrderedList', 'ListItem'],
    ...['HTMLBlock', 'HTMLTag', 'IndentedCode', 'LinkReference', 'Link', 'Image', 'Autolink'],
    ...['Emphasis', 'Entity', 'HardBreak'],
  ],
})

function spansOf(text: string): readonly (readonly [number, number])[] {
  const found: [number, number][] = []
  spans.parse(text).iterate({
    enter({ name, from, to }) {
      if (name === 'InlineCode') found.push([from, to])
    },
  })
  return found
}

test('[G11] one or two backticks put code within a paragraph as in CommonMark', () => {
  const sign = fc.constantFrom(...'``a \n\\é*', '``', '\n\n', '\n  \n', '- x', '1. x', '> ', '# ')
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 20 }), signs => {
      const text = signs.join('')
      fc.pre(!text.includes('```'))
      expect(codeIn(text).map(({ from, to }) => [from, to])).toEqual(spansOf(text))
    }),
    { seed: seedOf(28), numRuns: runs(2000) },
  )
})
