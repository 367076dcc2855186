/** Whether a session may know how far a cursor is behind: that tells when messages were sent, and how many. */
import type { SessionId } from '../../model/input.ts'
import type { Cursor } from '../../model/state/cursor.ts'
import type { State } from '../../model/state.ts'
import { joiningFault } from '../keeping/rooms/modes.ts'
import { subjectOf } from '../keeping/sanctions/under.ts'
import { may } from '../may.ts'
import { memberOf } from '../rules/lookup.ts'

/** Members who may read the room, or could join it now without a key, and keepers of cursors (docs/spec.md, CU6). */
export function seesLag(state: State, session: SessionId, { room }: Pick<Cursor, 'room'>): boolean {
  if (may(state, session, 'keep-cursors') || may(state, session, 'read', { room })) return true
  const member = memberOf(state, { session })
  if (!member) return false
  const joining = { subject: subjectOf(state, member.id), account: state.accounts.has(member.id) }
  return joiningFault(state, room, joining) === null
}
