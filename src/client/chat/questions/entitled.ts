/** Whether a member may answer a question, as far as a client knows. The server decides. Pure. */
import { toText } from '../../../codec/question-sentence.ts'
import { isAbove } from '../../../model/keeping/roles.ts'
import { type Entitled, lowestAsked } from '../../../model/question.ts'
import type { View } from '../../session/view.ts'
import { mayDo, ownRole } from '../people/roles.ts'
import type { Question } from './question.ts'

/** Why this member can't answer, to be shown beside the choices; null: it can. */
export function whyNot(view: View, { to, room }: Question): string | null {
  if (!view.rooms.has(room)) return `Only members of #${room} can answer`
  return to === undefined || isEntitled(view, room, to) ? null : `Only ${toText(to)} can answer`
}

function isEntitled(view: View, room: string, to: Entitled): boolean {
  if ('id' in to) return to.id === view.member
  return to.role === 'account' ? view.account : !isAbove(lowestAsked(to.role), ownRole(view, room))
}

/** Whether this member may close it: the asker, or a keeper of the room. */
export const mayClose = (view: View, { from, id, room, result }: Question): boolean =>
  result === null && (id === view.member || mayDo(view, 'close', room, { name: from, id }))
