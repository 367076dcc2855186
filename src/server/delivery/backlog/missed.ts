/**
 * The frames that a session has missed, made anew from kept steps when it comes from another server: the same bytes, in
 * the same order, as its rings and its lane would have given (docs/spec.md, D5). Encoding is pure, so any server can.
 */
import type { Encoding, Outgoing } from '../../../codec/codec.ts'
import type { MemberId, SessionId } from '../../../model/input.ts'
import type { Member } from '../../../model/state.ts'
import type { PublicStepEvent, SessionStepEvent, Step, StepEvent } from '../../../model/step.ts'
import { audience } from '../../../reducer/audience.ts'
import { memberOf, nameOf } from '../../../reducer/rules/lookup.ts'
import { framesFor, sharedFrames } from '../frames.ts'
import { ignoredOf, outcomeOf, readElsewhere, turnedOf } from '../private.ts'
import { concat, type Frame } from '../reading/ring.ts'
import type { ReadPositions } from './reads.ts'

/**
 * Whether these steps are enough. A room that the session joined meanwhile came with a past that nobody can give again
 * as it was. Nor has a step of this server's start a text that was erased before it. If the session resumed meanwhile,
 * that may have been over a gap, and its client may have had the welcome, but not the rooms behind it: unless the client
 * says that it is `whole`. While a session had lapsed, nothing was for it.
 */
export const canRepeat = (steps: readonly Step[], session: SessionId, whole: boolean): boolean =>
  steps.every(({ events, text }) =>
    events.every(({ event, after }) => {
      switch (event.type) {
        case 'said':
        case 'told':
        case 'held':
          return text !== null
        case 'joined':
          return event.member !== memberOf(after, { session })?.id
        case 'resumed':
          return whole || event.session !== session
        case 'welcomed':
        case 'returned':
          return event.session !== session
        default:
          return true
      }
    }),
  )

/** A part a step. It is made only when it is taken. */
export function* missed(
  steps: readonly Step[],
  session: SessionId,
  encoding: Encoding,
  reads: ReadPositions,
): Generator<Uint8Array> {
  for (const step of steps) {
    const frames = framesOf(step, session, encoding, reads)
    if (frames.length > 0) yield concat(frames.map(({ bytes }) => bytes))
  }
}

const framesOf = (step: Step, session: SessionId, encoding: Encoding, reads: ReadPositions): readonly Frame[] =>
  step.events.flatMap((one, k) => framesOfEvent(step, one, k, session, encoding, reads))

function framesOfEvent(
  step: Step,
  one: StepEvent,
  k: number,
  session: SessionId,
  encoding: Encoding,
  reads: ReadPositions,
): readonly Frame[] {
  switch (one.kind) {
    case 'public':
      return isFor(one, session) ? published(step, one, k, encoding) : []
    case 'session': {
      const recipient = { name: nameOf(step.after, session) }
      const told = toldOf(step, one, session, reads)
      return told.flatMap(outgoing => framesFor(recipient, encoding, outgoing, { seq: step.seq, k }))
    }
    case 'ledger':
      return []
  }
}

function published(step: Step, { event, i, last }: PublicStepEvent, k: number, encoding: Encoding): readonly Frame[] {
  const { seq, at, text, names } = step
  return sharedFrames(encoding, { type: 'event', seq, at, i, last, event, text, names }, { seq, k }, null)
}

function isFor({ event, before }: PublicStepEvent, session: SessionId): boolean {
  const to = audience(event)
  if (to.to === 'sessions') return to.sessions.includes(session)
  const member = memberOf(before, { session })
  if (!member) return false
  return to.to === 'everyone' || to.member === member.id || isInOne(member, to.rooms)
}

const ignoringMember = ({ after }: Step, session: SessionId): MemberId | undefined => memberOf(after, { session })?.id

const isInOne = ({ rooms }: Member, some: readonly string[]): boolean => some.some(room => rooms.has(room))

/** The private frames of this event, as the session got them at its former server. */
function toldOf(
  step: Step,
  { event, before }: SessionStepEvent,
  session: SessionId,
  reads: ReadPositions,
): readonly Outgoing[] {
  switch (event.type) {
    case 'done':
    case 'repeated':
      return event.session === session ? [outcomeOf(step, event, before)] : []
    case 'rejected': {
      const isOwn = event.session === session && before.sessions.get(session)?.origin === step.origin
      return isOwn ? [outcomeOf(step, event, before)] : []
    }
    case 'read': {
      const isOther = event.session !== session && memberOf(step.after, { session })?.id === event.member
      return isOther ? event.reads.flatMap(read => readElsewhere(step, event.member, read, reads) ?? []) : []
    }
    case 'ignored':
      return ignoringMember(step, session) === event.member ? [ignoredOf(step, event)] : []
    case 'turned':
      return event.session === session ? [turnedOf(step, event)] : []
    case 'matched':
    case 'welcomed':
    case 'resumed':
    case 'returned':
    case 'detached':
    case 'lapsed':
    case 'ended':
      return []
  }
}
