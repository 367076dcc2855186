/**
 * Caches the encoded member list of a room with the persistent list. A list that grew by one member is made from the
 * list before it, so a storm of joins encodes each member once, not once per join.
 */
import type { MemberView, RoomView } from '../../model/view.ts'
import type { Grown } from '../codec.ts'

const encoded = new WeakMap<RoomView['members'], string>()

/** JSON objects, separated by commas, in no order. */
export function memberList(view: RoomView, grown: Grown | null): string {
  const known = encoded.get(view.members)
  if (known !== undefined) return known
  const list = (grown && grow(grown)) ?? view.members.valueSeq().map(member).join(',')
  encoded.set(view.members, list)
  return list
}

function grow({ from, by }: Grown): string | null {
  const before = encoded.get(from.members)
  if (before === undefined) return null
  return before === '' ? member(by) : `${before},${member(by)}`
}

const member = ({ name, id, since, away }: MemberView): string =>
  JSON.stringify(away === null ? { name, since, id } : { name, since, away, id })
