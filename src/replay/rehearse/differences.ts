/** The events of an input with and without a rule: the messages, and the acts that the rule stops. */
import type { EventOf, RoutedEvent } from '../../model/event.ts'
import type { Sample, Stoppable, Verdict } from '../../model/keeping/trial.ts'
import type { Step, StepEvent } from '../../model/step.ts'
import { authorIdOf, memberOf } from '../../reducer/rules/lookup.ts'

/** A message that was sent, or something that the rule stops. `verdict` null: nothing becomes of the message. */
export type Difference = Omit<Sample, 'verdict'> & { readonly verdict: Verdict | null }

/** `room` null: in every room. Direct messages aren't looked into. */
export function* differences(was: Step, would: Step, room: string | null): Generator<Difference> {
  for (const one of was.events) {
    if (one.kind !== 'public' || !isWithin(one.event, room)) continue
    const found = lookedAt(was, one.event)
    if (!found) continue
    const verdict = verdictOn(one.event, was, would)
    if (verdict !== null || found.what === 'message') yield { seq: was.seq, at: was.at, ...found, verdict }
  }
}

function isWithin(event: RoutedEvent, room: string | null): boolean {
  if (room === null) return true
  if ('rooms' in event) return event.rooms.includes(room)
  return 'room' in event && event.room === room
}

type LookedAt = Pick<Sample, 'what' | 'room' | 'from' | 'id' | 'text'>

/** Null: no rule stops it, or it's a direct message. */
function lookedAt(was: Step, event: RoutedEvent): LookedAt | null {
  switch (event.type) {
    case 'said':
      return { what: 'message', room: event.room, from: event.from, id: event.author, text: was.text }
    case 'joined':
      return { what: 'join', room: event.room, from: event.name, id: event.member, text: null }
    case 'topic':
      return { what: 'topic', room: event.room, from: event.by, id: actor(was), text: event.topic }
    case 'renamed':
      return { what: 'name', room: null, from: event.from, id: event.member, text: event.to }
    case 'away':
      return noted(event, null, event.note)
    case 'parted':
      return noted(event, event.room, event.reason)
    case 'quit':
      return noted(event, null, event.reason)
    default:
      return null
  }
}

const noted = (
  { name, member }: { readonly name: string; readonly member: string },
  room: string | null,
  text: string | null,
): LookedAt | null => (text === null ? null : { what: 'note' satisfies Stoppable, room, from: name, id: member, text })

const actor = ({ before, session }: Step): string => authorIdOf(memberOf(before, { session }))

/** Null: the same becomes of it. */
function verdictOn(event: RoutedEvent, was: Step, would: Step): Verdict | null {
  switch (event.type) {
    case 'said':
      return verdictOnMessage(event, was, would)
    case 'joined':
      return refusedUnless(would, other => other.type === 'joined' && other.room === event.room && isOf(event, other))
    case 'topic':
      return refusedUnless(would, other => other.type === 'topic' && other.room === event.room)
    case 'renamed':
      return refusedUnless(would, other => other.type === 'renamed' && isOf(event, other))
    case 'away':
      return refusedUnless(would, other => other.type === 'away' && isOf(event, other) && other.note === event.note)
    // The member leaves anyway, but without the reason.
    case 'parted':
    case 'quit':
      return would.events.some(
        ({ event: other }) => other.type === event.type && isOf(event, other) && other.reason === null,
      )
        ? 'refused'
        : null
    default:
      return null
  }
}

const isOf = (event: { readonly member: string }, other: { readonly member: string }): boolean =>
  event.member === other.member

const refusedUnless = ({ events }: Step, same: (event: StepEvent['event']) => boolean): Verdict | null =>
  events.some(({ event }) => same(event)) ? null : 'refused'

function verdictOnMessage({ room, author }: EventOf<'said'>, was: Step, would: Step): Verdict | null {
  const isTo =
    (type: 'said' | 'held') =>
    ({ event }: StepEvent) =>
      event.type === type && event.room === room && event.author === author
  if (would.events.some(isTo('held'))) return 'held'
  if (!would.events.some(isTo('said'))) return 'refused'
  return warnings(would) > warnings(was) ? 'warned' : null
}

const warnings = ({ events }: Step): number =>
  events.filter(({ event }) => event.type === 'moderated' && event.act === 'warn').length
