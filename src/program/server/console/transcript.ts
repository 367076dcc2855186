/** The events as the host reads them, in the words of the original's transcript. */

import { askNote } from '../../../codec/question-sentence.ts'
import { refusalText } from '../../../codec/refusal.ts'
import { editedLines, pathAlone, saidLines, whole } from '../../../codec/said-lines.ts'
import { heldText, isSaidByAnother, STAR, sentence, type TimeOfDay } from '../../../codec/sentence.ts'
import type { EventOf, PublicEvent } from '../../../model/event.ts'
import { USERS_LISTED_MAX } from '../../../model/limits.ts'
import { namedFiles } from '../../../model/message/stored-text.ts'
import { HOST_NAME, LOBBY } from '../../../model/name/standing.ts'
import type { State } from '../../../model/state.ts'
import type { PublicStepEvent, SessionStepEvent, Step, StepEvent } from '../../../model/step.ts'
import { holderIn } from '../../../server/delivery/private.ts'

/** `USERS: [Host,alice,bob]`: everyone on the server. */
export function userList(state: State): string {
  const names = [...state.members.values()].map(member => member.name.text).sort()
  return `USERS: [${[HOST_NAME, ...names].join(',')}]`
}

/**
 * The list after a change, as in the original. On a large server only the number, because the lists would hide
 * everything else.
 */
export const usersNow = (state: State): string =>
  state.members.size <= USERS_LISTED_MAX ? userList(state) : `USERS: ${state.members.size + 1}. LIST_USERS lists them.`

/**
 * The lines that a step adds. The host doesn't see direct messages. On a terminal (`drawn`), events are separated by
 * blank lines, and the host's own messages are left out, because they were typed there. `isOwn`: the input was typed
 * here, so its refusal is for this host.
 */
export function transcript(step: Step, timeOfDay: TimeOfDay, drawn: boolean, isOwn: boolean): readonly string[] {
  const [only] = step.events
  if (only?.event.type === 'said' && step.events.length === 1) return linesOf(step, only, timeOfDay, drawn, isOwn)
  return step.events.flatMap(one => linesOf(step, one, timeOfDay, drawn, isOwn))
}

function linesOf(step: Step, one: StepEvent, timeOfDay: TimeOfDay, drawn: boolean, isOwn: boolean): readonly string[] {
  switch (one.kind) {
    case 'public':
      return drawn && isOwn && one.event.type === 'said' ? [] : publicLines(step, one, timeOfDay, drawn)
    case 'session':
      return sessionLines(step, one, timeOfDay, isOwn)
    case 'ledger': {
      const { event } = one
      if (event.type !== 'forwarded' || !event.paused) return []
      return [`HOOK ${event.hook} is paused. HOOK LIST shows why, HOOK RESUME ${event.hook} tries again.`]
    }
  }
}

function sessionLines(
  step: Step,
  { event }: SessionStepEvent,
  timeOfDay: TimeOfDay,
  isOwn: boolean,
): readonly string[] {
  if (event.type === 'rejected') return isOwn ? [refusal(step, event, timeOfDay)] : []
  const lapsed = event.type === 'ended' ? step.before.lapsed.get(event.session) : undefined
  return lapsed ? [`${lapsed.name.text} was already away, and can no longer resume that session.`] : []
}

function publicLines(step: Step, { event }: PublicStepEvent, timeOfDay: TimeOfDay, drawn: boolean): readonly string[] {
  if (event.type === 'told' || isSaidByAnother(event) || isDirect(event)) return []
  if (event.type === 'held') return heldText(event, step.seq, step.text ?? '').split('\n')
  const time = `[${timeOfDay(step.at)}] `
  const text = step.text ?? ''
  if (event.type === 'edited') return editedLines(event, text).map(line => time + whole(line))
  if (event.type !== 'said') return [...(drawn ? [''] : []), `${STAR} ${sentence(event, step.at)}`]
  const where = event.room === LOBBY ? null : event.room
  const files = namedFiles(event.files ?? [], step.names ?? [])
  const asks = event.ask && askNote(step.seq, event.ask)
  return saidLines({ ...event, where, alone: null, text, files, asks }, pathAlone).map(line => time + whole(line))
}

/** The host doesn't see changes of direct messages either. */
export const isDirect = (event: PublicEvent): boolean =>
  (event.type === 'edited' || event.type === 'reacted') && event.room === null

/** Whether the list of users is another one after the step. */
export const changesUsers = ({ events }: Step): boolean =>
  events.some(({ event }) => event.type === 'welcomed' || event.type === 'quit' || event.type === 'renamed')

function refusal(step: Step, event: EventOf<'rejected'>, timeOfDay: TimeOfDay): string {
  const holder = event.holder === undefined ? undefined : holderIn(step.after, event.holder)
  return refusalText({ code: event.code, detail: event.detail, holder }, timeOfDay)
}
