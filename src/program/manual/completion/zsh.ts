/** Completion for zsh: a function for each program, and one for each of its commands. To be loaded after compinit. */
import { type Flag, QUESTIONS } from '../../config/arguments.ts'
import type { Manual, Words } from '../manual.ts'

export const zshCompletion = (manuals: readonly Manual[]): string =>
  `${['# Completion of rxchat for zsh.', ...manuals.flatMap(programLines)].join('\n')}\n`

function programLines(manual: Manual): readonly string[] {
  const { name, commands = [] } = manual
  const called = ({ name: command }: Manual): string => command.slice(name.length + 1)
  const choice = commands.map(command => `${called(command)}\\:${quoted(described(command.about))}`)
  return [
    ...commands.flatMap(command => functionLines(command, null)),
    ...functionLines(manual, choice.length === 0 ? null : `1:command:((${choice.join(' ')}))`),
    `${functionOf(name)}_complete() {`,
    '  if (( CURRENT > 2 )); then case $words[2] in',
    ...commands.map(
      command => `    ${called(command)}) shift words; (( CURRENT-- )); ${functionOf(command.name)}; return ;;`,
    ),
    '    *) ;;',
    '  esac; fi',
    `  ${functionOf(name)}`,
    '}',
    `compdef ${functionOf(name)}_complete ${name}`,
  ]
}

function functionLines({ name, flags, words }: Manual, first: string | null): readonly string[] {
  const specs = Object.entries<Flag>({ ...flags, ...QUESTIONS }).flatMap(([flag, one]) => spec(flag, one))
  const rest = words ? [`*:${words.title.toLowerCase()}:${action(words.completes)}`] : []
  return [
    `${functionOf(name)}() {`,
    `  _arguments -s ${[...specs, ...(first === null ? [] : [first]), ...rest].map(quoted).join(' \\\n    ')}`,
    '}',
  ]
}

/** A flag in the form of `_arguments`: the flags it excludes, its spelling, its description, its value. */
function spec(name: string, { short, value, help, completes }: Flag): readonly string[] {
  const rest = `[${described(help)}]${value === undefined ? '' : `:${described(value)}:${action(completes)}`}`
  const both = short === undefined ? '' : `(-${short} --${name})`
  const long = `${both}--${name}${value === undefined ? '' : '='}${rest}`
  return short === undefined ? [long] : [`${both}-${short}${rest}`, long]
}

function action(completes: Flag['completes'] | Words['completes']): string {
  switch (completes) {
    case undefined:
      return ' '
    case 'files':
      return '_files'
    case 'directories':
      return '_files -/'
    case 'commands':
      return '_command_names'
    case 'hosts':
      return '_hosts'
    default:
      return `(${completes.join(' ')})`
  }
}

const functionOf = (name: string): string => `_${name.replaceAll(/\W/g, '_')}`
const described = (text: string): string => text.replaceAll(/[[\]:\\]/g, '\\$&')
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
