/** Bans, mutes or excepts a name, also of a member that isn't here, or a network. */
import { type FormEvent, useState } from 'react'
import { LASTING, type Lasting, secondsOf } from '../times.ts'
import { placed, type SanctionTab, type TabProps } from './tab.ts'

const ADDS = { bans: 'ban', mutes: 'mute', exceptions: 'except' } as const
const WORDS = { bans: 'Ban', mutes: 'Mute', exceptions: 'Except' } as const
const SAID = { bans: 'The ban holds.', mutes: 'The mute holds.', exceptions: 'The exception holds.' } as const

export function AddSanction({ what, room, isBusy, run }: TabProps & { readonly what: SanctionTab }) {
  const [whom, setWhom] = useState('')
  const [reason, setReason] = useState('')
  const [lasting, setLasting] = useState<Lasting>('86400')

  function submit(event: FormEvent): void {
    event.preventDefault()
    const typed = whom.trim()
    if (typed === '') return
    const on = isNetwork(typed) ? { net: typed } : { who: typed }
    const seconds = secondsOf(lasting, '')
    const lasts = typeof seconds === 'number' ? { for: seconds } : {}
    const why = reason.trim() === '' ? null : reason.trim()
    void run({ type: ADDS[what], ...on, ...placed(room), ...lasts, reason: why }, SAID[what]).then(isDone => {
      if (!isDone) return
      setWhom('')
      setReason('')
    })
  }

  return (
    <form className="add" onSubmit={submit}>
      <input
        aria-label="Name or network"
        placeholder="Name or network"
        value={whom}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        onChange={event => setWhom(event.target.value)}
      />
      <select aria-label="For how long" value={lasting} onChange={event => setLasting(event.target.value as Lasting)}>
        {LASTING.filter(([which]) => which !== 'other').map(([which, words]) => (
          <option key={which} value={which}>
            {words}
          </option>
        ))}
      </select>
      <input
        aria-label="Reason"
        placeholder="Reason"
        value={reason}
        autoComplete="off"
        dir="auto"
        onChange={event => setReason(event.target.value)}
      />
      <button type="submit" disabled={isBusy || whom.trim() === ''}>
        {WORDS[what]}
      </button>
    </form>
  )
}

/** `192.0.2.7`, `10.1.0.0/16`, `2001:db8::/48`: a name has no slash and no colon. */
const isNetwork = (typed: string): boolean =>
  /^[\d.]+$/.test(typed) || (/^[0-9a-f.:]+(\/\d{1,3})?$/i.test(typed) && /[:/]/.test(typed))
