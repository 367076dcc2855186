/**
 * Namespaces of a run's own: its network, processes and mounts are seen by nobody else, and end with it. Root isn't needed
 * where a user may make namespaces.
 */
import { type ChildProcess, type StdioOptions, spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const APART = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
const PREFIXES = [
  ['unshare', ...APART],
  ['unshare', '--user', '--map-root-user', ...APART],
]
/** The run's first act there: it makes a cable. */
const CABLE = ['ip', 'link', 'add', 'one-end', 'type', 'veth', 'peer', 'name', 'other-end']

export const NOT_ISOLATED =
  'network namespaces and pairs of virtual interfaces are needed: `unshare` and `ip`, and root or a system that lets users make them'

/** The beginning of a command that runs the rest of it in new namespaces; null: this system allows none. */
const isolation = (): readonly string[] | null =>
  PREFIXES.find(([command = '', ...args]) => spawnSync(command, [...args, ...CABLE]).status === 0) ?? null

/** Starts a run there. Null: this system doesn't allow it. */
export function startApart(argv: readonly string[], stdio: StdioOptions): ChildProcess | null {
  const prefix = isolation()
  if (prefix === null) return null
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const [program = '', ...args] = [...prefix, process.execPath, main, ...argv]
  return spawn(program, args, { stdio })
}
