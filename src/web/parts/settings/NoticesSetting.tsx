/** Desktop notices: whether there are any in this browser, and for which messages of each room. */
import { useState } from 'react'
import { roomOf, type Where } from '../../../client/chat/place.ts'
import { chooseNoticed, type Noticed } from '../../browser/settings.ts'
import { notices, switchNotices } from '../../visit/notify.ts'
import { useSettings } from '../use-settings.ts'

const WORDS: Readonly<Record<Noticed, string>> = { all: 'All messages', mentions: 'Mentions', none: 'None' }

const WHY = {
  impossible: 'This browser gives notices only to pages by HTTPS.',
  denied: 'This browser refuses notices of this page. Its own settings can allow them.',
} as const

export function NoticesSetting({ rooms }: { readonly rooms: readonly Where[] }) {
  const [are, set] = useState(notices)
  const { noticed } = useSettings()
  return (
    <section>
      <h3>Notices</h3>
      {are === 'impossible' || are === 'denied' ? (
        <p className="quiet">{WHY[are]}</p>
      ) : (
        <label className="check">
          <input type="checkbox" checked={are === 'on'} onChange={() => void switchNotices().then(set)} />
          Notify me while I look elsewhere
        </label>
      )}
      <ul className="noticed">
        {rooms.map(where => (
          <li key={where}>
            <label htmlFor={`noticed-${where}`}>
              <bdi>#{roomOf(where)}</bdi>
            </label>
            <select
              id={`noticed-${where}`}
              value={noticed[where] ?? 'mentions'}
              onChange={event => chooseNoticed(where, event.target.value as Noticed)}
            >
              {Object.entries(WORDS).map(([how, words]) => (
                <option key={how} value={how}>
                  {words}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </section>
  )
}
