/** Lines of a pipe: their ends, and the cost of a line without one. */
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type InputLine, readLines } from '../../src/program/terminal/input-lines.ts'
import { cast } from '../helpers/cast.ts'
import { runs, seedOf } from '../helpers/seeds.ts'

const MAX = 64

/** All lines in these chunks. */
function linesOf(chunks: readonly Uint8Array[], max = MAX): Promise<readonly InputLine[]> {
  return new Promise(resolve => {
    const lines: InputLine[] = []
    readLines(
      Readable.from(chunks, { objectMode: false }),
      max,
      line => lines.push(line),
      () => resolve(lines),
    )
  })
}
const textsOf = async (text: string): Promise<readonly string[]> =>
  (await linesOf([Buffer.from(text)])).map(line => line.text)

test('[K6] U+2028, U+2029, U+0085, VT and FF are text; a line ends at LF, with one CR before it dropped', async () => {
  expect(await textsOf('a\u2028b\u2029c\u0085d\v\fe\r\nf\n\ng')).toEqual(['a\u2028b\u2029c\u0085d\v\fe', 'f', '', 'g'])
})

test('[K6] text drawn over with CR is one line, the last state', async () => {
  expect(await textsOf('10%\r20%\r30%\nnext\n')).toEqual(['30%', 'next'])
  expect(await textsOf('10%\r20%\r\r\n\r\n')).toEqual(['20%', ''])
})

test('[K6] a BOM at the beginning of the input is no text, elsewhere it is', async () => {
  expect(await textsOf('\uFEFFa\n\uFEFFb\n')).toEqual(['a', '\uFEFFb'])
})

test('[W2] lines are the same however their bytes are cut', async () => {
  const unit = fc.constantFrom('a', '\n', '\r', '\u2028', '🙂', '田', ...cast)
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit, maxLength: 40 }),
      fc.array(fc.nat(200), { maxLength: 8 }),
      async (text, cuts) => {
        const bytes = Buffer.from(text)
        const at = [0, ...cuts.map(cut => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
        const parts = at.slice(1).map((to, k) => bytes.subarray(at[k], to))
        expect(await linesOf(parts, 4096)).toEqual(await linesOf([bytes], 4096))
      },
    ),
    { seed: seedOf(614), numRuns: runs(200) },
  )
})

test('[K6] of a line without end the beginning is told, once, in whole characters; the next line is whole again', async () => {
  const long = `${'x'.repeat(MAX - 2)}田中${'y'.repeat(10_000)}`
  const [beginning, next, ...more] = await linesOf([...Buffer.from(`${long}\nnext\n`)].map(byte => Uint8Array.of(byte)))
  expect(beginning).toEqual({ text: 'x'.repeat(MAX - 2), cut: true, broken: false })
  expect(next).toEqual({ text: 'next', cut: false, broken: false })
  expect(more).toEqual([])
})

test('[K6] 60 MB without a break are one line, of which the beginning is told', async () => {
  const chunk = Buffer.alloc(65_536, 'x')
  const lines = await linesOf([...Array<Buffer>(960).fill(chunk), Buffer.from('\nnext')], 65_536)
  expect(lines.map(({ text, cut }) => [text.length, cut])).toEqual([
    [65_536, true],
    [4, false],
  ])
})

test('[K6] a progress bar that never ends its line is its last state', async () => {
  const states = Array.from({ length: 5000 }, (_, k) => `${k} of 5000\r`).join('')
  expect((await linesOf([Buffer.from(`${states}done\n`)]))[0]).toEqual({ text: 'done', cut: false, broken: false })
})

test('[K6] a line of invalid UTF-8 is marked; what was overwritten does not count, nor does where it is cut', async () => {
  const lines = await linesOf([Buffer.from('bad \xff utf8\n\xc3\rgood\nfine \xc3\xa9\n', 'latin1')])
  expect(lines.map(({ text, broken }) => [text, broken])).toEqual([
    ['bad \ufffd utf8', true],
    ['good', false],
    ['fine é', false],
  ])
  const [beginning] = await linesOf([Buffer.from(`${'x'.repeat(MAX - 1)}田田田\n`)])
  expect(beginning).toMatchObject({ cut: true, broken: false })
})
