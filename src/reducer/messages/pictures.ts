/** The picture of an account: a file of its own, which nobody else's message names. */
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf } from '../../model/input.ts'
import { PICTURE_MAX_BYTES } from '../../model/limits.ts'
import type { FileKind } from '../../model/message/file.ts'
import type { State } from '../../model/state.ts'
import { mutedAnywhere } from '../keeping/messages/writing.ts'
import { refuseFor } from '../keeping/refusals.ts'
import { memberOf, roomsOf } from '../rules/lookup.ts'
import { refuse } from '../rules/refuse.ts'
import { withNamed } from './files.ts'

/** Pages don't show HEIC. */
const SHOWN: ReadonlySet<FileKind> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'])

export function decidePicture(state: State, input: InputOf<'picture'>): readonly Event[] {
  const member = memberOf(state, input)
  const account = member && state.accounts.get(member.id)
  if (!account) return refuse(input, 'not-registered')
  const muted = mutedAnywhere(state, member)
  if (muted) return refuseFor(input, muted)
  const { file } = input
  if (file === null && account.picture === undefined) return []
  const stored = file === null ? null : state.files.get(file)
  if (stored === undefined || (stored && (stored.by !== member.id || stored.message !== null))) {
    return refuse(input, 'file-unknown', file ?? '')
  }
  if (stored && (!SHOWN.has(stored.kind) || stored.size > PICTURE_MAX_BYTES)) {
    return refuse(input, 'picture-unfit', `${PICTURE_MAX_BYTES / 1024} KB`)
  }
  const rooms = roomsOf(member)
  return [
    ...(account.picture === undefined ? [] : [{ type: 'unstored', file: account.picture } as const]),
    { type: 'pictured', name: member.name.text, member: member.id, picture: file, rooms },
  ]
}

export function withPicture(state: State, { member: id, picture }: EventOf<'pictured'>): State {
  const account = state.accounts.get(id)
  if (!account) return state
  const { picture: _, ...rest } = account
  const next = picture === null ? rest : { ...rest, picture }
  const named = picture === null ? state : withNamed(state, picture, 'account')
  return { ...named, accounts: state.accounts.set(id, next) }
}

/** The picture field of a member's events. */
export const pictureMark = ({ accounts }: State, id: string): { readonly picture?: string } => {
  const picture = accounts.get(id)?.picture
  return picture === undefined ? {} : { picture }
}
