/** A tick ends due sanctions, held messages and lock-downs, the earliest first, so that every replay agrees. */
import type { Event } from '../../model/event.ts'
import type { MemberId } from '../../model/ids.ts'
import { ENDS_AT_ONCE } from '../../model/limits.ts'
import { type Sanction, SERVER } from '../../model/state/keeping.ts'
import type { State } from '../../model/state.ts'
import { firstDue } from '../due.ts'
import { liveOver } from '../lives/ending.ts'
import { uploadOver } from '../messages/files.ts'
import { isOver } from '../questions/open.ts'
import { oldSecretOver } from '../rules/hooks.ts'
import { drops } from './messages/holding.ts'
import { unlocks } from './rooms/modes.ts'
import { lifts, unfreed } from './sanctions/sanctions.ts'

/** The next tick follows at once if more are due. `gone`: the members who exit by the same tick. */
export function endsOver(state: State, gone: ReadonlySet<MemberId>): readonly Event[] {
  if (state.ends.size === 0) return []
  const first = firstDue(state.ends, state.at, ENDS_AT_ONCE)
  const exceptions = first.flatMap(key => sanctionOf(state, key) ?? []).filter(({ kind }) => kind === 'exception')
  const unfree = exceptions.length === 0 ? [] : unfreed(state, exceptions, gone)
  return [...first.flatMap(key => endsOf(state, key)), ...unfree]
}

const sanctionOf = ({ sanctions }: State, key: string): Sanction | undefined =>
  key.startsWith('sanction:') ? sanctions.get(Number(key.slice('sanction:'.length))) : undefined

function endsOf(state: State, key: string): readonly Event[] {
  const at = key.indexOf(':')
  const [kind, what] = [key.slice(0, at), key.slice(at + 1)]
  const sanction = sanctionOf(state, key)
  if (sanction) return lifts(state, sanction, null)
  const held = kind === 'held' ? state.held.get(Number(what)) : undefined
  if (held) return drops(state, held, null)
  if (kind === 'upload') return uploadOver(state, what)
  const question = kind === 'question' ? state.questions.get(Number(what)) : undefined
  if (question) return [isOver(question)]
  if (kind === 'live') return liveOver(state, Number(what))
  const hook = kind === 'hook' ? state.hooks.get(Number(what)) : undefined
  if (hook) return oldSecretOver(hook)
  return kind === 'mode' ? unlocks(state, what === SERVER ? null : what) : []
}
