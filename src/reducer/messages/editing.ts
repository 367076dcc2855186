/**
 * Edits. The new text is stored first, and shown to nobody. A server then erases the text before, and reports it with
 * `show-edit`: only then others see the edit, and its author has the result (docs/spec.md, Y11).
 */
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf } from '../../model/input.ts'
import { EDITS_MAX } from '../../model/limits.ts'
import type { Edit } from '../../model/state/edits.ts'
import type { State } from '../../model/state.ts'
import { acted, staffOf } from '../keeping/log.ts'
import { filterOn, noteFault } from '../keeping/messages/writing.ts'
import { refuseFor } from '../keeping/refusals.ts'
import { may } from '../may.ts'
import { isQuestion } from '../questions/open.ts'
import { accountMark, keeperOf, sessionsOf } from '../rules/lookup.ts'
import { refuse } from '../rules/refuse.ts'
import { changingFault } from './changing.ts'

export function decideEdit(state: State, input: InputOf<'edit'>): readonly Event[] {
  const { target, room, author, session } = input
  if (!may(state, session, 'edit', { author })) return refuse(input, 'not-yours', `${target}`)
  const unfit = changingFault(state, input) ?? noteFault(state, session, [room], input.filters)
  if (unfit) return refuseFor(input, unfit)
  if (isQuestion(state, target)) return refuse(input, 'question-edit', `${target}`)
  if (state.edits.size >= EDITS_MAX || editOf(state, target)) return refuse(input, 'edit-under-way')
  const { members, everyone, mentions, origin, n } = input
  const edit = { target, room, members, everyone, author, ...(mentions?.length && { mentions }), origin, session, n }
  return [...warned(state, input), { type: 'editing', ...edit }]
}

/** The edit of a message that isn't shown yet. */
export const editOf = (state: State, target: number): Edit | undefined =>
  state.edits.isEmpty() ? undefined : state.edits.find(one => one.target === target)

/** A filter that only warns lets the edit pass. */
function warned(state: State, { session, room, author, filters }: InputOf<'edit'>): readonly Event[] {
  const filter = room === null ? null : filterOn(state, session, room, filters)
  if (!filter) return []
  const act = { act: 'warn', room, who: keeperOf(state, { session }).name, whoId: author, rule: filter.id } as const
  return [acted(state, null, act, [...new Set([...staffOf(state, room), ...sessionsOf(state, author)])].sort())]
}

/**
 * The text before is erased; or (`off`) the message was deleted meanwhile. Another server may have reported it before.
 */
export function decideShowEdit(state: State, input: InputOf<'show-edit'>): readonly Event[] {
  const edit = state.edits.get(input.edit)
  if (!edit) return []
  if (input.off) return dropsEdit(state, edit)
  const { target, room, members, everyone, author, mentions, session, seq } = edit
  const edited: EventOf<'edited'> = {
    ...{ type: 'edited', room, target, edit: seq, from: authorName(state, author, session), author },
    ...accountMark(state, author),
    ...(mentions && { mentions }),
    sessions: partiesOf(state, members),
    everyone,
  }
  return [edited, ...answer(state, edit)]
}

/** Drops an edit whose message is gone. */
export const dropsEdit = (state: State, edit: Edit): readonly Event[] => [
  { type: 'edit-dropped', edit: edit.seq },
  { type: 'unneeded', target: edit.seq },
  ...refusal(state, edit),
]

/** All sessions of these members, here now. */
export const partiesOf = (state: State, members: readonly string[]): EventOf<'edited'>['sessions'] =>
  [...new Set(members.flatMap(id => sessionsOf(state, id)))].sort()

/** The author's name now; or, if it's not here, the name of the account or the token. */
function authorName(state: State, author: string, session: string): string {
  const member = state.members.get(author)
  return member?.name.text ?? state.accounts.get(author)?.name.text ?? keeperOf(state, { session }).name
}

/** The result of the command, unless its session is gone: a client that returns asks again. */
function answer(state: State, { session, n }: Edit): readonly Event[] {
  const asked = state.sessions.get(session)
  return n === null || !asked || n <= asked.last ? [] : [{ type: 'done', session, n }]
}

function refusal(state: State, { session, n, target }: Edit): readonly Event[] {
  const asked = state.sessions.get(session)
  if (!asked || (n !== null && n <= asked.last)) return []
  return [{ type: 'rejected', session, n, code: 'message-unknown', detail: `${target}` }]
}

export function evolveEdits(state: State, event: EventOf<'editing' | 'edited' | 'edit-dropped'>): State {
  if (event.type !== 'editing') return { ...state, edits: state.edits.delete(event.edit) }
  const { type: _, ...edit } = event
  return { ...state, edits: state.edits.set(state.seq, { ...edit, seq: state.seq }) }
}
