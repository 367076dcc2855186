/** The modes of a place, for keepers who may change them. */
import { Fragment } from 'react'
import type { Client } from '../../../../client/session/connection.ts'
import type { Asked } from '../../../../client/session/outbox/outbox.ts'
import { MODES, type Mode, type Modes, rowOf } from '../../../../model/keeping/modes.ts'
import { ModeRow } from './ModeRow.tsx'
import { TrySlow } from './TrySlow.tsx'

type Props = {
  readonly client: Client
  /** Null: the whole server. */
  readonly room: string | null
  readonly modes: Modes
  /** Whether one may try them on the past. */
  readonly mayTry: boolean
  readonly onAsk: (asked: Asked, said: string) => Promise<boolean>
}

export const ALL_MODES = Object.keys(MODES) as readonly Mode[]

export function Rules({ client, room, modes, mayTry, onAsk }: Props) {
  const place = room === null ? {} : { room }
  return (
    <ul className="modes-form">
      {ALL_MODES.filter(mode => room !== null || rowOf(mode).server).map(mode => (
        <Fragment key={mode}>
          <ModeRow
            mode={mode}
            value={modes[mode]}
            onSet={(value, seconds) => {
              const lasts = seconds === null ? {} : { for: seconds }
              return onAsk({ type: 'mode', mode, value, ...place, ...lasts }, 'The rules are changed.')
            }}
          />
          {mode === 'slow' && room !== null && mayTry ? <TrySlow client={client} room={room} /> : null}
        </Fragment>
      ))}
    </ul>
  )
}
