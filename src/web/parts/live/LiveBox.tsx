/** The output of a live message: its last lines, and how it goes or has ended. A click opens all of it. */
import { endSign } from '../../../client/chat/messages/live.ts'
import { durationText } from '../../../model/duration.ts'
import type { LiveView } from '../../../model/message/live.ts'
import { sizeText } from '../../text/sizes.ts'
import type { Menus } from '../menu/menus.ts'
import { useNow } from '../use-now.ts'

type Props = { readonly seq: number; readonly at: number; readonly live: LiveView; readonly menus: Menus }

const TICK_MS = 1000

export function LiveBox({ seq, at, live, menus }: Props) {
  const { size, tail, end } = live
  const now = useNow(menus.serverNow, end ? 0 : TICK_MS)
  const state = end ? (endSign(end) === '✓' ? 'done' : 'failed') : 'growing'
  return (
    <div className="live" data-state={state}>
      {tail === '' ? null : <pre className="live-tail">{tail}</pre>}
      <div className="live-foot">
        <span className="live-sign" aria-hidden="true">
          {end ? endSign(end) : '●'}
        </span>
        <span className="live-about">
          {end ? endWords(live) : `running · ${durationText(now - at)} · ${sizeText(size)}`}
        </span>
        {size === 0 ? null : (
          <button type="button" className="quiet-button" onClick={event => menus.onOutput(seq, event.currentTarget)}>
            Show all
          </button>
        )}
      </div>
    </div>
  )
}

function endWords({ end }: LiveView): string {
  if (!end) return ''
  const { size, total, status, ms, interrupted } = end
  const how = interrupted ? 'interrupted' : status === null ? 'ended' : `exit status ${status}`
  const long = ms === null ? [] : [durationText(ms)]
  const bytes = total === undefined ? sizeText(size) : `${sizeText(size)} of ${sizeText(total)}`
  return [how, ...long, bytes].join(' · ')
}
