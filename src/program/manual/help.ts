/**
 * A manual as `--help` prints it: 80 columns, with the examples near the top, because most readers want one of them.
 */
import { type Flag, type Flags, QUESTIONS } from '../config/arguments.ts'
import { wrapped } from './line-wrap.ts'
import type { Manual, Section } from './manual.ts'

export function helpText(manual: Manual): string {
  const { name, about, usage, examples, words, flags, commands = [], sections, exits, more } = manual
  const parts: (readonly string[])[] = [
    wrapped(about, ''),
    ['Usage', ...usage.map(line => `  ${name} ${line}`)],
    examples.length === 0 ? [] : ['Examples', ...aligned(examples)],
    words ? section(words) : [],
    ['Flags', ...flagLines(flags)],
    commands.length === 0 ? [] : ['Commands', ...commandLines(manual), '  Each has a --help of its own.'],
    ...sections.map(section),
    exits.length === 0 ? [] : ['Exit codes', ...exits.map(([code, meaning]) => `  ${code}  ${meaning}`)],
    environment(flags),
    more === '' ? [] : wrapped(more, ''),
  ]
  return `${parts
    .filter(part => part.length > 0)
    .map(part => part.join('\n'))
    .join('\n\n')}\n`
}

/** The table of flags in help: `  -n, --name NAME   user name   (the login name)`. */
function flagLines(flags: Flags<string>): readonly string[] {
  return aligned(
    Object.entries<Flag>({ ...flags, ...QUESTIONS }).map(([name, flag]) => {
      const { short, value, help, otherwise } = flag
      const spelled = `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`
      return [spelled, !otherwise || value === undefined ? help : `${help} (${otherwise})`]
    }),
  )
}

/** `replay JOURNAL`: the command without the program's name. */
function commandLines({ name, commands = [] }: Manual): readonly string[] {
  return aligned(
    commands.map(one => [`${one.name.slice(name.length + 1)} ${one.usage[0] ?? ''}`.trim(), brief(one.about)]),
  )
}

/** The first sentence about a command, as a phrase in a list. */
const brief = (about: string): string => about.charAt(0).toLowerCase() + about.slice(1).replace(/\..*$/s, '')

const section = ({ title, text }: Section): readonly string[] => [
  title,
  ...text.split('\n\n').flatMap((paragraph, at) => [...(at === 0 ? [] : ['']), ...wrapped(paragraph, '  ')]),
]

function environment(flags: Flags<string>): readonly string[] {
  const variables = Object.values(flags).flatMap(({ variable }) => variable ?? [])
  if (variables.length === 0) return []
  return ['Environment', ...wrapped(variables.join('  '), '  ', '  '), '  A flag overrides its variable.']
}

/** Two columns; long text in the second one continues below itself. */
function aligned(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([head, what]) => (what === '' ? 0 : head.length)))
  return rows.flatMap(([head, what]) =>
    wrapped(what, '', ' ', 80 - width - 4).map((part, at) =>
      `  ${(at === 0 ? head : '').padEnd(width)}  ${part}`.trimEnd(),
    ),
  )
}
