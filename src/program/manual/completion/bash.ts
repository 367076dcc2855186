/** Completion for bash, 3.2 and up: a function for each program, and one for each of its commands. */
import { type Flag, QUESTIONS } from '../../config/arguments.ts'
import type { Manual, Words } from '../manual.ts'

export const bashCompletion = (manuals: readonly Manual[]): string =>
  `${['# Completion of rxchat for bash.', ...manuals.flatMap(programLines)].join('\n')}\n`

function programLines(manual: Manual): readonly string[] {
  const { name, commands = [] } = manual
  const called = ({ name: command }: Manual): string => command.slice(name.length + 1)
  return [
    ...commands.flatMap(command => functionLines(command, [])),
    ...functionLines(manual, commands.map(called)),
    `${functionOf(name)}_complete() {`,
    // Readline treats "=" as a word of its own.
    `  local IFS=$'\\n' word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}`,
    `  if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi`,
    '  COMPREPLY=()',
    `  ((COMP_CWORD > 1)) && case \${COMP_WORDS[1]} in`,
    ...commands.map(command => `    ${called(command)}) ${functionOf(command.name)}; return ;;`),
    '    *) ;;',
    '  esac',
    `  ${functionOf(name)}`,
    '}',
    `complete -F ${functionOf(name)}_complete ${name}`,
  ]
}

function functionLines({ name, flags, words }: Manual, commands: readonly string[]): readonly string[] {
  const all = Object.entries<Flag>({ ...flags, ...QUESTIONS })
  const values = all.flatMap(([flag, { short, value, completes }]) =>
    value === undefined
      ? []
      : [`    ${short === undefined ? '' : `-${short}|`}--${flag}) ${[...offer(completes), 'return'].join('; ')} ;;`],
  )
  return [
    `${functionOf(name)}() {`,
    ...(values.length > 0 ? ['  case $before in', ...values, '  esac'] : []),
    `  if [[ $word == -* ]]; then ${among(all.map(([flag]) => `--${flag}`))}; return; fi`,
    ...(commands.length > 0 ? [`  ((COMP_CWORD > 1)) || ${among(commands)}`] : []),
    ...(words ? offer(words.completes).map(line => `  ${line}`) : []),
    '}',
  ]
}

const functionOf = (name: string): string => `_${name.replaceAll(/\W/g, '_')}`

/** bash 3.2 has no compopt; file names are only displayed less well there. */
function offer(completes: Flag['completes'] | Words['completes']): readonly string[] {
  switch (completes) {
    case undefined:
      return []
    case 'files':
      return ['compopt -o filenames 2>/dev/null', generated('-f')]
    case 'directories':
      return ['compopt -o filenames 2>/dev/null', generated('-d')]
    case 'commands':
      return [generated('-c')]
    case 'hosts':
      return [generated('-A hostname')]
    default:
      return [among(completes)]
  }
}

const generated = (what: string): string => `COMPREPLY=($(compgen ${what} -- "$word"))`
const among = (words: readonly string[]): string => generated(`-W $'${words.join('\\n')}'`)
