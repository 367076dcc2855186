/** The output of a live message: its last lines, and how it goes or has ended. A click opens all of it. */
import { signOf, stateOf } from '../../../client/chat/messages/live.ts'
import type { LiveView } from '../../../model/message/live.ts'
import type { Menus } from '../menu/menus.ts'
import { useNow } from '../use-now.ts'

type Props = { readonly seq: number; readonly at: number; readonly live: LiveView; readonly menus: Menus }

const TICK_MS = 1000

export function LiveBox({ seq, at, live, menus }: Props) {
  const { size, tail, end } = live
  const now = useNow(menus.serverNow, end ? 0 : TICK_MS)
  const sign = signOf(live)
  const state = !end ? 'growing' : sign === '✓' ? 'done' : 'failed'
  return (
    <div className="live-box" data-state={state}>
      {tail === '' ? null : <pre className="live-tail">{tail}</pre>}
      <div className="live-foot">
        <span className="live-sign" aria-hidden="true">
          {sign}
        </span>
        <span className="live-about">{stateOf(live, now - at)}</span>
        {size === 0 ? null : (
          <button type="button" className="quiet-button" onClick={event => menus.onOutput(seq, event.currentTarget)}>
            Show all
          </button>
        )}
      </div>
    </div>
  )
}
