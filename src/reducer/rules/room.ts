/** Acts in a room: joining, parting, topics and messages. */
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf } from '../../model/input.ts'
import { ROOMS_MAX, ROOMS_PER_MEMBER } from '../../model/limits.ts'
import type { Member, State } from '../../model/state.ts'
import { acted, staffOf } from '../keeping/log.ts'
import { holds } from '../keeping/messages/holding.ts'
import { filterOn, mutedFault, namedFault, noteFault, reasonOf, writingFault } from '../keeping/messages/writing.ts'
import { rulesOf } from '../keeping/places.ts'
import { fault, refuseFor, refuseRole } from '../keeping/refusals.ts'
import { joiningFault } from '../keeping/rooms/modes.ts'
import { subjectOf } from '../keeping/sanctions/under.ts'
import { liveMark, livesFault } from '../lives/growing.ts'
import { may, seesRoom } from '../may.ts'
import { attachingFault } from '../messages/files.ts'
import { answersBySaying } from '../questions/answering.ts'
import { askedBefore, askedIn, askFault, askIn, endsRound } from '../questions/asking.ts'
import { joins } from './founding.ts'
import { accountMark, authorIdOf, authorOf, memberOf, sessionsOf } from './lookup.ts'
import { refuse } from './refuse.ts'

export function decideJoin(state: State, input: InputOf<'join'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!member) return refuse(input, 'not-entered')
  if (member.rooms.has(input.room)) return []
  if (member.rooms.size >= ROOMS_PER_MEMBER) return refuse(input, 'too-many-rooms', `${member.rooms.size}`)
  if (!state.rooms.has(input.room) && state.rooms.size >= ROOMS_MAX) return refuse(input, 'rooms-full', `${ROOMS_MAX}`)
  const joining = { subject: subjectOf(state, member.id), account: state.accounts.has(member.id), key: input.key }
  const unfit = joiningFault(state, input.room, joining)
  if (unfit) return refuseFor(input, unfit)
  if (namedFault(state, input.session, input.room, both(member.named, input.filters)))
    return refuse(input, 'name-filtered', `#${input.room}`)
  return joins(state, { id: member.id, name: member.name.text, away: noteShown(state, member, input) }, [input.room])
}

/**
 * The filters that matched when it took the name or the note, and when it joined: the second match doesn't know a
 * change just before.
 */
const both = (before: readonly number[] = [], now: readonly number[] = []): readonly number[] => [...before, ...now]

/** The away note, as far as the room may read it. */
function noteShown(state: State, member: Member, { session, room, noted }: InputOf<'join'>): string | null {
  const { id, away } = member
  if (away === null || state.format < 7) return away
  return mutedFault(state, id, room) || noteFault(state, session, [room], both(member.noted, noted)) ? null : away
}

export function decidePart(state: State, input: InputOf<'part'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!member?.rooms.has(input.room)) return refuse(input, 'not-in-room', input.room)
  const reason = reasonOf(state, input, [input.room])
  return [{ type: 'parted', room: input.room, name: member.name.text, reason, member: member.id }]
}

export function decideTopic(state: State, input: InputOf<'topic'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!seesRoom(state, input.session, input.room)) return refuse(input, 'room-unknown', input.room)
  if (!may(state, input.session, 'topic', input)) return refuse(input, 'not-in-room', input.room)
  const unfit = state.format < 7 ? null : topicFault(state, member, input)
  if (unfit) return unfit
  return [{ type: 'topic', room: input.room, topic: input.topic, by: authorOf(member) }]
}

/** The waits between messages don't hold for topics. */
function topicFault(state: State, member: Member | undefined, input: InputOf<'topic'>): readonly Event[] | null {
  const { room, session } = input
  if (state.rooms.get(room)?.modes['topic-protected'] && !may(state, session, 'keep-topic', { room })) {
    return refuseRole(state, input, 'keep-topic', room)
  }
  const written = member && writingFault(state, session, member.id, room)
  const unfit = written && written.code !== 'slowed' ? written : noteFault(state, session, [room], input.filters)
  return unfit && refuseFor(input, unfit)
}

/** The host is in no room, but may speak in every room. Its messages in the lobby reach everyone. */
export function decideSay(state: State, input: InputOf<'say'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!seesRoom(state, input.session, input.room)) return refuse(input, 'room-unknown', input.room)
  if (!may(state, input.session, 'write', input)) return refuse(input, 'not-in-room', input.room)
  const ask = askIn(state, input)
  const known = ask && askedBefore(state, ask)
  if (known) return known.print === ask.key?.print ? [] : refuse(input, 'key-reused')
  const muted = member ? writingFault(state, input.session, member.id, input.room) : null
  const unfit =
    muted ??
    attachingFault(state, input.session, input.files) ??
    (ask && askFault(state, input, ask)) ??
    (input.live ? livesFault(state, authorIdOf(member), input.room) : null)
  if (unfit) return refuseFor(input, unfit)
  const said: EventOf<'said'> = {
    type: 'said',
    room: input.room,
    from: authorOf(member),
    action: input.action,
    everyone: may(state, input.session, 'reach-everyone', input),
    author: authorIdOf(member),
    ...(member ? accountMark(state, member.id) : {}),
    ...mentionsOf(input),
    ...attachedOf(input),
    ...(ask && askedIn(state, ask)),
    ...liveMark(state, input),
  }
  return says(state, input, said)
}

/** The events of a message: a round of buzzing ends before the next one, and an answer follows its text. */
export function says(state: State, input: InputOf<'say' | 'post'>, said: EventOf<'said'>): readonly Event[] {
  const events = input.filters === undefined ? [said] : saysFiltered(state, input, said)
  if (!events.includes(said)) return events
  const ask = askIn(state, input)
  return ask ? [...endsRound(state, input.room, ask), ...events] : [...events, ...answersBySaying(state, input)]
}

/**
 * A word filter's verdict on a message. A program with a token isn't there to wait for a keeper, and neither is live output.
 * The event for all comes last: a reader's place moves on with the last event of an input.
 */
function saysFiltered(state: State, input: InputOf<'say' | 'post'>, said: EventOf<'said'>): readonly Event[] {
  const { room, author, from } = said
  const filter = filterOn(state, input.session, room, input.filters)
  if (!filter) return [said]
  const act = { room, who: from, whoId: author, rule: filter.id } as const
  const to = [...new Set([...staffOf(state, room), ...sessionsOf(state, author)])].sort()
  if (filter.action === 'warn') return [acted(state, null, { act: 'warn', ...act }, to), said]
  if (filter.action === 'refuse' || input.type === 'post' || input.live)
    return refuseFor(input, fault('filtered', placeOf(state, room, filter.id)))
  const { type: _, everyone: __, ...message } = said
  return holds(state, message, filter) ?? refuse(input, 'held-full', room)
}

const placeOf = (state: State, room: string, filter: number): string =>
  rulesOf(state, room).filters.has(filter) ? `#${room}` : 'this server'

/** The message that this one answers, and its files. */
export const attachedOf = ({
  reply,
  files,
}: Pick<InputOf<'say'>, 'reply' | 'files'>): Pick<InputOf<'say'>, 'reply' | 'files'> => ({
  ...(reply !== undefined && { reply }),
  ...(files?.length && { files }),
})

/** Ingress has resolved the names in the text. */
export const mentionsOf = ({ mentions }: Pick<InputOf<'say'>, 'mentions'>): Pick<InputOf<'say'>, 'mentions'> =>
  mentions && mentions.length > 0 ? { mentions } : {}
