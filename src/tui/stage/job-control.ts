/**
 * Ctrl-Z and `fg`. The program first gives the terminal back; then it stops its whole process group, as the shell expects,
 * with npx, sh and the launcher in it. In the other order the shell would have the terminal already, and a program in the
 * background that still sets it is stopped by SIGTTOU in the middle.
 */
import { setImmediate as turn } from 'node:timers/promises'

/** Milliseconds after which a stop has had no effect: without a shell that could end it, the kernel does not stop. */
const STOPPED_MS = 100

export type JobControl = {
  readonly suspend: () => void
  readonly dispose: () => void
}

/** Awaits the stop that it gets, with what is to be done before and after it. */
export type AroundStop = (stopped: () => Promise<void>) => Promise<void>

/** Nothing is to be done. */
export const simply: AroundStop = stopped => stopped()

/** `around` gives the terminal back, awaits what it gets, and takes the terminal again. */
export function jobControl(around: AroundStop): JobControl {
  let busy = false
  let continued = false

  function suspend(): void {
    if (busy) return
    busy = true
    continued = false
    void around(stopped)
      .catch(() => {
        // The terminal is being left, or is given back already.
      })
      .finally(() => {
        busy = false
      })
  }

  async function stopped(): Promise<void> {
    // Somebody else may have stopped this process while it gave the terminal back. A stop that is over is not repeated.
    await turn()
    if (continued) return
    process.off('SIGTSTP', suspend)
    const over = new Promise<void>(resolve => {
      const timer = setTimeout(resolve, STOPPED_MS)
      process.once('SIGCONT', () => {
        clearTimeout(timer)
        resolve()
      })
    })
    process.kill(0, 'SIGTSTP')
    await over
    process.on('SIGTSTP', suspend)
  }

  const onContinue = (): void => {
    continued = true
  }
  process.on('SIGTSTP', suspend)
  process.on('SIGCONT', onContinue)
  return {
    suspend,
    dispose() {
      process.off('SIGTSTP', suspend)
      process.off('SIGCONT', onContinue)
    },
  }
}
