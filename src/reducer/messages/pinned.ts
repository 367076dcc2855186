/** The pinned messages in a room's view. */
import type { DeletedEvent, PinnedEvent } from '../../model/event.ts'
import type { RoomView } from '../../model/view.ts'

/** A message that is deleted isn't pinned any more. */
export function withPin(view: RoomView, event: PinnedEvent | DeletedEvent, at: number): RoomView {
  const { pins: before = [], ...rest } = view
  if (event.room !== view.room) return view
  const others = before.filter(({ seq }) => seq !== event.target)
  const isOff = event.type === 'deleted' || event.off
  if (isOff && others.length === before.length) return view
  const pins = isOff ? others : [...others, { seq: event.target, by: event.by, at }]
  return pins.length === 0 ? rest : { ...rest, pins }
}
