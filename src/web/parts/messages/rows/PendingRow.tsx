/** A message of one's own without an answer, and its state. */

import { ON_ITS_WAY } from '../../../../client/chat/sentences.ts'
import type { Pending } from '../../../../client/session/outbox/pending.ts'
import { Avatar } from '../../person/Avatar.tsx'
import { Name } from '../../person/Name.tsx'
import { Text } from '../Text.tsx'

export function PendingRow({ pending: { asked, state }, name }: { readonly pending: Pending; readonly name: string }) {
  if (asked.type !== 'say' && asked.type !== 'tell') return null
  return (
    <div className="message begins pending" data-state={state}>
      <Avatar name={name} />
      <div className="body">
        <div className="who">
          <Name name={name} />
          <span className="state">{ON_ITS_WAY[state]}</span>
        </div>
        <div className="text">
          <Text text={asked.text} />
        </div>
        {asked.files ? <div className="quiet small">{asked.files.map(({ name }) => name).join(', ')}</div> : null}
      </div>
    </div>
  )
}
