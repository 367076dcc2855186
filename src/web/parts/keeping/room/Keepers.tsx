/** The keepers of a room, as far as they are here: the others have no name that a client knows. */
import { ROLES, type RoomRole } from '../../../../model/keeping/roles.ts'
import type { RoomView } from '../../../../model/view.ts'
import { Name } from '../../person/Name.tsx'
import { RoleMark } from '../../person/RoleMark.tsx'

type Keeper = { readonly name: string; readonly role: RoomRole }

export function Keepers({ view }: { readonly view: RoomView }) {
  const keepers = keepersOf(view)
  if (keepers.length === 0) return null
  return (
    <>
      <h3>Roles</h3>
      <ul className="keepers">
        {keepers.map(({ name, role }) => (
          <li key={name}>
            <Name name={name} />
            <RoleMark role={role} />
            <span className="quiet small" aria-hidden="true">
              {' '}
              {role}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function keepersOf({ members, roles }: RoomView): readonly Keeper[] {
  const all: Keeper[] = []
  for (const { id, name } of members.values()) {
    const role = roles.get(id)
    if (role !== undefined) all.push({ name, role })
  }
  return all.sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || (a.name < b.name ? -1 : 1))
}
