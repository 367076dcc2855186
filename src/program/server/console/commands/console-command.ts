/** A command of the host as a row of the table (commands.ts). */
import type { State } from '../../../../model/state.ts'
import type { Host } from '../host.ts'

export type ConsoleCommand = {
  readonly name: string
  readonly args: string
  readonly help: string
  /** HELP lists it only when asked for this group. */
  readonly group?: 'KEEP'
  /** Whether `rest`, the text after the name, can be its arguments. */
  readonly fits: (rest: string) => boolean
  readonly run: (host: Host, rest: string) => void
  /** Completions after the words `typed` that follow the name. Absent, or null: names of members. */
  readonly words?: (typed: readonly string[], state: State) => readonly string[] | null
}

export const usage = ({ name, args }: Pick<ConsoleCommand, 'name' | 'args'>): string =>
  args === '' ? name : `${name} ${args}`
