/** Tables for the host: STATUS, one line per connection, and STATS, one line in total. */
import { durationText } from '../../../../model/duration.ts'
import type { State } from '../../../../model/state.ts'
import type { NodeStatus } from '../../../../server/observe/node-status.ts'
import type { ConnectionStatus } from '../../../../server/observe/status.ts'
import type { Server } from '../../../../server/server.ts'
import { tableLines } from './table.ts'

/** Columns to leave out, one after another, until a table fits. */
const LEAST_NEEDED = ['OUTSTANDING', 'ROUND TRIP', 'SINCE', 'PROTOCOL', 'ADDRESS', 'IDLE'] as const

const COLUMNS = ['NAME', 'PROTOCOL', 'ADDRESS', 'SINCE', 'IDLE', 'ROUND TRIP', 'OUTSTANDING', 'STATE'] as const

/**
 * The number of sessions at the other servers, whose connections this one doesn't know: `At other nodes: a 3, c 1.`
 * Empty if it is alone. `isMeant` chooses them by the name of their member.
 */
export function statusElsewhere(
  nodes: readonly Pick<NodeStatus, 'name' | 'isOwn'>[],
  state: State,
  isMeant: (name: string | null) => boolean,
): readonly string[] {
  const others = nodes.filter(({ isOwn }) => !isOwn).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  if (others.length === 0) return []
  const meant = state.sessions.filter(({ member }) => isMeant(state.members.get(member)?.name.text ?? null))
  const counts = meant.countBy(({ origin }) => origin)
  const listed = others.map(({ name }) => `${name} ${counts.get(name) ?? 0}`).join(', ')
  return [`At other nodes: ${listed}. STATUS there shows more.`]
}

/**
 * At most `columns` wide. `now` in milliseconds since the epoch. State `away`: the connection is lost, and the session
 * is kept until SINCE.
 */
export function statusTable(
  connections: readonly ConnectionStatus[],
  now: number,
  timeOfDay: (at: number) => string,
  columns: number = Number.POSITIVE_INFINITY,
): readonly string[] {
  const rows = connections.map(one => [
    one.name ?? '-',
    one.protocol ?? '-',
    one.address,
    timeOfDay(one.since),
    one.state === 'away' ? '-' : durationText(now - one.heardAt),
    one.roundTrip === null ? '-' : `${Math.round(one.roundTrip)} ms`,
    one.outstanding === 0 ? '-' : `${one.outstanding} B`,
    one.state,
  ])
  const table = tableLines({ heads: COLUMNS, rows, leastNeeded: LEAST_NEEDED }, columns)
  return [`CONNECTIONS: ${connections.length}`, ...(rows.length > 0 ? table : [])]
}

/** `startedAt` and `now` in milliseconds since the epoch; `said` counts messages since the start. */
export function statsLine(server: Server, state: State, startedAt: number, now: number, said: number): string {
  const { rings, bytes } = server.held()
  const rss = Math.round(process.memoryUsage.rss() / 1_048_576)
  return [
    `STATS: up ${durationText(now - startedAt)}`,
    `${server.connections().length} connections`,
    `${state.members.size} members`,
    `${state.rooms.size} rooms`,
    `${said} messages`,
    `${state.seq} inputs`,
    `${rings} rings of ${Math.round(bytes / 1024)} KiB`,
    `${rss} MiB memory`,
  ].join(', ')
}
