/** The people of a place, by the keys of their names, to find names in a text (model/prose). */
import type { Map as IMap } from 'immutable'
import { nameKey, readName } from '../../../model/name/name.ts'
import type { Named } from '../../../model/prose/names.ts'
import type { MemberView } from '../../../model/view.ts'
import { personOf, roomOf, type Where } from '../place.ts'
import type { Chat } from '../state.ts'

/** Own name first, then the person of this conversation, then the members of the room. */
export function namedIn({ view }: Pick<Chat, 'view'>, where: Where): Named<string> {
  const members = view.rooms.get(roomOf(where) ?? '')?.members
  const inRoom = members ? indexOf(members) : NOBODY
  const others = personOf(where)
  const mine = keysOf(view.name)
  const theirs = others === null ? [] : keysOf(others)
  return key => (mine.includes(key) ? view.name : theirs.includes(key) && others !== null ? others : inRoom.get(key))
}

const NOBODY: ReadonlyMap<string, string> = new Map()

/** One index per member list, made when a text is read. */
const indices = new WeakMap<IMap<string, MemberView>, ReadonlyMap<string, string>>()

function indexOf(members: IMap<string, MemberView>): ReadonlyMap<string, string> {
  const found = indices.get(members)
  if (found) return found
  const index = new Map<string, string>()
  for (const name of members.keys()) for (const key of keysOf(name)) index.set(key, name)
  indices.set(members, index)
  return index
}

/** The most names whose keys are cached. Making the keys costs much more than a lookup. */
const KNOWN_MAX = 20_000
const known = new Map<string, readonly string[]>()

/** Reserved names, such as the host's, don't pass readName. */
function keysOf(name: string): readonly string[] {
  const found = known.get(name)
  if (found) return found
  if (known.size >= KNOWN_MAX) known.clear()
  const read = readName(name)
  const keys = name === '' ? [] : read.ok ? read.name.keys : [nameKey(name)]
  known.set(name, keys)
  return keys
}
