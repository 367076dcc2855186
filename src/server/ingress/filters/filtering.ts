/**
 * A text or a name is matched with the word filters when it comes in, and its input carries the result. The reducer,
 * which knows the filters, but no text, gives the verdict.
 */
import type { State } from '../../../model/state.ts'
import { carrying, type LookedAt, lookedAt } from '../../../reducer/keeping/messages/looked-at.ts'
import type { Stamper } from '../stamp.ts'
import type { FilterSet } from './filter-set.ts'

/** A stamper that adds the matching filters to its inputs. Without filters, nothing changes. */
export function filtering(stamp: Stamper, state: () => State, filters: FilterSet): Stamper {
  const matching = ({ text, room }: LookedAt): readonly number[] =>
    room === undefined ? filters.anywhere(state(), text) : filters.inRoom(state(), text, room)
  return (session, n, body, text) => {
    let filtered = body
    for (const one of lookedAt(state(), session, body, text)) filtered = carrying(filtered, one.as, matching(one))
    return stamp(session, n, filtered, text)
  }
}
