/** The machine on which figures were taken, and its means to keep them clean: a core each, and priority. */
import { spawnSync } from 'node:child_process'
import { availableParallelism, cpus, release, setPriority, type } from 'node:os'

/**
 * The process that runs alone on its core if the machine has two, so that server and generator do not take from each
 * other.
 */
export type Role = 'server' | 'generator'

export const CORES: Readonly<Record<Role, number>> = { server: 0, generator: 1 }

const NICENESS = -10
const pinned = availableParallelism() >= 2 && runs('taskset', ['-c', `${CORES.server},${CORES.generator}`, 'true'])
const first = process.getuid?.() === 0 && runs('nice', ['-n', `${NICENESS}`, 'true'])

/** The command that runs `argv` in its place. It replaces itself, so its pid is that of the program. */
export const placed = (role: Role, argv: readonly string[]): readonly string[] => [
  ...(first ? ['nice', '-n', `${NICENESS}`] : []),
  ...(pinned ? ['taskset', '-c', `${CORES[role]}`] : []),
  ...argv,
]

/** This process too, where that is allowed. */
export function goFirst(): void {
  if (first) setPriority(NICENESS)
}

export function describeMachine(): readonly string[] {
  const cores = availableParallelism()
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  return [
    `${model}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${type()} ${release()}, Node ${process.version}`,
    pinned
      ? `server on core ${CORES.server}, load generator on core ${CORES.generator}${first ? `, niceness ${NICENESS}` : ''}`
      : 'server and load generator share the cores: no taskset, or a single core',
  ]
}

function runs(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}
