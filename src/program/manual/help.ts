/**
 * A manual as `--help` prints it: as wide as the terminal, with the examples near the top, because most readers want one of
 * them. Lines are broken between words only.
 */
import { type Flag, type Flags, QUESTIONS } from '../config/arguments.ts'
import { hanging, shellLines, wrapped } from './line-wrap.ts'
import type { Manual, Section } from './manual.ts'

/** Columns where there is no terminal, and at most: longer lines are hard to read. */
const [COLUMNS, COLUMNS_MAX] = [80, 100]

export function helpText(manual: Manual, columns = columnsOf(process.stdout)): string {
  const { name, about, usage, examples, words, flags, commands = [], sections, exits, more } = manual
  const parts: (readonly string[])[] = [
    wrapped(about, '', ' ', columns - QUOTED),
    ['Usage', ...usage.flatMap(line => hanging(`${name} ${line}`, '  ', '      ', columns))],
    examples.length === 0 ? [] : ['Examples', ...aligned(examples, columns, shellLines)],
    words ? section(words, columns) : [],
    ['Flags', ...flagLines(flags, columns)],
    commands.length === 0
      ? []
      : ['Commands', ...commandLines(manual, columns), ...wrapped('Each has a --help of its own.', '  ', ' ', columns)],
    ...sections.map(one => section(one, columns)),
    exits.length === 0
      ? []
      : ['Exit codes', ...exits.flatMap(([code, meaning]) => exitLines(`${code}`, meaning, columns))],
    environment(flags, columns),
    more === '' ? [] : wrapped(more, '', ' ', columns - QUOTED),
  ]
  return `${parts
    .filter(part => part.length > 0)
    .map(part => part.join('\n'))
    .join('\n\n')}\n`
}

const columnsOf = ({ isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number }): number =>
  isTTY && columns ? Math.min(columns, COLUMNS_MAX) : COLUMNS

/** Columns that texts leave free, for quoting. */
const QUOTED = 2

const exitLines = (code: string, meaning: string, columns: number): readonly string[] =>
  hanging(`${code}  ${meaning}`, '  ', ' '.repeat(code.length + 4), columns)

/** The table of flags in help: `  -n, --name NAME   user name   (the login name)`. */
function flagLines(flags: Flags<string>, columns: number): readonly string[] {
  return aligned(
    Object.entries<Flag>({ ...flags, ...QUESTIONS }).map(([name, flag]) => {
      const { short, value, help, otherwise } = flag
      const spelled = `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`
      return [spelled, !otherwise || value === undefined ? help : `${help} (${otherwise})`]
    }),
    columns,
  )
}

/** `replay JOURNAL`: the command without the program's name. */
function commandLines({ name, commands = [] }: Manual, columns: number): readonly string[] {
  return aligned(
    commands.map(one => [`${one.name.slice(name.length + 1)} ${one.usage[0] ?? ''}`.trim(), brief(one.about)]),
    columns,
  )
}

/** The first sentence about a command, as a phrase in a list. */
const brief = (about: string): string => about.charAt(0).toLowerCase() + about.slice(1).replace(/\..*$/s, '')

const section = ({ title, text }: Section, columns: number): readonly string[] => [
  title,
  ...text
    .split('\n\n')
    .flatMap((paragraph, at) => [...(at === 0 ? [] : ['']), ...wrapped(paragraph, '  ', ' ', columns - QUOTED)]),
]

function environment(flags: Flags<string>, columns: number): readonly string[] {
  const variables = Object.values(flags).flatMap(({ variable }) => variable ?? [])
  if (variables.length === 0) return []
  return [
    'Environment',
    ...wrapped(variables.join('  '), '  ', '  ', columns - QUOTED),
    '  A flag overrides its variable.',
  ]
}

/** On a terminal with fewer columns, everything stands below its head. */
const TWO_COLUMNS_FROM = 60

/**
 * Two columns. Long text in the second one continues below itself. If a head takes more than half of a line, its text stands
 * below it.
 */
function aligned(
  rows: readonly (readonly [string, string])[],
  columns: number,
  headLines: (head: string, columns: number) => readonly string[] = words,
): readonly string[] {
  const most = columns < TWO_COLUMNS_FROM ? 0 : columns / 2 - 4
  const width = Math.max(4, ...rows.map(([head, what]) => (what === '' || head.length > most ? 0 : head.length)))
  const indent = ' '.repeat(width + 4)
  return rows.flatMap(([head, what]) => {
    const below = what === '' ? [] : wrapped(what, indent, ' ', columns)
    if (what === '' || head.length > width) return [...headLines(head, columns), ...below]
    return [`  ${head.padEnd(width)}  ${below[0]?.trimStart()}`, ...below.slice(1)]
  })
}

const words = (text: string, columns: number): readonly string[] => {
  const indent = /^ */.exec(text)?.[0] ?? ''
  return hanging(text.trimStart(), `  ${indent}`, '        ', columns)
}
