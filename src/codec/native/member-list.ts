/**
 * Caches the encoded member list of a room with the persistent list. A list that grew by one member is made from the
 * list before it, so a storm of joins encodes each member once, not once per join.
 */
import type { MemberView, RoomView } from '../../model/view.ts'
import type { Grown } from '../codec.ts'

/** `latest`: when the last of them joined. */
type List = { readonly text: string; readonly latest: number }

const encoded = new WeakMap<RoomView['members'], List>()

/**
 * JSON objects, separated by commas, in no order. Nobody joined after `at`, the time of the list: a member that joined
 * while the clock was ahead, joined by then.
 */
export function memberList(view: RoomView, at: number, grown: Grown | null): string {
  const known = encoded.get(view.members) ?? (grown && grow(grown)) ?? listOf(view)
  const list = known.latest <= at ? known : listOf(view, at)
  encoded.set(view.members, list)
  return list.text
}

function listOf({ members }: RoomView, at = Number.POSITIVE_INFINITY): List {
  const all = members.valueSeq().map(one => (one.since > at ? { ...one, since: at } : one))
  return { text: all.map(member).join(','), latest: all.reduce((latest, { since }) => Math.max(latest, since), 0) }
}

function grow({ from, by }: Grown): List | null {
  const before = encoded.get(from.members)
  if (before === undefined) return null
  const text = before.text === '' ? member(by) : `${before.text},${member(by)}`
  return { text, latest: Math.max(before.latest, by.since) }
}

const member = ({ name, id, since, away, account }: MemberView): string =>
  JSON.stringify({ name, since, ...(away === null ? {} : { away }), id, ...(account ? { account } : {}) })
