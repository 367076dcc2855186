/**
 * Ctrl-Z and `fg`. The program first gives the terminal back. Then it stops its whole process group, including npx, sh
 * and the launcher, as the shell expects. In the other order, the shell would have the terminal already, and a
 * background program that still sets its modes is stopped midway by SIGTTOU.
 */
import { setImmediate as turn } from 'node:timers/promises'

/**
 * Milliseconds after which a stop counts as failed: without a shell to continue the process, the kernel doesn't stop
 * it.
 */
const STOPPED_MS = 100

export type JobControl = {
  readonly suspend: () => void
  readonly dispose: () => void
}

/** Awaits the given stop, with the actions before and after it. */
export type AroundStop = (stopped: () => Promise<void>) => Promise<void>

/** No actions before or after. */
export const simply: AroundStop = stopped => stopped()

/** `around` gives the terminal back, awaits the stop, and takes the terminal again. */
export function jobControl(around: AroundStop): JobControl {
  let busy = false
  let continued = false

  function suspend(): void {
    if (busy) return
    busy = true
    continued = false
    void around(stopped)
      .catch(() => {
        // The terminal is being left, or has been given back already.
      })
      .finally(() => {
        busy = false
      })
  }

  async function stopped(): Promise<void> {
    // Another process may have stopped this one while it gave the terminal back. A stop that is over isn't repeated.
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
