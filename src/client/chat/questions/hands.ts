/** The queue of hands of a room. Pure. */
import type { Hand } from '../../../model/question.ts'
import type { View } from '../../session/view.ts'
import { mayDo } from '../people/roles.ts'

const NOBODY: readonly Hand[] = []

export const handsIn = ({ rooms }: View, room: string | null): readonly Hand[] => rooms.get(room ?? '')?.hands ?? NOBODY

/** Whether one's own hand is in the queue. */
export const isRaised = (view: View, room: string | null): boolean =>
  handsIn(view, room).some(({ id }) => id === view.member)

/** In a room without keepers, anybody may call on the next one. The server decides. */
export function mayCall(view: View, room: string): boolean {
  const roles = view.rooms.get(room)?.roles
  return mayDo(view, 'call', room) || !roles?.some(role => role !== 'voice')
}
