/** The outcome of an act, visible and announced. Errors of a field are shown at the field. */
import type { useAct } from './use-act.ts'

export function Outcome({ act }: { readonly act: Pick<ReturnType<typeof useAct>, 'isBusy' | 'done'> }) {
  return (
    <p className="outcome quiet small" role="status">
      {act.isBusy ? 'Asking the server…' : (act.done ?? '')}
    </p>
  )
}
