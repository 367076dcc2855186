/** The hands that are raised in a room's view. */
import type { Hand } from '../../model/question.ts'
import type { RoomView } from '../../model/view.ts'

export function withHands(view: RoomView, hands: readonly Hand[]): RoomView {
  const { hands: _, ...rest } = view
  return hands.length === 0 ? rest : { ...rest, hands }
}

/** A member that leaves takes the hand down. Two members of a room never have one name. */
export function withoutHand(view: RoomView, name: string): RoomView {
  const left = view.hands?.filter(one => one.name !== name)
  return left === undefined || left.length === view.hands?.length ? view : withHands(view, left)
}

export function withRenamedHand(
  view: RoomView,
  { from, to }: { readonly from: string; readonly to: string },
): RoomView {
  const { hands } = view
  if (!hands?.some(({ name }) => name === from)) return view
  return withHands(
    view,
    hands.map(one => (one.name === from ? { ...one, name: to } : one)),
  )
}
