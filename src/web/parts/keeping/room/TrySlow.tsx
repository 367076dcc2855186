/** Tries slow mode on the past before it's switched on. */
import { useState } from 'react'
import type { Client } from '../../../../client/session/connection.ts'
import { leftText } from '../../../../model/duration.ts'
import { TryOnPast } from '../TryOnPast.tsx'
import { OFFERED } from './seconds.ts'

export function TrySlow({ client, room }: { readonly client: Client; readonly room: string }) {
  const [seconds, choose] = useState(10)
  return (
    <li className="mode-row try-row">
      <label htmlFor="try-slow" className="quiet small">
        Whom would slow mode have held up?
      </label>
      <select id="try-slow" value={seconds} onChange={event => choose(Number(event.target.value))}>
        {OFFERED.map(one => (
          <option key={one} value={one}>
            {leftText(one * 1000)}
          </option>
        ))}
      </select>
      <TryOnPast client={client} room={room} rule={`slow ${seconds}s`} />
    </li>
  )
}
