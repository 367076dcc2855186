/** Pinned messages of a room: its head, as its topic is. Every member that may set the topic may pin. */
import type { Event } from '../../model/event.ts'
import type { Input, InputOf } from '../../model/input.ts'
import { PINS_MAX } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import { writingFault } from '../keeping/messages/writing.ts'
import { refuseFor, refuseRole } from '../keeping/refusals.ts'
import { may, seesRoom } from '../may.ts'
import { keeperOf, memberOf } from '../rules/lookup.ts'
import { refuse } from '../rules/refuse.ts'

/** A pin of a pinned message, or an unpin of another one, is done already. */
export function decidePin(state: State, input: InputOf<'pin'>): readonly Event[] {
  const { room, target, off, session } = input
  const view = state.rooms.get(room)
  if (!view || !seesRoom(state, session, room)) return refuse(input, 'room-unknown', room)
  if (!may(state, session, 'pin', { room })) return refuse(input, 'not-in-room', room)
  const unfit = headFault(state, input)
  if (unfit) return unfit
  const pins = view.pins ?? []
  if (pins.some(({ seq }) => seq === target) !== off) return []
  if (!off && pins.length >= PINS_MAX) return refuse(input, 'pins-full', room)
  const { id: member, name: by } = keeperOf(state, input)
  return [{ type: 'pinned', room, target, off, by, member }]
}

/** Messages that are over can't be found any more to unpin them, and would take the places of others. */
export function unpins(state: State, input: Input, isOver: (message: number) => boolean): readonly Event[] {
  const { id: member, name: by } = keeperOf(state, input)
  return [...state.rooms].flatMap(([room, { pins = [] }]) =>
    pins
      .filter(({ seq }) => isOver(seq))
      .map(({ seq: target }) => ({ type: 'pinned', room, target, off: true, by, member }) as const),
  )
}

function headFault(state: State, input: InputOf<'pin'>): readonly Event[] | null {
  const { room, session } = input
  if (state.rooms.get(room)?.modes['topic-protected'] && !may(state, session, 'keep-topic', { room })) {
    return refuseRole(state, input, 'keep-topic', room)
  }
  const member = memberOf(state, { session })
  const unfit = member && writingFault(state, session, member.id, room)
  return unfit && unfit.code !== 'slowed' ? refuseFor(input, unfit) : null
}
