/** Acts of a member apart from any one room: rename, be away, send a direct message, delete, quit, be kicked. */
import type { Event } from '../../model/event.ts'
import type { InputOf, SessionId, Target } from '../../model/input.ts'
import { HOST_NAME } from '../../model/name/standing.ts'
import type { Member, State } from '../../model/state.ts'
import { acted, staffOf } from '../keeping/log.ts'
import { ignoredBy } from '../keeping/messages/ignoring.ts'
import { mutedAnywhere, noteFault, readIn, reasonBy, reasonOf, tellingFault } from '../keeping/messages/writing.ts'
import { knownName, refuseFor, refuseRole } from '../keeping/refusals.ts'
import { endsLapsed, lapsedAs, removes, throwsOut } from '../keeping/sanctions/removing.ts'
import { isBannedName } from '../keeping/sanctions/under.ts'
import { unneededPieces } from '../lives/growing.ts'
import { isHost, may } from '../may.ts'
import { dropsEdit, editOf } from '../messages/editing.ts'
import { attachingFault, unstores } from '../messages/files.ts'
import { endsWithMessage } from '../questions/open.ts'
import { type Exit, exit } from './leaving.ts'
import {
  accountMark,
  authorIdOf,
  authorOf,
  holderOf,
  keeperOf,
  lapsedOf,
  memberOf,
  roomsOf,
  sessionsOf,
  targetId,
} from './lookup.ts'
import { refuse, refuseTaken } from './refuse.ts'
import { attachedOf } from './room.ts'

export function decideNick(state: State, input: InputOf<'nick'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!member) return refuse(input, 'not-entered')
  const from = member.name.text
  if (from === input.name.text) return []
  const holder = holderOf(state, input.name, member.id)
  if (holder) return refuseTaken(state, input, input.name, holder)
  const muted = mutedAnywhere(state, member)
  if (muted) return refuseFor(input, muted)
  const filtered = noteFault(state, input.session, readIn(member), input.filters)
  if (filtered) return refuse(input, 'name-filtered', filtered.detail)
  if (isBannedName(state, readIn(member), input.name)) return refuse(input, 'name-banned', input.name.text)
  return [
    {
      type: 'renamed',
      from,
      to: input.name.text,
      member: member.id,
      name: input.name,
      rooms: roomsOf(member),
      ...(input.filters && { filters: input.filters }),
    },
  ]
}

export function decideAway(state: State, input: InputOf<'away'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!member) return refuse(input, 'not-entered')
  if (member.away === input.note) return []
  const unfit =
    input.note === null
      ? null
      : (mutedAnywhere(state, member) ?? noteFault(state, input.session, readIn(member), input.filters))
  if (unfit) return refuseFor(input, unfit)
  const found = input.filters ? { filters: input.filters } : {}
  return [
    { type: 'away', name: member.name.text, note: input.note, member: member.id, rooms: roomsOf(member), ...found },
  ]
}

/** A direct message to an account that isn't here waits in its history. */
export function decideTell(state: State, input: InputOf<'tell'>): readonly Event[] {
  const member = memberOf(state, input)
  const to = findRecipient(state, input.to)
  if (!to) return refuse(input, isGone(state, input.to) ? 'member-gone' : 'member-unknown', input.to.text)
  const unfit = (member && tellingFault(state, member, input)) ?? attachingFault(state, input.session, input.files)
  if (unfit) return refuseFor(input, unfit)
  if (member && ignoredBy(state, to.id).has(member.id)) return refuse(input, 'not-accepted', to.name.text)
  const sessions = [...(member?.sessions ?? []), ...sessionsOf(state, to.id)]
  return [
    {
      type: 'told',
      from: authorOf(member),
      to: to.name.text,
      action: input.action,
      sessions: [...new Set(sessions)].sort(),
      author: authorIdOf(member),
      other: to.id,
      ...(member ? accountMark(state, member.id) : {}),
      ...attachedOf(input),
    },
  ]
}

function findRecipient(state: State, target: Target): Pick<Member, 'id' | 'name'> | undefined {
  if (state.format < 4) return find(state, target)
  const id = targetId(state, target)
  return id === undefined ? undefined : (state.accounts.get(id) ?? state.members.get(id))
}

/** The target was a guest that is not here now. It may come back. */
function isGone(state: State, { id, key }: Target): boolean {
  if (state.format < 4) return false
  return id !== undefined || lapsedAs(state, [key]).length > 0
}

/** Ingress, which can read the history, has checked the right to delete. To delete a message twice is harmless. */
export function decideDelete(state: State, input: InputOf<'delete'>): readonly Event[] {
  const { room, target, members, everyone, bulk, author } = input
  const sessions = members.flatMap(id => state.members.get(id)?.sessions.toArray() ?? [])
  const keeper = keeperOf(state, input)
  const all = [...new Set(sessions)].sort()
  const deleted: Event = {
    ...{ type: 'deleted', room, target, by: keeper.name, ...(bulk && { bulk }) },
    ...{ sessions: all, everyone },
  }
  const edit = editOf(state, target)
  const left =
    state.format < 8
      ? []
      : [
          ...(edit ? dropsEdit(state, edit) : []),
          ...unstores(state, target),
          ...endsWithMessage(state, target),
          ...unneededPieces(state, input),
        ]
  const isOthers = author !== undefined && room !== null && !bulk && author !== keeper.id
  if (state.format < 7 || !isOthers) return [...left, deleted]
  const act = { act: 'delete', room, who: knownName(state, author) ?? null, whoId: author, value: `${target}` } as const
  // The event for all comes last: a reader's place moves on with the last event of an input.
  return [...left, acted(state, input, act, staffOf(state, room)), deleted]
}

export function decideKick(state: State, input: InputOf<'kick'>): readonly Event[] {
  if (state.format >= 7) return kick(state, input)
  if (!isHost(input.session)) return refuse(input, 'host-only')
  const member = find(state, input.who)
  if (!member) return expel(state, input)
  const detail = input.reason === null ? HOST_NAME : `${HOST_NAME}: ${input.reason}`
  const lapsed = state.format < 4 ? [] : lapsedOf(state, member.id)
  const how: Exit = { cause: 'kicked', by: HOST_NAME, reason: input.reason }
  return [...lapsed.map(expelled), ...exit(member, how, 'kicked', detail)]
}

/** From a room, or from the server with all sessions, lapsed ones too. */
function kick(state: State, asked: InputOf<'kick'>): readonly Event[] {
  const { who, room = null } = asked
  const reason = reasonBy(state, asked, room)
  const input = { ...asked, reason }
  const target = targetId(state, who)
  if (!may(state, input.session, 'kick', { room, target })) return refuseRole(state, input, 'kick', room)
  const member = state.members.get(target ?? '')
  const by = keeperOf(state, input).name
  const whom = { who: member?.name.text ?? who.text, whoId: target ?? null }
  const act = acted(state, input, { act: 'kick', room, reason, ...whom }, room === null ? staffOf(state, room) : 'room')
  if (room !== null) {
    const removed = member ? removes(state, input, member, room) : []
    return removed.length === 0 ? refuse(input, 'member-unknown', who.text) : [act, ...removed]
  }
  const sessions = target === undefined ? lapsedAs(state, [who.key]) : lapsedOf(state, target)
  const lapsed = sessions.map(session => endsLapsed(session, 'kicked', by))
  if (!member) return lapsed.length === 0 ? refuse(input, 'member-unknown', who.text) : [...lapsed, act]
  return [...lapsed, act, ...throwsOut(member, by, reason, 'kicked')]
}

/** Nobody sees a lapsed session, but it could return by its token. */
function expel(state: State, input: InputOf<'kick'>): readonly Event[] {
  const { key, text } = input.who
  const id = state.format < 4 ? undefined : targetId(state, input.who)
  const sessions = state.format < 2 ? [] : id === undefined ? lapsedAs(state, [key]) : lapsedOf(state, id)
  if (sessions.length === 0) return refuse(input, 'member-unknown', text)
  return sessions.map(expelled)
}

const expelled = (session: SessionId): Event => endsLapsed(session, 'kicked')

/** A goodbye ends one session. The member exits with its last one. */
export function decideQuit(state: State, input: InputOf<'quit'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!member) return refuse(input, 'not-entered')
  if (member.sessions.size > 1) return [{ type: 'ended', session: input.session, code: 'bye', detail: '' }]
  return exit(member, { cause: 'quit', by: null, reason: reasonOf(state, input, readIn(member)) }, 'bye', '')
}

function find(state: State, target: Target): Member | undefined {
  const id = state.format < 4 ? state.names.get(target.key) : targetId(state, target)
  return id === undefined ? undefined : state.members.get(id)
}
