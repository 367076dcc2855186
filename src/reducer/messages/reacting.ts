/** Reactions. The reducer knows no messages: evolveMessage applies a reaction to its message. */
import type { Event } from '../../model/event.ts'
import type { InputOf } from '../../model/input.ts'
import type { State } from '../../model/state.ts'
import { refuseFor } from '../keeping/refusals.ts'
import { answersByReaction } from '../questions/answering.ts'
import { accountMark, keeperOf } from '../rules/lookup.ts'
import { changingFault } from './changing.ts'
import { partiesOf } from './editing.ts'

export function decideReact(state: State, input: InputOf<'react'>): readonly Event[] {
  const unfit = changingFault(state, input)
  if (unfit) return refuseFor(input, unfit)
  const { room, target, emoji, off, members, everyone } = input
  const { id: member, name: by } = keeperOf(state, input)
  const reacted = { type: 'reacted', room, target, emoji, off, by, member, ...accountMark(state, member) } as const
  return [{ ...reacted, sessions: partiesOf(state, members), everyone }, ...answersByReaction(state, input)]
}
