/** Completion for fish: one line for each flag and each command. */
import { type Flag, QUESTIONS } from '../../config/arguments.ts'
import type { Manual, Words } from '../manual.ts'

export const fishCompletion = (manuals: readonly Manual[]): string =>
  `${['# Completion of rxchat for fish.', ...manuals.flatMap(programLines)].join('\n')}\n`

function programLines(manual: Manual): readonly string[] {
  const { name, commands = [] } = manual
  const called = commands.map(command => command.name.slice(name.length + 1))
  const alone = called.length === 0 ? '' : ` -n 'not __fish_seen_subcommand_from ${called.join(' ')}'`
  return [
    `complete -c ${name} -f`,
    ...flagLines(name, manual, alone),
    ...commands.flatMap((command, at) => [
      `complete -c ${name}${alone} -a ${called[at]} -d ${quoted(command.about)}`,
      ...flagLines(name, command, ` -n '__fish_seen_subcommand_from ${called[at]}'`),
    ]),
  ]
}

function flagLines(program: string, { flags, words }: Manual, where: string): readonly string[] {
  const start = `complete -c ${program}${where}`
  return [
    ...Object.entries<Flag>({ ...flags, ...QUESTIONS }).map(([name, { short, value, help, completes }]) => {
      const spelled = `${short === undefined ? '' : ` -s ${short}`} -l ${name}`
      return `${start}${spelled}${value === undefined ? '' : offer(completes, '-r')} -d ${quoted(help)}`
    }),
    ...(words ? [`${start}${offer(words.completes, '')}`] : []),
  ]
}

/** `needs` is fish's option for a flag with a value. */
function offer(completes: Flag['completes'] | Words['completes'], needs: string): string {
  const flag = needs === '' ? '' : ` ${needs}`
  switch (completes) {
    case undefined:
      return `${flag} -f`
    case 'files':
      return `${flag} -F`
    case 'directories':
      return `${flag} -f -a '(__fish_complete_directories)'`
    case 'commands':
      return `${flag} -f -a '(__fish_complete_command)'`
    case 'hosts':
      return `${flag} -f -a '(__fish_print_hostnames)'`
    default:
      return `${flag} -f -a '${completes.join(' ')}'`
  }
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
