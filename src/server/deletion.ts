/**
 * Which message is to be deleted, and whether who asks may do so. The text is erased before the input says so: whoever
 * has the acknowledgement knows that no byte of it is left (docs/spec.md, Y5).
 */
import { type Body, HOST_SESSION, type SessionId } from '../model/input.ts'
import type { Message } from '../model/message.ts'
import { LOBBY } from '../model/standing.ts'
import type { State } from '../model/state.ts'
import type { History } from '../port/history.ts'
import type { Journal } from '../port/journal.ts'
import { type Refused, vetRoom } from './vet.ts'

export type Deletion = { readonly ok: true; readonly target: number; readonly body: Body }

/** `seq` null: the latest that the session has said in `room`. Throws on damage. */
export function deletion(
  history: History,
  state: State,
  session: SessionId,
  { seq, room }: { readonly seq: number | null; readonly room: string },
): Deletion | Refused {
  const isHost = session === HOST_SESSION
  const member = isHost ? HOST_SESSION : (state.sessions.get(session)?.member ?? '')
  const found = seq === null ? latest(history, member, room) : history.find(seq)
  if (found && 'code' in found) return found
  if (!found) return { ok: false, code: seq === null ? 'nothing-said' : 'message-unknown', detail: `${seq ?? ''}` }
  if (!isHost && found.author !== member) {
    // Of what was said to others alone, nobody learns that it is there.
    const isHidden = found.room === null && found.other !== member
    return { ok: false, code: isHidden ? 'message-unknown' : 'not-author', detail: `${found.seq}` }
  }
  const everyone = found.author === HOST_SESSION && found.room === LOBBY
  const members = found.room === null ? [found.author, ...(found.other === null ? [] : [found.other])] : []
  return {
    ok: true,
    target: found.seq,
    body: { type: 'delete', target: found.seq, room: found.room, members, everyone },
  }
}

/** Takes the text of an input out of everything that is stored. Rejects if it could not; `unstored` is told. */
export const eraser =
  (journal: Journal, history: History, unstored: (error: unknown) => void) =>
  async (target: number): Promise<void> => {
    try {
      await journal.erase([target])
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
