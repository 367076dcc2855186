/** Closes a room to guests and newcomers, for a time. */
import { useState } from 'react'
import { SureButton } from '../../controls/SureButton.tsx'
import type { ModeSet } from './mode-set.ts'

type Props = { readonly id: string; readonly isOn: boolean; readonly onSet: ModeSet }

const TIMES: readonly (readonly [string, string])[] = [
  ['600', 'for 10 minutes'],
  ['3600', 'for 1 hour'],
  ['86400', 'for 1 day'],
  ['', 'until it is opened'],
]

export function Lockdown({ id, isOn, onSet }: Props) {
  const [seconds, choose] = useState('600')
  if (isOn) {
    return (
      <button type="button" aria-describedby={`${id}-help`} onClick={() => void onSet(null, null)}>
        Open again
      </button>
    )
  }
  return (
    <div className="value-form">
      <select id={id} value={seconds} aria-describedby={`${id}-help`} onChange={event => choose(event.target.value)}>
        {TIMES.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      <SureButton
        label="Lock"
        question="Lock it?"
        className=""
        onSure={() => void onSet(true, seconds === '' ? null : Number(seconds))}
      />
    </div>
  )
}
