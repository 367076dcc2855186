/** Lists, sets and removes cursors, and leaves. */
import type { Client } from '../../../client/session/connection.ts'
import type { CursorEntry } from '../../../codec/native/reply.ts'
import { printable } from '../../../codec/native/sanitiser.ts'
import { flatten } from '../../../model/text.ts'
import { pad, width } from '../../../tui/text/width.ts'
import type { StandardStreams } from '../../terminal/output.ts'
import { exitCodeOf } from '../plain/exit-code.ts'
import { tellOutages } from '../plain/outage.ts'

export type CursorTask =
  | { readonly what: 'list' }
  | { readonly what: 'remove'; readonly cursor: string; readonly owner?: string }
  | { readonly what: 'set'; readonly cursor: string; readonly owner?: string; readonly seq: number | null }

/** Resolves with the exit code. */
export function runCursors(
  client: Client,
  task: CursorTask,
  json: boolean,
  { output, errors }: Pick<StandardStreams, 'output' | 'errors'>,
): Promise<number> {
  const complain = (text: string): void => void errors.write(`rxchat: ${text}\n`)
  let failed = false
  client.outcome$.subscribe(outcome => {
    if (outcome.is !== 'done') {
      failed = true
      complain(outcome.is === 'refused' ? flatten(outcome.message) : 'The server did not answer. Try again.')
    } else if (outcome.reply.type === 'cursors') print(outcome.reply.cursors)
  })
  const print = (cursors: readonly CursorEntry[]): void => {
    const lines = json ? cursors.map(printable) : tableOf(cursors, columnsOf(output))
    for (const line of lines) output.write(`${line}\n`)
  }
  tellOutages(client, complain)
  const { what, ...rest } = task
  if (what === 'list') client.ask({ type: 'cursors' })
  else client.ask({ type: `cursor-${what}`, ...rest } as Parameters<Client['ask']>[0])
  client.leave()
  return exitCodeOf(client, output, complain, () => failed)
}

/** Undefined: it's no terminal, or one of unknown size. */
const columnsOf = (output: StandardStreams['output']): number | undefined =>
  ('columns' in output && Number(output.columns)) || undefined

const HEAD = ['number', 'owner', 'name', 'room', 'place', 'lag', 'holder', 'waiting'] as const

/** A line for each cursor, in columns; or, where these are too wide, four lines for each. */
export function tableOf(cursors: readonly CursorEntry[], columns = Number.POSITIVE_INFINITY): readonly string[] {
  if (cursors.length === 0) return ['There are no cursors.']
  const rows = [HEAD, ...cursors.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map(row => width(row[column] ?? ''))))
  const lines = rows.map(row =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return lines.every(line => width(line) <= columns) ? lines : cursors.map(cellsOf).flatMap(blockOf)
}

type Cells = readonly [string, string, string, string, string, string, string, string]

function cellsOf({ id, owner, cursor, room, place, lag, holder, away, waiting, revoked }: CursorEntry): Cells {
  const by = revoked ? `${owner} (revoked)` : owner
  const held = holderIn(holder, away)
  return [
    ...([`${id}`, flatten(by), flatten(cursor), flatten(`#${room}`), `${place}`] as const),
    ...([`${lag ?? '-'}`, flatten(held), `${waiting}`] as const),
  ]
}

const blockOf = ([number, owner, name, room, place, lag, holder, waiting]: Cells): readonly string[] => [
  `${number} ${name} of ${owner}`,
  `  ${room} place ${place} lag ${lag}`,
  `  holder ${holder}`,
  `  waiting ${waiting}`,
]

/** A program with a token that has given no `as` has an empty name. */
function holderIn(holder: string | undefined, away: boolean | undefined): string {
  if (holder === undefined) return '-'
  const name = holder === '' ? '(no name)' : holder
  return away ? `${name} (away)` : name
}
