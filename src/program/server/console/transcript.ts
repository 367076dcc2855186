/** The events as the host reads them, in the words of the original's transcript. */
import { STAR, sentence, type TimeOfDay } from '../../../codec/sentence.ts'
import { refusalText } from '../../../codec/taken.ts'
import { USERS_LISTED_MAX } from '../../../model/limits.ts'
import { HOST_NAME, LOBBY } from '../../../model/name/standing.ts'
import type { State } from '../../../model/state.ts'
import { isPublic } from '../../../reducer/audience.ts'
import { after, type Step, type StepEvent } from '../../../reducer/step.ts'
import { holderIn } from '../../../server/delivery/private.ts'

/** `USERS: [Host,alice,bob]`: everyone on the server. */
export function userList(state: State): string {
  const names = [...state.members.values()].map(member => member.name.text).sort()
  return `USERS: [${[HOST_NAME, ...names].join(',')}]`
}

/**
 * The list after each change, as in the original. On a large server only the number, because the lists would hide
 * everything else.
 */
const usersNow = (state: State): string =>
  state.members.size <= USERS_LISTED_MAX ? userList(state) : `USERS: ${state.members.size + 1}. LIST_USERS lists them.`

/**
 * The lines that a step adds. The host doesn't see direct messages. On a terminal (`drawn`), events are separated by
 * blank lines, and the host's own messages are left out, because they were typed there. `isOwn`: the input was typed
 * here, so its refusal is for this host.
 */
export function transcript(step: Step, timeOfDay: TimeOfDay, drawn: boolean, isOwn: boolean): readonly string[] {
  const lines = step.events.flatMap(placed => linesOf(step, placed, timeOfDay, drawn, isOwn))
  if (!changesUsers(step)) return lines
  return [...lines, ...(drawn ? [''] : []), usersNow(after(step))]
}

function linesOf(
  step: Step,
  { event }: StepEvent,
  timeOfDay: TimeOfDay,
  drawn: boolean,
  isOwn: boolean,
): readonly string[] {
  if (event.type === 'rejected') return isOwn ? [refusal(step, event, timeOfDay)] : []
  const lapsed = event.type === 'ended' ? step.states[0]?.lapsed.get(event.session) : undefined
  if (lapsed) return [`${lapsed.name.text} was away already, and cannot resume that session any more.`]
  if (event.type === 'forwarded' && event.paused) {
    return [`HOOK ${event.hook} is paused. HOOK LIST says why, HOOK RESUME ${event.hook} tries again.`]
  }
  if (!isPublic(event) || event.type === 'told') return []
  if (event.type !== 'said') return [...(drawn ? [''] : []), `${STAR} ${sentence(event)}`]
  if (drawn && isOwn) return []
  const room = event.room === LOBBY ? '' : `#${event.room} `
  const author = event.action ? `* ${event.from}` : `${event.from} >`
  return (step.text ?? '').split('\n').map(line => `[${timeOfDay(step.at)}] ${room}${author} ${line}`)
}

const changesUsers = (step: Step): boolean =>
  step.events.some(({ event }) => event.type === 'welcomed' || event.type === 'quit' || event.type === 'renamed')

function refusal(step: Step, event: Extract<StepEvent['event'], { type: 'rejected' }>, timeOfDay: TimeOfDay): string {
  const holder = event.holder === undefined ? undefined : holderIn(after(step), event.holder)
  return refusalText({ code: event.code, detail: event.detail, holder }, timeOfDay)
}
