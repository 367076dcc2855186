/**
 * How a process ends, and how it's ended with all that it has started: it's the leader of a process group of its own, and a
 * signal to the group reaches each of these. So Ctrl-C, which a terminal sends to the group of rxchat, doesn't reach them.
 */
import type { ChildProcess } from 'node:child_process'
import { signalGroup } from '../../../system/process-group.ts'

/** For `spawn`. A shell, because the command may be several. */
export const IN_GROUP = { shell: true, detached: true } as const

/** Null: it has succeeded. */
export function endedWith(code: number | null, signal: NodeJS.Signals | null): string | null {
  if (code === 0) return null
  return signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`
}

/** How long a group may take to end after SIGTERM and after SIGKILL, and how often it's looked after, in milliseconds. */
const [TERM_MS, KILL_MS, LOOK_MS] = [2000, 1000, 20]

/**
 * Ends a process: by SIGTERM to its group after `patience` milliseconds, and by SIGKILL after that. Calls `done` when nothing of
 * the group is left. If the process ends by itself before, what it has left behind stays.
 */
export function stopped(child: ChildProcess, done: () => void, patience = 0): void {
  let stage: 'patient' | 'told' | 'over' = 'patient'
  let looking: NodeJS.Timeout | undefined
  const steps = [
    setTimeout(() => tell('SIGTERM'), patience),
    setTimeout(() => tell('SIGKILL'), patience + TERM_MS),
    // In a container without an init, nobody reaps what is left, so the group stays.
    setTimeout(
      () => {
        stage = 'over'
        look()
      },
      patience + TERM_MS + KILL_MS,
    ),
  ]

  function tell(signal: NodeJS.Signals): void {
    stage = 'told'
    signalGroup(child, signal)
    look()
  }

  function look(): void {
    clearTimeout(looking)
    if (!hasEnded(child)) return
    if (stage === 'told' && signalGroup(child, 0)) {
      looking = setTimeout(look, LOOK_MS)
      return
    }
    for (const step of steps) clearTimeout(step)
    child.off('exit', look)
    done()
  }

  child.on('exit', look)
  look()
}

const hasEnded = ({ pid, exitCode, signalCode }: ChildProcess): boolean =>
  pid === undefined || exitCode !== null || signalCode !== null

/** If rxchat ends before the process, as at a second Ctrl-C, the group ends with it, at once. */
export function endsWithUs(child: ChildProcess): void {
  const end = (): void => void signalGroup(child, 'SIGKILL')
  process.on('exit', end)
  child.once('exit', () => process.off('exit', end))
}
