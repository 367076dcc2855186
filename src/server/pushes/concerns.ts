/**
 * The accounts that a step concerns, even while their members aren't looking: accounts that it mentions, and the
 * recipient of a direct message.
 */
import type { MemberId } from '../../model/input.ts'
import type { Place } from '../../model/state/reads.ts'
import type { Step } from '../../model/step.ts'

/** `seq`: the message. */
export type Concern = { readonly account: MemberId; readonly place: Place; readonly seq: number }

/** Only of accounts that want notifications: nobody else is looked at. */
export function concernsIn({ seq, events }: Step, wants: (account: MemberId) => boolean): readonly Concern[] {
  return events.flatMap(({ event }): readonly Concern[] => {
    if (event.type === 'told') {
      const { author, other } = event
      return author !== other && wants(other) ? [{ account: other, place: { with: author }, seq }] : []
    }
    if (event.type !== 'said' || event.mentions === undefined) return []
    const { room, author } = event
    const told = event.mentions.filter(id => id !== author && wants(id))
    return told.map(account => ({ account, place: { room }, seq }))
  })
}
