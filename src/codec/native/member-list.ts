/**
 * The encoded member list of a room, in memory that all frames with it share: a storm of joins encodes each member once,
 * and copies the list for nobody. Memory is only ever appended to, so a part that was given out never changes. A member
 * that leaves takes its bytes out of later lists, not out of memory.
 *
 * The list follows the room from one version to the next. It's kept with the persistent list of the latest one.
 */
import type { RoomEvent } from '../../model/event.ts'
import type { MemberView, RoomView } from '../../model/view.ts'

type Members = RoomView['members']
type Span = { readonly from: number; readonly to: number }

const utf8 = new TextEncoder()
/** Lists with more parts than this, or in less than half of their memory, are moved together. */
const SPANS_MAX = 8
const MEMORY_MIN = 1024
const COMMA = 1

class MemberList {
  #memory = new Uint8Array(MEMORY_MIN)
  #used = 0
  /** The bytes of each member, with a comma before them. */
  #places = new Map<MemberView, Span>()
  #spans: Span[] = []
  #size = 0
  /** When the latest of its members joined. */
  latest = 0

  /** JSON objects, separated by commas, in no order. */
  get parts(): readonly Uint8Array[] {
    return this.#spans.map(({ from, to }, at) => this.#memory.subarray(at === 0 ? from + COMMA : from, to))
  }

  add(member: MemberView): void {
    const bytes = utf8.encode(`,${encoded(member)}`)
    if (this.#used + bytes.length > this.#memory.length) this.#gather(bytes.length)
    const place = { from: this.#used, to: this.#used + bytes.length }
    this.#memory.set(bytes, place.from)
    this.#used = place.to
    this.#size += bytes.length
    this.#places.set(member, place)
    const last = this.#spans.at(-1)
    if (last?.to === place.from) this.#spans[this.#spans.length - 1] = { from: last.from, to: place.to }
    else this.#spans.push(place)
    this.latest = Math.max(this.latest, member.since)
  }

  remove(member: MemberView): void {
    const place = this.#places.get(member)
    if (!place) return
    this.#places.delete(member)
    this.#size -= place.to - place.from
    const at = this.#spans.findIndex(({ to }) => to >= place.to)
    const { from, to } = this.#spans[at] as Span
    const rest = [
      { from, to: place.from },
      { from: place.to, to },
    ]
    this.#spans.splice(at, 1, ...rest.filter(span => span.from < span.to))
    if (this.#spans.length > SPANS_MAX) this.#gather(0)
  }

  /** Moves the list together, into memory of its own with room for as much again and `more`. */
  #gather(more: number): void {
    const memory = new Uint8Array(Math.max(MEMORY_MIN, 2 * (this.#size + more)))
    const places = new Map<MemberView, Span>()
    let used = 0
    for (const [member, { from, to }] of this.#places) {
      memory.set(this.#memory.subarray(from, to), used)
      places.set(member, { from: used, to: used + to - from })
      used += to - from
    }
    this.#memory = memory
    this.#used = used
    this.#places = places
    this.#spans = used === 0 ? [] : [{ from: 0, to: used }]
  }
}

const known = new WeakMap<Members, MemberList>()

/**
 * The members as JSON objects, separated by commas, in no order. Nobody joined after `at`, the time of the list: a
 * member that joined while the clock was ahead, joined by then.
 */
export function memberList({ members }: RoomView, at: number): readonly Uint8Array[] {
  const list = known.get(members) ?? listOf(members.values())
  known.set(members, list)
  if (list.latest <= at) return list.parts
  return listOf(members.valueSeq().map(one => (one.since > at ? { ...one, since: at } : one))).parts
}

/** The room has another version: its list, if anybody was shown it, follows. */
export function followMembers({ members: before }: RoomView, { members: after }: RoomView, event: RoomEvent): void {
  const list = before === after ? undefined : known.get(before)
  if (!list) return
  known.delete(before)
  for (const name of namesIn(event)) {
    const [old, now] = [before.get(name), after.get(name)]
    if (old === now) continue
    if (old) list.remove(old)
    if (now) list.add(now)
  }
  known.set(after, list)
}

function listOf(members: Iterable<MemberView>): MemberList {
  const list = new MemberList()
  for (const member of members) list.add(member)
  return list
}

function namesIn(event: RoomEvent): readonly string[] {
  switch (event.type) {
    case 'joined':
    case 'parted':
    case 'quit':
    case 'away':
    case 'registered':
    case 'pictured':
      return [event.name]
    case 'renamed':
      return [event.from, event.to]
    case 'topic':
    case 'pinned':
    case 'hands':
    case 'answered':
    case 'concluded':
    case 'said':
      return []
  }
}

const encoded = ({ name, id, since, away, account, picture }: MemberView): string => {
  const own = { ...(account ? { account } : {}), ...(picture === undefined ? {} : { picture }) }
  return JSON.stringify({ name, since, ...(away === null ? {} : { away }), id, ...own })
}
