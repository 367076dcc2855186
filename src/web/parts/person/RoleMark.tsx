/** A quiet mark beside the name of somebody with a role in the room. */
import type { RoomRole } from '../../../model/keeping/roles.ts'

/** A star, a shield, and a voice. */
const MARKS: Readonly<Record<RoomRole, string>> = {
  founder: 'M6 1.3l1.4 3 3.3.4-2.4 2.2.6 3.3L6 8.6 3.1 10.2l.6-3.3L1.3 4.7l3.3-.4z',
  operator: 'M6 1.2l4 1.4v3.1c0 2.4-1.6 4.1-4 5.1-2.4-1-4-2.7-4-5.1V2.6z',
  voice: 'M1.8 2.4h8.4v5.4H6L3.6 10V7.8H1.8z',
}

const TITLES: Readonly<Record<RoomRole, string>> = {
  founder: 'Founder of this room',
  operator: 'Operator of this room',
  voice: 'Has a voice in this room',
}

export function RoleMark({ role }: { readonly role: RoomRole }) {
  return (
    <span className="role-mark" title={TITLES[role]}>
      <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
        <path d={MARKS[role]} fill="none" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />
      </svg>
      <span className="unseen"> ({role})</span>
    </span>
  )
}
