/**
 * Ctrl-Z and back. The terminal is given back as it was, all who run in it are stopped as the shell would stop them, and
 * when they go on the screen is drawn anew.
 */
import { once } from 'node:events'
import { useApp } from 'ink'
import { useCallback, useEffect } from 'react'
import { wrapsLines } from './modes.ts'

/** Milliseconds after which a stop that nobody carried out is over: no shell may be there that could end it. */
const STOPPED_MS = 100

/** The function that comes back stops the program; what it gets runs while the terminal is given back. */
export function useJobControl(): (meanwhile?: () => Promise<void>) => void {
  const { suspendTerminal } = useApp()
  const suspend = useCallback(
    (meanwhile: () => Promise<void> = stop) => {
      void suspendTerminal(async () => {
        wrapsLines(true)
        await meanwhile()
        wrapsLines(false)
      }).catch(() => {
        // It is being left, or is stopped already.
      })
    },
    [suspendTerminal],
  )
  useEffect(() => {
    const onStop = (): void => suspend(stop)
    process.on('SIGTSTP', onStop)
    return () => void process.off('SIGTSTP', onStop)
  }, [suspend])
  return suspend
}

/** SIGSTOP, since SIGTSTP is handled here. The others of the group, as a launcher, get theirs. */
async function stop(): Promise<void> {
  const continued = Promise.race([once(process, 'SIGCONT'), new Promise(resolve => setTimeout(resolve, STOPPED_MS))])
  process.kill(process.pid, 'SIGSTOP')
  await continued
}
