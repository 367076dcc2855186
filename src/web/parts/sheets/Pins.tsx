/** The pinned messages of the room. Each leads to its message. */
import { useEffect } from 'react'
import { type Pinned, pinned } from '../../../client/chat/messages/pins.ts'
import { quotedLine } from '../../../client/chat/messages/quotation.ts'
import { mayDo } from '../../../client/chat/people/roles.ts'
import { roomOf } from '../../../client/chat/place.ts'
import { Dialog } from '../controls/Dialog.tsx'
import { Trouble } from '../controls/Trouble.tsx'
import { useCalendar } from '../messages/use-calendar.ts'
import { Name } from '../person/Name.tsx'
import type { SheetProps } from './sheet-props.ts'

export function Pins({ chat, talk, onMessage, onClose }: SheetProps) {
  const pins = pinned(chat, chat.where)
  const wanted = pins.flatMap(({ message: { is, seq } }) => (is === 'wanted' ? [seq] : []))
  const mayUnpin = mayDo(chat.view, 'topic', roomOf(chat.where))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the numbers, not the list
  useEffect(() => talk.look(wanted), [talk, wanted.join()])
  const trouble = chat.trouble?.asked?.type === 'pin' ? chat.trouble.message : null
  return (
    <Dialog name="pins" title="Pinned messages" closing="Close the pinned messages" onClose={onClose}>
      {trouble === null ? null : <Trouble message={trouble} onClose={() => talk.trouble(null)} />}
      {pins.length === 0 ? <p className="quiet">Nothing is pinned here.</p> : null}
      <ul>
        {pins.map(one => (
          <li key={one.pin.seq}>
            <Pin
              pinned={one}
              onGo={() => onMessage(chat.where, one.pin.seq)}
              onUnpin={mayUnpin ? () => talk.pin(one.pin.seq, true) : null}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

type PinProps = {
  readonly pinned: Pinned
  readonly onGo: () => void
  /** Null: the reader may not. */
  readonly onUnpin: (() => void) | null
}

function Pin({ pinned: { pin, message }, onGo, onUnpin }: PinProps) {
  const { dayName, timeOf } = useCalendar()
  const said = message.is === 'message' || message.is === 'deleted' ? message.said : null
  return (
    <div className="pin">
      <button type="button" className="hit" onClick={onGo}>
        <span className="hit-head">
          {said ? <Name name={said.from} /> : null}
          <span className="quiet">
            {said ? ` · ${dayName(said.at)} ${timeOf(said.at)}` : ''} · pinned by <bdi>{pin.by}</bdi>
          </span>
        </span>
        <span className="hit-text" dir="auto">
          {said ? (said.text === null ? '(deleted)' : quotedLine(said)) : message.is === 'wanted' ? '…' : 'not kept'}
        </span>
      </button>
      {onUnpin === null ? null : (
        <button type="button" className="quiet-button" onClick={onUnpin}>
          Unpin
        </button>
      )}
    </div>
  )
}
