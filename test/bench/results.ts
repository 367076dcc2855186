/** The results of a run, as JSON that can be read again, as Markdown, and as pictures. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Plot, svgOf } from './plot.ts'
import type { Sheet } from './table.ts'

export type Results = {
  /** The day, as 2026-11-29. */
  readonly day: string
  readonly machine: readonly string[]
  readonly command: string
  readonly parts: readonly {
    readonly part: string
    readonly sheets: readonly Sheet[]
    readonly plots: readonly Plot[]
  }[]
}

const JSON_FILE = 'results.json'

export function keepResults(folder: string, results: Results): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, JSON_FILE), `${JSON.stringify(results, null, 1)}\n`)
  writeFileSync(join(folder, 'results.md'), results.parts.map(({ part }) => markdown(results, part)).join('\n'))
  for (const plot of results.parts.flatMap(({ plots }) => plots)) {
    writeFileSync(join(folder, `${plot.name}.svg`), svgOf(plot))
  }
}

export const readResults = (folder: string): Results => JSON.parse(readFileSync(join(folder, JSON_FILE), 'utf8'))

/** The tables and pictures of a part. Pictures are named from `folder`. */
export function markdown({ parts }: Results, name: string, folder = '.'): string {
  const found = parts.find(({ part }) => part === name)
  if (!found) return ''
  const pictures = found.plots.map(({ name: file, title }) => `![${title}](${folder}/${file}.svg)\n`)
  return [...found.sheets.map(tableOf), ...pictures].join('\n')
}

function tableOf({ head, rows }: Sheet): string {
  const line = (cells: readonly string[]): string =>
    `| ${head.map((_, at) => (cells[at] ?? '').replaceAll('|', '\\|')).join(' | ')} |`
  const rule = `| ${head.map((_, at) => (at === 0 ? '---' : '---:')).join(' | ')} |`
  return `${[line(head), rule, ...rows.map(line)].join('\n')}\n`
}
