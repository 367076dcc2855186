/** Whether somebody may change a message that was sent before: edit it, or react to it. */
import type { InputOf } from '../../model/input.ts'
import type { State } from '../../model/state.ts'
import { ignoredBy } from '../keeping/messages/ignoring.ts'
import { directlyFault, writingFault } from '../keeping/messages/writing.ts'
import { type Fault, fault, knownName } from '../keeping/refusals.ts'
import { isHost, may, seesRoom } from '../may.ts'
import { memberOf } from '../rules/lookup.ts'

type Changing = InputOf<'edit' | 'react'>

/** The waits between messages don't hold for changes, and neither does the wait of somebody new. */
const WAITS: ReadonlySet<Fault['code']> = new Set(['slowed', 'too-new'])

export function changingFault(state: State, input: Changing): Fault | null {
  return input.room === null ? directFault(state, input) : roomFault(state, input, input.room)
}

function roomFault(state: State, { session }: Changing, room: string): Fault | null {
  if (!seesRoom(state, session, room)) return fault('room-unknown', room)
  if (!may(state, session, 'write', { room })) return fault('not-in-room', room)
  const member = memberOf(state, { session })
  const unfit = isHost(session) ? null : writingFault(state, session, member?.id ?? session, room)
  return unfit && !WAITS.has(unfit.code) ? unfit : null
}

/** Only the two parties know of a direct message. One that ignores the other hears nothing of it. */
function directFault(state: State, { session, members, target }: Changing): Fault | null {
  const member = memberOf(state, { session })
  const id = member?.id ?? session
  if (!members.includes(id)) return fault('message-unknown', `${target}`)
  const unfit = member && directlyFault(state, id)
  if (unfit) return unfit
  const other = members.find(one => one !== id)
  const isIgnored = other !== undefined && ignoredBy(state, other).has(id)
  return isIgnored ? fault('not-accepted', knownName(state, other) ?? '') : null
}
