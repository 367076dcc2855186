/**
 * The arguments of a program, read by a table of its flags. meow splits them. Mistakes that meow ignores silently (an
 * unknown flag, a repeated one, a missing value) are refused here, with a remedy.
 */
import meow from 'meow'
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
  /** May be given several times. The values are then joined with commas, or with this separator. */
  readonly repeats?: boolean
  readonly separator?: string
  /** The variable that is used if the flag isn't given. */
  readonly variable?: string
  /** The shell's completions for its value. */
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
  const { flags, input } = meow({
    importMeta: import.meta,
    pkg: manifest,
    argv,
    flags: options(known),
    autoHelp: false,
    autoVersion: false,
  })
  const values = (name: string): readonly unknown[] =>
    [flags[camelCase(name)] ?? []].flat().filter(value => value !== false)
  if (values('help').length > 0) return help()
  if (values('version').length > 0) return `${manifest.version}\n`
  refuseUnknown(flags, known, argv)
  const given = new Map<Name, string>()
  for (const name of Object.keys(table) as Name[]) {
    const text = textOf(name, table[name], values(name), argv)
    if (text !== null) given.set(name, text)
  }
  return { given, words: input }
}

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
const kebabCase = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

/** For meow, every flag may be given several times, so that a repeated one is noticed here. */
const options = (flags: Flags<string>): Record<string, MeowFlag> =>
  Object.fromEntries(
    Object.entries(flags).map(([name, { short, value }]) => [
      camelCase(name),
      {
        type: value === undefined ? 'boolean' : 'string',
        isMultiple: true,
        ...(short === undefined ? {} : { shortFlag: short }),
      },
    ]),
  )

type MeowFlag = { type: 'string' | 'boolean'; isMultiple: true; shortFlag?: string }

function refuseUnknown(flags: Record<string, unknown>, known: Flags<string>, argv: readonly string[]): void {
  const names = new Set(Object.keys(known).map(camelCase))
  const unknown = Object.keys(flags).find(name => !names.has(name))
  // meow reads --no-x as x, turned off. No flag here is on by default.
  const negated = argv.slice(0, argv.indexOf('--') >>> 0).find(argument => argument.startsWith('--no-'))
  if (unknown === undefined && negated === undefined) return
  const typed = negated ?? (unknown?.length === 1 ? `-${unknown}` : `--${kebabCase(unknown ?? '')}`)
  throw new UsageError(`There is no flag ${typed}. ${remedy(typed, Object.keys(known))}`)
}

/** The value of a flag, empty for a switch; null if it wasn't given. */
function textOf(name: string, flag: Flag, values: readonly unknown[], argv: readonly string[]): string | null {
  if (values.some(value => typeof value === 'object')) {
    throw new UsageError(`The flag --${name} takes no dot. See --help.`)
  }
  if (values.length > 1 && !flag.repeats) throw new UsageError(`--${name} is given twice. Once is enough.`)
  const [value] = values
  if (flag.value === undefined) {
    const valued = argv.find(argument => argument.startsWith(`--${name}=`))
    if (valued !== undefined)
      throw new UsageError(`--${name} takes no value. Leave out "${valued.slice(name.length + 2)}".`)
    return value === undefined ? null : ''
  }
  // meow reports no missing value: the flag is absent from the values, or its value is empty.
  if (values.includes('') || mentions(name, flag, argv) > values.length) {
    throw new UsageError(`--${name} needs a value: --${name} ${flag.value}, or --${name}=${flag.value}.`)
  }
  return value === undefined ? null : values.join(flag.separator ?? ',')
}

/** How often the flag occurs in the arguments: `--max-clients`, `--max-clients=3`, `--maxClients`, `-n`, `-cn`. */
function mentions(name: string, { short = '' }: Flag, argv: readonly string[]): number {
  const spellings = [`--${name}`, `--${camelCase(name)}`]
  return argv.slice(0, argv.indexOf('--') >>> 0).filter(argument => {
    const [spelled = ''] = argument.split('=')
    return spellings.includes(spelled) || (short !== '' && /^-[a-z]+$/i.test(spelled) && spelled.includes(short))
  }).length
}

function remedy(typed: string, known: readonly string[]): string {
  const meant = nearest(
    typed,
    known.map(name => `--${name}`),
  )
  return meant === undefined ? 'See --help.' : `Did you mean ${meant}?`
}
