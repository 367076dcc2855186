/** The credentials of an account, each with its device, since when, its last use, and a button that revokes it. */

import type { Devices } from '../../../client/chat/state.ts'
import type { Calendar } from '../../text/times.ts'
import { SureButton } from '../controls/SureButton.tsx'
import { useCalendar } from '../messages/use-calendar.ts'

type Credential = Devices['credentials'][number]

type Props = { readonly credentials: readonly Credential[]; readonly onRevoke: (credential: Credential) => void }

export function DeviceList({ credentials, onRevoke }: Props) {
  const calendar = useCalendar()
  return (
    <ul className="devices" aria-label="Devices and sign-ins">
      {credentials.map(credential => {
        const { id, kind, label, since, used, sessions, current = false } = credential
        const what = KINDS.get(kind) ?? kind
        const title = label === '' ? what : label
        return (
          <li key={id}>
            <div className="device">
              <p>
                <strong dir="auto">{title}</strong>
                {label === '' ? null : <span className="quiet"> {what.toLowerCase()}</span>}
                {current ? <span className="here">in use here</span> : null}
              </p>
              <p className="quiet small">
                Last used: {lastUse(used, calendar)}. Since: {calendar.dateOf(since)}.{connected(sessions)}
              </p>
            </div>
            {current ? null : (
              <SureButton
                label="Revoke"
                question="Revoke it?"
                about={title}
                className="quiet-button"
                onSure={() => onRevoke({ ...credential, label: title })}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}

const lastUse = (at: number, { dateOf, dayName, dayOf, timeOf }: Calendar): string =>
  dayName(at) === dayOf(at) ? dateOf(at) : `${dayName(at)} ${timeOf(at)}`

const connected = (sessions: number): string =>
  sessions === 0 ? '' : sessions === 1 ? ' One session.' : ` ${sessions} sessions.`

const KINDS: ReadonlyMap<string, string> = new Map([
  ['password', 'Password'],
  ['key', 'Key'],
  ['passkey', 'Passkey'],
  ['kept', 'Kept sign-in'],
])
