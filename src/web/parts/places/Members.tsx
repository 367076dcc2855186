/** The members of the room. A click on a name opens its menu. */
import type { Map as IMap } from 'immutable'
import { memo, useMemo } from 'react'
import type { RoomView } from '../../../model/view.ts'
import { Icon } from '../controls/Icon.tsx'
import type { Menus } from '../menu/menus.ts'
import { AccountMark } from '../person/AccountMark.tsx'
import { Avatar } from '../person/Avatar.tsx'
import { Name } from '../person/Name.tsx'
import { RoleMark } from '../person/RoleMark.tsx'

/** The most names listed; the others are counted. */
const LISTED_MAX = 500

type Props = {
  readonly room: RoomView
  readonly me: string
  readonly ignored: IMap<string, string>
  readonly onPerson: Menus['onPerson']
  readonly onClose: () => void
}

export const Members = memo(
  function Members({ room, me, ignored, onPerson, onClose }: Props) {
    const { members, roles } = room
    const names = useMemo(() => [...members.keys()].sort(byName), [members])
    return (
      <aside className="members" aria-label="Members">
        <div className="side-head">
          <h2>{members.size} here</h2>
          <button type="button" className="icon narrow-only" aria-label="Close the list of members" onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        <ul className="side-scroll">
          {names.slice(0, LISTED_MAX).map(name => {
            const { id = '', away = null, account = false } = members.get(name) ?? {}
            const role = roles.get(id)
            return (
              <li key={name}>
                <button
                  type="button"
                  className="member"
                  disabled={name === me}
                  aria-haspopup="menu"
                  onClick={event => onPerson({ name, account, ...(id === '' ? {} : { id }) }, event.currentTarget)}
                >
                  <Avatar name={name} presence={away === null ? { is: 'here' } : { is: 'away', note: away }} />
                  <span className="member-words">
                    <span className="member-name">
                      <Name name={name} />
                      {account ? <AccountMark /> : null}
                      {role === undefined ? null : <RoleMark role={role} />}
                      {ignored.has(id) ? <span className="quiet"> ignored</span> : null}
                      {name === me ? <span className="quiet"> (you)</span> : null}
                    </span>
                    {away === null ? null : <bdi className="quiet away">{away === '' ? 'away' : away}</bdi>}
                  </span>
                </button>
              </li>
            )
          })}
        </ul>
        {names.length > LISTED_MAX ? <p className="quiet small">and {names.length - LISTED_MAX} others</p> : null}
      </aside>
    )
  },
  (before, now) =>
    before.room.members === now.room.members &&
    before.room.roles === now.room.roles &&
    before.ignored === now.ignored &&
    before.me === now.me,
)

const byName = (a: string, b: string): number => {
  const [low, high] = [a.toLowerCase(), b.toLowerCase()]
  return low < high ? -1 : low > high ? 1 : 0
}
