/** The help of the slash commands, from their table: the basic commands, a group, or one command. */
import { mayIn, roleFor } from '../keeping/acts.ts'
import { ROLES, type Role } from '../keeping/roles.ts'
import { aligned } from '../text.ts'
import type { SlashCommand } from './row.ts'

export type SlashGroup = {
  /** As `/help` takes it. */
  readonly name: string
  readonly title: string
  readonly rows: readonly SlashCommand[]
}

/** The left column of help: `/msg <name> <text>`. */
export const usage = ({ name, args }: Pick<SlashCommand, 'name' | 'args'>): string =>
  args === '' ? `/${name}` : `/${name} ${args}`

export const ofRow = (row: SlashCommand): readonly [string, string] => [usage(row), row.help]

/** Whether somebody in this role may use it at all. */
export const mayUse = ({ act }: SlashCommand, role: Role): boolean => act === undefined || mayIn(role, act)

/** A group is for keepers if each of its rows needs a right. */
export const isKeepers = ({ rows }: SlashGroup): boolean => rows.every(({ act }) => act !== undefined)

/** The rows by the lowest role that may use them in a room, the lowest first. */
export function byRole(rows: readonly SlashCommand[]): readonly (readonly [Role, readonly SlashCommand[]])[] {
  const roleOf = ({ act }: SlashCommand): Role => (act === undefined ? 'guest' : roleFor(act, ''))
  return ROLES.toReversed().flatMap(role => {
    const some = rows.filter(row => roleOf(row) === role)
    return some.length === 0 ? [] : [[role, some] as const]
  })
}

/** `topic`: a group or a command, in any case; empty: the basic commands. Null: there is none of this name. */
export function helpOf(groups: readonly SlashGroup[], topic: string): readonly string[] | null {
  const wanted = topic.toLowerCase().replace(/^\//, '')
  if (wanted === '') {
    const usual = groups.filter(group => !isKeepers(group)).flatMap(({ rows }) => rows)
    return [...aligned(usual.map(ofRow)), ...groups.filter(isKeepers).map(pointer)]
  }
  const group = groups.find(({ name }) => name === wanted)
  if (group) return isKeepers(group) ? keepers(group) : aligned(group.rows.map(ofRow))
  const row = groups.flatMap(({ rows }) => rows).find(({ name }) => name === wanted)
  return row ? [...aligned([ofRow(row)]), ...(row.examples ?? []).map(line => `  ${line}`)] : null
}

export const pointer = ({ name, title }: SlashGroup): string =>
  `/help ${name} lists the commands for ${title.toLowerCase()}.`

const keepers = ({ rows }: SlashGroup): readonly string[] =>
  byRole(rows).flatMap(([role, some]) => [`For ${role}s and above:`, ...aligned(some.map(ofRow))])
