/** Answers about keeping order: sanctions, filters, held messages, roles, modes, and the log. */
import type { ListedHeld, ListedMode, ListedRole, ListedSanction, Listing, Outgoing } from '../../../codec/codec.ts'
import type { ListName, Query } from '../../../model/command.ts'
import type { Mode, ModeValue } from '../../../model/keeping/modes.ts'
import { nameKey } from '../../../model/name/name.ts'
import type { Sanction, SanctionKind } from '../../../model/state/keeping.ts'
import type { State } from '../../../model/state.ts'
import { endOf } from '../../../reducer/keeping/ends.ts'
import { ignoredBy } from '../../../reducer/keeping/messages/ignoring.ts'
import { modeKey, rulesOf, sanctionKey } from '../../../reducer/keeping/places.ts'
import { knownName, logFault } from '../../../reducer/keeping/refusals.ts'
import { nameOn, sanctionsIn } from '../../../reducer/keeping/sanctions/under.ts'
import { may, seesRoom } from '../../../reducer/may.ts'
import { holderOfKey, memberOf } from '../../../reducer/rules/lookup.ts'
import { inRoom, type QueryContext, rejected } from './query-context.ts'

type ListQuery = Extract<Query, { type: 'list' }>

/** Lists that members of a room see; the other lists are for keepers. */
const OPEN: ReadonlySet<ListName> = new Set(['roles', 'modes'])

export function answerList(query: ListQuery, asking: QueryContext): Outgoing {
  if (query.what === 'ignored') return listed(asking, null, { what: 'ignored', entries: ignored(asking) })
  if (query.room === null) return answerIn(query, asking, null)
  return inRoom<Outgoing>(query.room, asking, room =>
    seesRoom(asking.state, asking.session, room)
      ? answerIn(query, asking, room)
      : rejected(asking, 'room-unknown', room),
  )
}

function answerIn(query: ListQuery, asking: QueryContext, room: string | null): Outgoing {
  const { state, session } = asking
  const isOpen = OPEN.has(query.what) && (room === null || may(state, session, 'read', { room }))
  if (!isOpen && !may(state, session, 'log', { room })) {
    const { code, detail } = logFault(state, session, room)
    return rejected(asking, code, detail)
  }
  return listed(asking, room, listing(query, asking, room))
}

const listed = ({ n, at }: QueryContext, room: string | null, listing: Listing): Outgoing => ({
  ...{ type: 'list', at, n, room },
  ...listing,
})

function listing({ what, name, limit }: ListQuery, asking: QueryContext, room: string | null): Listing {
  const { state } = asking
  const key = name === undefined ? null : nameKey(name.slice(0, TYPED_MAX))
  const isAbout = (who: string | null): boolean => key === null || (who !== null && nameKey(who) === key)
  switch (what) {
    case 'bans':
    case 'mutes':
    case 'exceptions':
      return {
        what,
        entries: sanctions(asking, KINDS[what], room, key)
          .slice(-limit)
          .map(one => sanction(asking, one)),
      }
    case 'filters':
      return { what, entries: [...rulesOf(state, room).filters.values()].slice(-limit) }
    case 'held':
      return { what, entries: held(asking, room).slice(-limit) }
    case 'log':
      return {
        what,
        entries: rulesOf(state, room)
          .log.toArray()
          .filter(one => isAbout(one.who) || (one.by !== null && isAbout(one.by)))
          .slice(-limit),
      }
    case 'roles':
      return { what, entries: roles(state, room).slice(-limit) }
    case 'modes':
      return { what, entries: modes(state, room) }
    case 'ignored':
      return { what, entries: ignored(asking) }
  }
}

/** Characters of a typed name that are looked at. */
const TYPED_MAX = 64
const KINDS: Readonly<Record<'bans' | 'mutes' | 'exceptions', SanctionKind>> = {
  bans: 'ban',
  mutes: 'mute',
  exceptions: 'exception',
}

/** `key`: only those on this name, by the keys of the sanction: to fold thousands of names would take long. */
function sanctions(
  { state }: QueryContext,
  kind: SanctionKind,
  room: string | null,
  key: string | null,
): readonly Sanction[] {
  const all = sanctionsIn(state, room).filter(one => one.kind === kind)
  if (key === null) return all
  const id = holderOfKey(state, key)?.id
  return all.filter(({ member, keys }) => (id !== undefined && member === id) || keys.includes(key))
}

/** Anybody can open a room and ban there, so only keepers of the whole server see addresses. */
const sanction = ({ state, session, networkOf }: QueryContext, one: Sanction): ListedSanction => ({
  ...{ id: one.id, who: nameOn(state, one) },
  net: one.text !== null && may(state, session, 'log', { room: null }) ? networkOf(one.id) : null,
  ...{ by: one.by, at: one.at, until: endOf(state, sanctionKey(one.id)), reason: one.reason },
})

/** `room` null: in every room. */
const held = ({ state, textOf }: QueryContext, room: string | null): readonly ListedHeld[] =>
  [...state.held.values()]
    .filter(one => room === null || one.room === room)
    .map(({ seq, at, from, author, filter }) => ({ seq, at, from, id: author, text: textOf(seq), filter }))

function roles(state: State, room: string | null): readonly ListedRole[] {
  const named = (id: string, role: ListedRole['role']): readonly ListedRole[] => {
    const name = knownName(state, id)
    return name === undefined ? [] : [{ id, name, role }]
  }
  if (room === null)
    return state.administrators
      .toArray()
      .sort()
      .flatMap(id => named(id, 'administrator'))
  const all = [...(state.rooms.get(room)?.roles ?? [])].flatMap(([id, role]) => named(id, role))
  return all.sort((a, b) => RANKS.indexOf(a.role) - RANKS.indexOf(b.role) || (a.name < b.name ? -1 : 1))
}

const RANKS: readonly ListedRole['role'][] = ['administrator', 'founder', 'operator', 'voice']

function modes(state: State, room: string | null): readonly ListedMode[] {
  const on = room === null ? rulesOf(state, null).modes : (state.rooms.get(room)?.modes ?? {})
  const until = endOf(state, modeKey(room))
  return Object.entries(on).map(([mode, value]) => ({
    ...{ mode: mode as Mode, value: value as ModeValue, until: mode === 'lockdown' ? until : null },
  }))
}

function ignored(asking: QueryContext): readonly { readonly id: string; readonly name: string }[] {
  const member = memberOf(asking.state, asking)
  const all = member ? [...ignoredBy(asking.state, member.id)] : []
  return all.map(([id, name]) => ({ id, name: knownName(asking.state, id) ?? name }))
}
