/** The sanctions that each member is under, looked up in all of them: slow, and apart from the reducer's index. */
import type { MemberId } from '../../src/model/input.ts'
import type { Sanction, SanctionKind } from '../../src/model/state/keeping.ts'
import type { State } from '../../src/model/state.ts'

const RANKS = ['host', 'administrator', 'founder', 'operator', 'voice', 'none'] as const

/** 0 is the host's. */
export function rankIn({ administrators, rooms }: State, id: MemberId, room: string | null): number {
  if (id === 'host') return 0
  if (administrators.has(id)) return 1
  const role = room === null ? undefined : rooms.get(room)?.roles.get(id)
  return RANKS.indexOf(role ?? 'none')
}

const OPERATOR = RANKS.indexOf('operator')

/** The sanctions of this kind that hold for a member or a token in a room; null: on the server. */
export function sanctionsOn(
  state: State,
  kind: Exclude<SanctionKind, 'exception'>,
  room: string | null,
  id: MemberId,
): readonly Sanction[] {
  const name = (state.members.get(id) ?? state.accounts.get(id) ?? state.grants.get(id))?.name
  const addresses = [...state.sessions.values()].flatMap(one => (one.member === id ? [one.nets ?? []] : []))
  const known = [...state.sanctions.values()]
  const own = known.filter(one => one.member === id || one.keys.some(key => name?.keys.includes(key)))
  const frees = (free: Sanction, one: Sanction): boolean =>
    free.kind === 'exception' && (free.room === null || free.room === one.room)
  const isFree = (one: Sanction, address: readonly number[]): boolean =>
    rankIn(state, id, one.room) <= OPERATOR ||
    known.some(free => frees(free, one) && (own.includes(free) || address.includes(free.id)))
  const byAddress = known.filter(
    one => one.text !== null && addresses.some(address => address.includes(one.id) && !isFree(one, address)),
  )
  return [...own, ...byAddress].filter(one => one.kind === kind && (one.room === null || one.room === room))
}
