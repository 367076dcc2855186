/** The settings of a room: its topic, its keepers, and its modes. Members read it, and keepers may change it. */
import { mayDo } from '../../../../client/chat/people/roles.ts'
import type { Asked } from '../../../../client/session/outbox/outbox.ts'
import { done } from '../../../visit/requests.ts'
import { Outcome } from '../../account/Outcome.tsx'
import { useAct } from '../../account/use-act.ts'
import { Dialog } from '../../controls/Dialog.tsx'
import { Trouble } from '../../controls/Trouble.tsx'
import type { PanelProps } from '../panel-props.ts'
import { Keepers } from './Keepers.tsx'
import { ModeShown } from './ModeRow.tsx'
import { ALL_MODES, Rules } from './Rules.tsx'
import { TopicForm } from './TopicForm.tsx'

export function RoomSettings({ visit, chat, room, onModeration, onClose }: PanelProps & { onModeration: () => void }) {
  const act = useAct()
  const view = chat.view.rooms.get(room ?? '')
  if (room === null || !view) return null
  const { modes, topic } = view
  const may = (name: Parameters<typeof mayDo>[1]): boolean => mayDo(chat.view, name, room)
  const on = ALL_MODES.filter(mode => modes[mode] !== undefined)
  const ask = (asked: Asked, said: string): Promise<boolean> => act.run(() => done(visit.client, asked), said)
  return (
    <Dialog name="settings" title={`#${room}`} closing="Close the settings" onClose={onClose}>
      <h3>Topic</h3>
      {may(modes['topic-protected'] ? 'keep-topic' : 'topic') ? (
        <TopicForm
          topic={topic?.text ?? ''}
          onSet={text => void ask({ type: 'topic', room, topic: text }, 'The topic is set.')}
        />
      ) : (
        <p dir="auto">{topic?.text ?? <span className="quiet">There is none.</span>}</p>
      )}
      <Keepers view={view} />
      <h3>Rules</h3>
      {act.why === null ? null : <Trouble message={act.why} onClose={act.calm} />}
      {may('mode') ? (
        <Rules client={visit.client} room={room} modes={modes} mayTry={may('log')} onAsk={ask} />
      ) : on.length === 0 ? (
        <p className="quiet">Everybody can join, read and write.</p>
      ) : (
        <ul className="modes-form">
          {on.map(mode => (
            <ModeShown key={mode} mode={mode} value={modes[mode]} />
          ))}
        </ul>
      )}
      <Outcome act={act} />
      {may('log') ? (
        <div className="buttons">
          <button type="button" onClick={onModeration}>
            Bans, filters and the log…
          </button>
        </div>
      ) : null}
    </Dialog>
  )
}
