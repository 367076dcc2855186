/** A tick ends what is due: sanctions, held messages and lock-downs, the earliest first, so that every replay agrees. */
import type { Event } from '../../model/event.ts'
import { ENDS_AT_ONCE } from '../../model/limits.ts'
import { SERVER } from '../../model/state/keeping.ts'
import type { State } from '../../model/state.ts'
import { drops } from './holding.ts'
import { unlocks } from './modes.ts'
import { lifts } from './sanctions.ts'

/** The next tick follows at once if more are due. */
export function endsOver(state: State): readonly Event[] {
  if (state.ends.size === 0) return []
  const due = [...state.ends].filter(([, until]) => until <= state.at)
  const first = due.sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).slice(0, ENDS_AT_ONCE)
  return first.flatMap(([key]) => endsOf(state, key))
}

function endsOf(state: State, key: string): readonly Event[] {
  const at = key.indexOf(':')
  const [kind, what] = [key.slice(0, at), key.slice(at + 1)]
  const sanction = kind === 'sanction' ? state.sanctions.get(Number(what)) : undefined
  if (sanction) return lifts(state, sanction, null)
  const held = kind === 'held' ? state.held.get(Number(what)) : undefined
  if (held) return drops(state, held, null)
  return kind === 'mode' ? unlocks(state, what === SERVER ? null : what) : []
}
