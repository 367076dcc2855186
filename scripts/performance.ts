/**
 * Puts what `npm run bench` has found into docs/performance.md, between its marks, and the pictures beside it:
 *
 *     npm run performance -- bench
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { svgOf } from '../test/bench/plot.ts'
import { markdown, readResults } from '../test/bench/results.ts'

const PICTURES = 'performance'
const docs = join(import.meta.dirname, '..', 'docs')
const page = join(docs, 'performance.md')
const results = readResults(process.argv[2] ?? 'bench')

const about = (): string =>
  [`Measured on ${results.day}: ${results.machine.join('; ')}.`, '', `    ${results.command}`, ''].join('\n')

const filled = readFileSync(page, 'utf8').replace(
  /(<!-- bench: (\S+) -->\n).*?(<!-- end -->)/gs,
  (before: string, begin: string, name: string, end: string) => {
    const text = name === 'run' ? about() : markdown(results, name, PICTURES)
    return text === '' ? before : `${begin}\n${text}\n${end}`
  },
)
writeFileSync(page, filled)
for (const plot of results.parts.flatMap(({ plots }) => plots)) {
  mkdirSync(join(docs, PICTURES), { recursive: true })
  writeFileSync(join(docs, PICTURES, `${plot.name}.svg`), svgOf(plot))
}
