/** The panel of keepers: sanctions, word filters, held messages, and the log; of a room or the server. */
import { type KeyboardEvent, useState } from 'react'
import { serverTime } from '../../../../client/chat/keeping/waits.ts'
import { mayDo } from '../../../../client/chat/people/roles.ts'
import { done } from '../../../visit/requests.ts'
import { Outcome } from '../../account/Outcome.tsx'
import { useAct } from '../../account/use-act.ts'
import { Dialog } from '../../controls/Dialog.tsx'
import { Trouble } from '../../controls/Trouble.tsx'
import { useNow } from '../../use-now.ts'
import type { PanelProps } from '../panel-props.ts'
import { Rules } from '../room/Rules.tsx'
import { Filters } from './Filters.tsx'
import { HeldList } from './HeldList.tsx'
import { Log } from './Log.tsx'
import { Sanctions } from './Sanctions.tsx'
import type { TabProps } from './tab.ts'

const OF_ROOM = ['bans', 'mutes', 'exceptions', 'filters', 'held', 'log'] as const
/** The modes of a room have a panel of their own. */
const OF_SERVER = ['rules', ...OF_ROOM] as const
type Tab = (typeof OF_SERVER)[number]

/** Milliseconds after which the times that are left are drawn anew. */
const TICK_MS = 1000

export function Moderation({ visit, chat, room, onClose }: PanelProps) {
  const [wanted, open] = useState<Tab>('bans')
  const [isWide, setWide] = useState(room === null)
  const act = useAct()
  const go = (next: Tab): void => {
    act.calm()
    open(next)
  }
  const now = serverTime(chat, useNow(visit.now, TICK_MS))
  const scope = isWide ? null : room
  const tabs: readonly Tab[] = isWide ? OF_SERVER : OF_ROOM
  const tab = tabs.includes(wanted) ? wanted : 'bans'
  const props: TabProps = {
    ...{ client: visit.client, room: scope, now, isBusy: act.isBusy },
    run: (asked, said) => act.run(() => done(visit.client, asked), said),
  }
  return (
    <Dialog name="moderation" title="Keeping order" closing="Close the panel" onClose={onClose}>
      {room !== null && mayDo(chat.view, 'log', null) ? (
        <fieldset className="choice-row scope">
          <legend className="unseen">Where</legend>
          {([false, true] as const).map(wide => (
            <label key={`${wide}`} className="pick">
              <input type="radio" name="scope" checked={isWide === wide} onChange={() => setWide(wide)} />
              <span>{wide ? 'the whole server' : `#${room}`}</span>
            </label>
          ))}
        </fieldset>
      ) : (
        <p className="quiet small">{scope === null ? 'The whole server' : `#${scope}`}</p>
      )}
      <div className="tabs" role="tablist" aria-label="Keeping order" onKeyDown={event => move(event, tabs, tab, go)}>
        {tabs.map(one => (
          <button
            type="button"
            key={one}
            id={`tab-${one}`}
            role="tab"
            aria-selected={one === tab}
            aria-controls="tab-panel"
            tabIndex={one === tab ? 0 : -1}
            onClick={() => go(one)}
          >
            {one.charAt(0).toUpperCase() + one.slice(1)}
          </button>
        ))}
      </div>
      <div id="tab-panel" role="tabpanel" tabIndex={-1} aria-labelledby={`tab-${tab}`} className="tab-panel">
        {act.why === null ? null : <Trouble message={act.why} onClose={act.calm} />}
        {tab === 'rules' ? (
          <Rules client={visit.client} room={null} modes={chat.view.modes} mayTry onAsk={props.run} />
        ) : (
          <Shown key={`${tab} ${scope}`} tab={tab} {...props} />
        )}
      </div>
      <Outcome act={act} />
    </Dialog>
  )
}

function Shown({ tab, ...props }: TabProps & { readonly tab: Exclude<Tab, 'rules'> }) {
  switch (tab) {
    case 'bans':
    case 'mutes':
    case 'exceptions':
      return <Sanctions {...props} what={tab} />
    case 'filters':
      return <Filters {...props} />
    case 'held':
      return <HeldList {...props} />
    case 'log':
      return <Log {...props} />
  }
}

function move(event: KeyboardEvent<HTMLElement>, tabs: readonly Tab[], tab: Tab, go: (tab: Tab) => void): void {
  const at = tabs.indexOf(tab)
  const steps: Readonly<Record<string, number>> = {
    ...{ ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 },
  }
  const to = tabs.at((steps[event.key] ?? at) % tabs.length)
  if (steps[event.key] === undefined || to === undefined) return
  event.preventDefault()
  go(to)
  document.getElementById(`tab-${to}`)?.focus()
}
