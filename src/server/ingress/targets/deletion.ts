/**
 * Finds the message to delete, and checks that the session may delete it. The text is erased before the input is
 * journaled, so when the client has the acknowledgement, no byte of the text is left (docs/spec.md, Y5).
 */
import type { Body, InputOf, SessionId } from '../../../model/input.ts'
import { withArticle } from '../../../model/keeping/roles.ts'
import type { Message } from '../../../model/message/message.ts'
import { LOBBY } from '../../../model/name/standing.ts'
import type { State } from '../../../model/state.ts'
import type { History } from '../../../port/history.ts'
import type { Journal } from '../../../port/journal.ts'
import { knownName, roleFault } from '../../../reducer/keeping/refusals.ts'
import { isHost, may, roleOf } from '../../../reducer/may.ts'
import { editOf } from '../../../reducer/messages/editing.ts'
import { memberOf } from '../../../reducer/rules/lookup.ts'
import { type Refused, refused, vetRoom } from '../vetting/vetted.ts'

/** `targets`: the inputs whose texts are to be erased before. */
export type Deletion = { readonly ok: true; readonly targets: readonly number[]; readonly body: Body }

/** `seq` null: the latest message of the session in `room`. Throws if the history is damaged. */
export function deletion(
  history: History,
  state: State,
  session: SessionId,
  { seq, room }: { readonly seq: number | null; readonly room: string },
): Deletion | Refused {
  const member = isHost(session) ? session : (memberOf(state, { session })?.id ?? '')
  const found = seq === null ? latest(history, member, room) : history.find(seq)
  if (found && 'code' in found) return found
  if (!found) return { ok: false, code: seq === null ? 'nothing-said' : 'message-unknown', detail: `${seq ?? ''}` }
  const { author, room: where } = found
  const isOthers = found.author !== member && !isHost(session)
  if (isOthers && !(where !== null && may(state, session, 'delete', { room: where, author }))) {
    return refusal(state, session, found, found.other === member)
  }
  const everyone = isHost(author) && where === LOBBY
  const members = where === null ? [author, ...(found.other === null ? [] : [found.other])] : []
  const target = found.seq
  const texts = editedTexts(history, target, editsOf(state, target))
  return {
    ok: true,
    targets: [target, ...(texts.texts ?? [])],
    body: { type: 'delete', target, room: where, members, everyone, author, ...texts },
  }
}

/** The inputs besides its own whose texts a message has had. `more`: those of edits that aren't shown yet. */
export function editedTexts(
  history: Pick<History, 'textPlaces'>,
  target: number,
  more: readonly number[] = [],
): Pick<InputOf<'delete'>, 'texts'> {
  const others = [...history.textPlaces(target).filter(seq => seq !== target), ...more]
  return others.length === 0 ? {} : { texts: others }
}

/** A new text of the message that isn't shown yet. */
function editsOf(state: State, target: number): readonly number[] {
  const edit = editOf(state, target)
  return edit ? [edit.seq] : []
}

/** Nobody keeps order in direct messages: they are for their author to delete, or for the host. */
function refusal(state: State, session: SessionId, { seq, room, author, from }: Message, isParty: boolean): Refused {
  // The answer does not reveal that a direct message between others exists.
  if (room === null && !isParty) return refused('message-unknown', `${seq}`)
  const keepers = (where: string): string =>
    may(state, session, 'read', { room: where })
      ? roleFault(state, 'delete', where).detail
      : 'those who keep order there'
  if (room !== null && may(state, session, 'delete', { room })) {
    return refused('outranked', `${knownName(state, author) ?? from} is ${withArticle(roleOf(state, author, room))}`)
  }
  return refused(
    'not-author',
    `${seq}, so only its author can delete it, or ${room === null ? 'the host' : keepers(room)}`,
  )
}

/**
 * Erases the texts of these inputs from every store. All texts of a message are its own and those of `editedTexts`. If that
 * fails, it rejects, and `unstored` gets the error.
 */
export const eraser =
  (journal: Journal, history: History, unstored: (error: unknown) => void) =>
  async (...targets: readonly number[]): Promise<void> => {
    try {
      await journal.erase(targets)
    } catch (error) {
      unstored(error)
      throw error
    }
    history.touch()
  }

function latest(history: History, member: string, raw: string): Message | Refused | null {
  const room = vetRoom(raw)
  return room.ok ? history.latestBy(member, room.value) : room
}
