/** How a process ends, and how it's ended. */
import type { ChildProcess } from 'node:child_process'

/** Null: it has succeeded. */
export function endedWith(code: number | null, signal: NodeJS.Signals | null): string | null {
  if (code === 0) return null
  return signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`
}

/** How long a process may take to end after SIGTERM, in milliseconds. */
const TERM_MS = 2000

/** Ends a process: by SIGTERM after `patience` milliseconds, and by SIGKILL after that. */
export function stopped(child: ChildProcess, patience = 0): void {
  const term = setTimeout(() => child.kill(), patience)
  const kill = setTimeout(() => child.kill('SIGKILL'), patience + TERM_MS)
  child.once('exit', () => {
    clearTimeout(term)
    clearTimeout(kill)
  })
}
