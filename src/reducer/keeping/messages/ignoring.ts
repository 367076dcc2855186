/** The members that a member ignores. The list is kept with its account, or as long as a guest may come back. */
import { OrderedMap } from 'immutable'
import type { Event, EventOf } from '../../../model/event.ts'
import type { InputOf, MemberId } from '../../../model/input.ts'
import { IGNORED_MAX } from '../../../model/limits.ts'
import type { State } from '../../../model/state.ts'
import { isHost } from '../../may.ts'
import { memberOf, targetId } from '../../rules/lookup.ts'
import { refuse } from '../../rules/refuse.ts'
import { knownName } from '../refusals.ts'

const NOBODY = OrderedMap<MemberId, string>()

export const ignoredBy = ({ ignored }: State, id: MemberId): OrderedMap<MemberId, string> => ignored.get(id) ?? NOBODY

export function decideIgnore(state: State, input: InputOf<'ignore'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!member) return refuse(input, 'not-entered')
  const { who, off } = input
  const all = ignoredBy(state, member.id)
  const known = off ? [...all].find(([id, name]) => id === who.id || name === who.text)?.[0] : undefined
  const id = known ?? targetId(state, who)
  if (id === undefined || isHost(id) || id === member.id) return refuse(input, 'member-unknown', who.text)
  if (all.has(id) !== off) return []
  if (!off && all.size >= IGNORED_MAX) return refuse(input, 'ignored-full', `${IGNORED_MAX}`)
  const name = knownName(state, id) ?? who.text
  if (name === '') return refuse(input, 'member-unknown', id)
  return [{ type: 'ignored', session: input.session, member: member.id, who: id, name, off }]
}

export function evolveIgnored(state: State, { member, who, name, off }: EventOf<'ignored'>): State {
  const all = ignoredBy(state, member)
  const next = off ? all.delete(who) : all.set(who, name)
  return { ...state, ignored: next.size === 0 ? state.ignored.delete(member) : state.ignored.set(member, next) }
}
