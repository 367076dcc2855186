/** The pictures of accounts, as far as one's own rooms show them. */
import { createContext, useContext } from 'react'
import type { View } from '../../client/session/view.ts'

export const RoomsContext = createContext<View['rooms'] | null>(null)

/** The address of somebody's picture. `id`: of the member; somebody else may have the name by now. */
export function usePicture(name: string, id?: string): string | null {
  const rooms = useContext(RoomsContext)
  for (const { members } of rooms?.values() ?? []) {
    const member = members.get(name)
    if (member && (id === undefined || member.id === id))
      return member.picture === undefined ? null : `/files/${encodeURIComponent(member.picture)}/picture`
  }
  return null
}
