/** The members of the room. A click on a name opens a private conversation. */
import { memo, useMemo } from 'react'
import type { RoomView } from '../../../model/view.ts'
import { AccountMark } from '../controls/AccountMark.tsx'
import { Name } from '../controls/Name.tsx'

/** The most names listed; the others are counted. */
const LISTED_MAX = 500

type Props = {
  readonly room: RoomView
  readonly me: string
  readonly onPerson: (name: string) => void
  readonly onClose: () => void
}

export const Members = memo(
  function Members({ room, me, onPerson, onClose }: Props) {
    const { members } = room
    const names = useMemo(() => [...members.keys()].sort(byName), [members])
    return (
      <aside className="members" aria-label="Members">
        <div className="side-head">
          <h2>{members.size} here</h2>
          <button type="button" className="icon narrow-only" aria-label="Close the list of members" onClick={onClose}>
            ×
          </button>
        </div>
        <ul className="side-scroll">
          {names.slice(0, LISTED_MAX).map(name => {
            const { away = null, account = false } = members.get(name) ?? {}
            return (
              <li key={name}>
                <button type="button" className="member" disabled={name === me} onClick={() => onPerson(name)}>
                  <Name name={name} />
                  {account ? <AccountMark /> : null}
                  {name === me ? <span className="quiet"> (you)</span> : null}
                  {away === null ? null : <span className="quiet away"> {away === '' ? 'away' : away}</span>}
                </button>
              </li>
            )
          })}
        </ul>
        {names.length > LISTED_MAX ? <p className="quiet small">and {names.length - LISTED_MAX} others</p> : null}
      </aside>
    )
  },
  (before, now) => before.room.members === now.room.members && before.me === now.me,
)

const byName = (a: string, b: string): number => {
  const [low, high] = [a.toLowerCase(), b.toLowerCase()]
  return low < high ? -1 : low > high ? 1 : 0
}
