/** The table of NODES: one line for each server of the chat, as this one knows it. */
import type { NodeStatus } from '../../../../server/observe/node-status.ts'
import { tableLines } from './table.ts'

const COLUMNS = ['NAME', 'STATE', 'WARDEN', 'LAST BEAT', 'BEHIND', 'VERSION', 'FORMAT', 'ADDRESS'] as const

/** Columns to leave out, one after another, until the table fits. */
const LEAST_NEEDED = ['FORMAT', 'ADDRESS', 'VERSION', 'BEHIND'] as const

/** The table is at most `columns` wide. `storage` says in sentences how the log is stored. */
export function nodeTable(
  nodes: readonly NodeStatus[],
  storage: readonly string[],
  columns: number = Number.POSITIVE_INFINITY,
): readonly string[] {
  if (nodes.length === 0) return ['This server is alone. See --nats for several.']
  const rows = nodes.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(cellsOf)
  const table = tableLines({ heads: COLUMNS, rows, leastNeeded: LEAST_NEEDED }, columns)
  return [`NODES: ${nodes.length}`, ...table, ...storage]
}

const cellsOf = (node: NodeStatus): readonly string[] => [
  node.isOwn ? `${node.name} (this)` : node.name,
  node.state,
  node.isWarden ? 'yes' : '-',
  node.beatAge === null ? '-' : `${(node.beatAge / 1000).toFixed(1)} s`,
  behindOf(node),
  node.version || '-',
  `${node.reads ?? '-'}`,
  node.address ?? '-',
]

/** A server knows its own lag as a time, and that of others as inputs at their last beat. */
function behindOf({ lag, behind }: NodeStatus): string {
  if (lag !== null) return lag === 0 ? '-' : `${(lag / 1000).toFixed(1)} s`
  return behind === null || behind === 0 ? '-' : `${behind} ${behind === 1 ? 'input' : 'inputs'}`
}
