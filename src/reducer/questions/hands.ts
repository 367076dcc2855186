/** Hands: the queue of a room, in the order of the journal (docs/spec.md, QU7). It's part of the room's view. */
import type { Event, EventOf } from '../../model/event.ts'
import type { MemberId } from '../../model/ids.ts'
import type { InputOf } from '../../model/input.ts'
import { HANDS_MAX } from '../../model/limits.ts'
import type { Hand, HandChange } from '../../model/question.ts'
import type { State } from '../../model/state.ts'
import { writingFault } from '../keeping/messages/writing.ts'
import { refuseFor, refuseRole } from '../keeping/refusals.ts'
import { isHost, may, seesRoom } from '../may.ts'
import { keeperOf } from '../rules/lookup.ts'
import { refuse } from '../rules/refuse.ts'

/** To raise a hand that is up is done already. */
export function decideHand(state: State, input: InputOf<'hand'>): readonly Event[] {
  const { room, act, session } = input
  const view = state.rooms.get(room)
  if (!view || !seesRoom(state, session, room)) return refuse(input, 'room-unknown', room)
  if (!may(state, session, 'write', { room })) return refuse(input, 'not-in-room', room)
  const hands = view.hands ?? NONE
  const own = keeperOf(state, input)
  const isUp = hands.some(({ id }) => id === own.id)
  switch (act) {
    case 'raise': {
      const unfit = isHost(session) ? null : writingFault(state, session, own.id, room)
      if (unfit && unfit.code !== 'slowed' && unfit.code !== 'too-new') return refuseFor(input, unfit)
      if (isUp) return []
      if (hands.length >= HANDS_MAX) return refuse(input, 'hands-full', `${HANDS_MAX}`)
      return [changed(state, input, [...hands, own], 'raised', own)]
    }
    case 'lower':
      if (!isUp) return refuse(input, 'hand-down')
      return [changed(state, input, without(hands, own.id), 'lowered', own)]
    case 'next': {
      const [first, ...others] = hands
      if (!mayCall(state, session, room)) return refuseRole(state, input, 'call', room)
      return first ? [changed(state, input, others, 'called', first)] : refuse(input, 'no-hands', room)
    }
  }
}

const NONE: readonly Hand[] = []

const without = (hands: readonly Hand[], id: MemberId): readonly Hand[] => hands.filter(one => one.id !== id)

/** In a room without keepers, every member may. */
function mayCall(state: State, session: string, room: string): boolean {
  const isKept = [...(state.rooms.get(room)?.roles.values() ?? [])].some(role => role !== 'voice')
  return may(state, session, 'call', { room }) || !isKept
}

function changed(
  state: State,
  input: { readonly session: string },
  hands: readonly Hand[],
  change: HandChange,
  { id: whoId, name: who }: Hand,
  room: string = (input as InputOf<'hand'>).room,
): EventOf<'hands'> {
  const { id: member, name: by } = keeperOf(state, input)
  return { type: 'hands', room, hands, change, by, member, who, whoId }
}

/** A token that is revoked has no hand up any more. */
export const lowersAll = (state: State, input: { readonly session: string }, hand: Hand): readonly Event[] =>
  [...state.rooms]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([, { hands = NONE }]) => hands.some(({ id }) => id === hand.id))
    .map(([room, { hands = NONE }]) => changed(state, input, without(hands, hand.id), 'lowered', hand, room))
