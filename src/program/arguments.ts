/**
 * The arguments of a program, read by a table of its flags, from which help is derived too. Node's own `parseArgs` does
 * the splitting: a library for it was most of the client's start-up time (docs/decisions/flags.md).
 */
import { parseArgs } from 'node:util'
import manifest from '../../package.json' with { type: 'json' }
import { nearest } from './nearest.ts'
import { UsageError } from './usage.ts'

export type Flag = {
  /** One letter, for `-n`. */
  readonly short?: string
  /** What stands for the value in help; a flag without one is a switch. */
  readonly value?: string
  readonly help: string
  /** What holds when it is not given, as help says it. */
  readonly otherwise?: string
}

export type Flags<Name extends string> = Readonly<Record<Name, Flag>>

export type Arguments<Name extends string> = {
  /** Those that were given; the value of a switch is empty. */
  readonly given: ReadonlyMap<Name, string>
  /** What is no flag, in order. */
  readonly words: readonly string[]
}

/** Every program has them; they are answered by a text, and nothing else is done. */
const QUESTIONS = {
  help: { short: 'h', help: 'print this text' },
  version: { help: 'print the version' },
} as const satisfies Flags<string>

/** A text is what the program is to print instead of running. Throws UsageError. */
export function readArguments<Name extends string>(
  argv: readonly string[],
  table: Flags<Name>,
  help: () => string,
): Arguments<Name> | string {
  const flags: Flags<string> = { ...table, ...QUESTIONS }
  const { tokens } = parseArgs({ args: [...argv], options: options(flags), strict: false, tokens: true })
  if (tokens.some(token => token.kind === 'option' && token.name === 'help')) return help()
  if (tokens.some(token => token.kind === 'option' && token.name === 'version')) return `${manifest.version}\n`
  const given = new Map<Name, string>()
  const words: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName } = token
    if (!isIn(name, table)) throw new UsageError(`There is no flag ${rawName}. ${remedy(rawName, Object.keys(flags))}`)
    if (given.has(name)) throw new UsageError(`${rawName} is given twice. Once is enough.`)
    given.set(name, textOf(token, table[name]))
  }
  return { given, words }
}

type Token = {
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function textOf({ rawName, value, inlineValue }: Token, flag: Flag): string {
  if (flag.value === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value. Leave out "=${value}".`)
    return ''
  }
  // `--name --room ops`: the next flag is no value, unless it is written as one.
  if (!value || (!inlineValue && value.startsWith('-'))) {
    throw new UsageError(`${rawName} needs a value: ${rawName} ${flag.value}, or ${rawName}=${flag.value}.`)
  }
  return value
}

const isIn = <Name extends string>(name: string, table: Flags<Name>): name is Name => Object.hasOwn(table, name)

const options = (flags: Flags<string>): Record<string, { type: 'string' | 'boolean'; short?: string }> =>
  Object.fromEntries(
    Object.entries(flags).map(([name, { short, value }]) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) },
    ]),
  )

function remedy(typed: string, known: readonly string[]): string {
  const meant = nearest(
    typed,
    known.map(name => `--${name}`),
  )
  return meant === undefined ? 'See --help.' : `Did you mean ${meant}?`
}

/** The table as help shows it: `  -n, --name NAME   user name   (the login name)`. */
export function flagLines(table: Flags<string>): string {
  const rows = Object.entries<Flag>({ ...table, ...QUESTIONS }).map(([name, { short, value, help, otherwise }]) => ({
    flag: `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
    help: otherwise === undefined ? help : `${help} (${otherwise})`,
  }))
  const width = Math.max(...rows.map(({ flag }) => flag.length))
  return rows.map(({ flag, help }) => `  ${flag.padEnd(width)}  ${help}`).join('\n')
}
