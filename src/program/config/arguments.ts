/**
 * The arguments of a program, read by a table of its flags. Node splits them. Mistakes (an unknown flag, a repeated one,
 * a missing value) are refused here, with a remedy.
 */
import { parseArgs } from 'node:util'
import manifest from '../../../package.json' with { type: 'json' }
import { nearest } from './suggestion.ts'
import { UsageError } from './usage.ts'

export type Flag = {
  /** One letter, for `-n`. */
  readonly short?: string
  /** The placeholder of the value in help; a flag without one is a switch. */
  readonly value?: string
  readonly help: string
  /** The default, as help shows it. */
  readonly otherwise?: string
  /** May be given several times. The values are then joined with commas. */
  readonly repeats?: boolean
  /** The variable that is used if the flag isn't given. */
  readonly variable?: string
  /** What the shell completes for its value. */
  readonly completes?: 'files' | 'directories' | 'commands' | readonly string[]
}

export type Flags<Name extends string> = Readonly<Record<Name, Flag>>

export type Arguments<Name extends string> = {
  /** The flags that were given; the value of a switch is empty. */
  readonly given: ReadonlyMap<Name, string>
  /** The arguments that aren't flags, in order. */
  readonly words: readonly string[]
}

/** Every program has these. They print a text, and the program does nothing else. */
export const QUESTIONS = {
  help: { short: 'h', help: 'print this text' },
  version: { short: 'V', help: 'print the version' },
} as const satisfies Flags<string>

/** Returns a text if the program is to print it instead of running. Throws UsageError. */
export function readArguments<Name extends string>(
  argv: readonly string[],
  table: Flags<Name>,
  help: () => string,
): Arguments<Name> | string {
  const known: Flags<string> = { ...table, ...QUESTIONS }
  // Not strict: then it would throw in its own words.
  const { tokens } = parseArgs({ args: [...argv], options: options(known), strict: false, tokens: true })
  const flags = tokens.filter(token => token.kind === 'option')
  const called = (name: string): readonly FlagToken[] => flags.filter(flag => flag.name === name)
  if (called('help').length > 0) return help()
  if (called('version').length > 0) return `${manifest.version}\n`
  refuseUnknown(flags, known)
  const given = new Map<Name, string>()
  for (const name of Object.keys(table) as Name[]) {
    const found = called(name)
    if (found.length > 0) given.set(name, textOf(name, table[name], found))
  }
  return { given, words: tokens.flatMap(token => (token.kind === 'positional' ? [token.value] : [])) }
}

/** One flag as it was typed; `inlineValue`: the value came after a `=`. */
type FlagToken = {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

const options = (flags: Flags<string>) =>
  Object.fromEntries(
    Object.entries(flags).map(([name, { short, value }]) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) } as const,
    ]),
  )

function refuseUnknown(flags: readonly FlagToken[], known: Flags<string>): void {
  const unknown = flags.find(({ name }) => !Object.hasOwn(known, name))
  if (unknown)
    throw new UsageError(`There is no flag ${unknown.rawName}. ${remedy(unknown.rawName, Object.keys(known))}`)
}

/** The value of a flag, empty for a switch. */
function textOf(name: string, flag: Flag, found: readonly FlagToken[]): string {
  if (flag.value !== undefined && !found.every(hasValue)) {
    throw new UsageError(`--${name} needs a value: --${name} ${flag.value}, or --${name}=${flag.value}.`)
  }
  if (found.length > 1 && !flag.repeats) throw new UsageError(`--${name} is given twice. Once is enough.`)
  const [{ value } = { value: undefined }] = found
  if (flag.value === undefined && value !== undefined) {
    throw new UsageError(`--${name} takes no value. Leave out "=${value}".`)
  }
  return found.map(({ value = '' }) => value).join(',')
}

/** The next flag is no value. After a `=`, anything is. */
const hasValue = ({ value = '', inlineValue = false }: FlagToken): boolean =>
  value !== '' && (inlineValue || !/^-./.test(value))

function remedy(typed: string, known: readonly string[]): string {
  const meant = nearest(
    typed,
    known.map(name => `--${name}`),
  )
  return meant === undefined ? 'See --help.' : `Did you mean ${meant}?`
}
