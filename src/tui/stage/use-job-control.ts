/** Ctrl-Z on a drawn screen: the terminal is restored, and the screen is redrawn when the program continues. */
import { useApp } from 'ink'
import { useCallback, useEffect, useRef } from 'react'
import { type AroundStop, type JobControl, jobControl } from './job-control.ts'
import { giveModesBack, takeModes, type Wanted } from './modes.ts'
import { rawKeys } from './raw-keys.ts'

type Actions = Pick<JobControl, 'suspend'> & { readonly redraw: () => void }

export function useJobControl(around: AroundStop, wanted: Wanted): Actions {
  const { suspendTerminal } = useApp()
  const job = useRef<JobControl | null>(null)
  const givenBack = useCallback(
    (meanwhile: () => Promise<void>): Promise<void> =>
      suspendTerminal(async () => {
        giveModesBack(wanted)
        await meanwhile()
        takeModes(wanted)
        await rawKeys(process.stdin)
      }),
    [suspendTerminal, wanted],
  )
  useEffect(() => {
    const control = jobControl(stopped => givenBack(() => around(stopped)))
    job.current = control
    return () => control.dispose()
  }, [givenBack, around])
  return {
    suspend: () => job.current?.suspend(),
    // Fails while the terminal is being left, or has been given back already.
    redraw: () => void givenBack(async () => {}).catch(() => {}),
  }
}
