import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutMarks } from '../../../src/client/view/without-marks.ts'
import { QUOTATION_MAX } from '../../../src/model/limits.ts'
import { anyText } from '../../helpers/arbitrary-texts.ts'
import { runs, seedOf } from '../../helpers/seeds.ts'

test.each([
  ['a **b** _c_ ~~d~~ `e`', 'a b c d e'],
  ['> quoted\nmy answer', 'quoted my answer'],
  ['- a\n- b', 'a b'],
  ['look:\n```ts\nconst a = 1\n\nb\n```', 'look: const a = 1 b'],
  ['[docs](https://x.example/a), @Spider-Man in #tea', 'docs, @Spider-Man in #tea'],
  ['2*3*4 snake_case', '2*3*4 snake_case'],
  ['', ''],
  ['🦊'.repeat(QUOTATION_MAX), '🦊'.repeat(QUOTATION_MAX)],
  ['🦊'.repeat(QUOTATION_MAX + 1), `${'🦊'.repeat(QUOTATION_MAX - 1)}…`],
])('[G11] %j is quoted in one line without its marks', (text, quoted) => expect(withoutMarks(text)).toBe(quoted))

test('[G11] any text is quoted in one short line', () => {
  fc.assert(
    fc.property(anyText, text => {
      const quoted = withoutMarks(text)
      expect(quoted).not.toContain('\n')
      expect([...quoted].length).toBeLessThanOrEqual(QUOTATION_MAX)
    }),
    { seed: seedOf(51), numRuns: runs(200) },
  )
})
