/** An invite link: `/#invite=TOKEN&room=ROOM`. A fragment is sent to no server. */
import { inRoom, type Where } from '../../client/chat/place.ts'
import { readRoom } from '../../model/name/name.ts'
import { hashOf } from '../browser/place.ts'

/** `where`: the room that the link names; null: none, or an invalid name. */
export type Invite = { readonly token: string; readonly where: Where | null }

/** The invite in the fragment of an address; null: there is none. */
export function inviteIn(hash: string): Invite | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ''))
  const token = fields.get('invite')
  if (token === null || token === '') return null
  const room = readRoom(fields.get('room') ?? '')
  return { token, where: room.ok ? inRoom(room.room) : null }
}

/** The replacement in the address. */
export const withoutToken = ({ where }: Invite, path: string): string => (where ? hashOf(where) : path)
