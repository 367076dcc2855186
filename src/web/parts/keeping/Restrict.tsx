/** The dialog of an act on a member: its duration, its place and its reason. */
import { type FormEvent, useState } from 'react'
import { mayDo } from '../../../client/chat/people/roles.ts'
import type { Asked } from '../../../client/session/outbox/outbox.ts'
import { done } from '../../visit/requests.ts'
import { useAct } from '../account/use-act.ts'
import { Dialog } from '../controls/Dialog.tsx'
import { Trouble } from '../controls/Trouble.tsx'
import { ForHowLong } from './ForHowLong.tsx'
import type { PanelProps } from './panel-props.ts'
import type { Subject } from './subject.ts'
import { type Lasting, NO_TIME, secondsOf } from './times.ts'

type Act = Subject['act']

const VERBS: Readonly<Record<Act, string>> = { mute: 'Mute', kick: 'Kick', ban: 'Ban', purge: 'Delete messages of' }
const FIRST: Readonly<Record<Act, Lasting>> = { mute: '600', kick: '600', ban: '86400', purge: '3600' }

export function Restrict({ visit, chat, subject, onClose }: PanelProps & { readonly subject: Subject }) {
  const { act, person, room } = subject
  const [lasting, setLasting] = useState(FIRST[act])
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const [isWide, setWide] = useState(room === null)
  const [withNetwork, setNetwork] = useState(false)
  const [isWrong, setWrong] = useState(false)
  const doing = useAct()
  const mayWide = room !== null && mayDo(chat.view, act, null, person)
  const what = `${VERBS[act]} ${person.name}`

  function submit(event: FormEvent): void {
    event.preventDefault()
    const seconds = act === 'kick' ? null : secondsOf(lasting, typed)
    setWrong(seconds === undefined)
    if (seconds === undefined) return
    const asked = commands(subject, isWide ? null : room, seconds, reason.trim(), withNetwork)
    void doing
      .run(async () => {
        for (const one of asked) {
          const why = await done(visit.client, one)
          if (why !== null) return why
        }
        return null
      }, '')
      .then(isDone => (isDone ? onClose() : undefined))
  }

  return (
    <Dialog name="restrict" title={what} closing="Close" onClose={onClose}>
      <form onSubmit={submit} noValidate>
        {act === 'kick' ? null : (
          <ForHowLong
            legend={act === 'purge' ? 'Messages of the last' : 'For how long'}
            lasting={lasting}
            typed={typed}
            wrong={isWrong ? NO_TIME : null}
            isForGood={act !== 'purge'}
            onChange={(next, text) => {
              setLasting(next)
              setTyped(text)
              setWrong(false)
            }}
          />
        )}
        {mayWide ? (
          <fieldset className="choice-row">
            <legend>Where</legend>
            {([false, true] as const).map(wide => (
              <label key={`${wide}`} className="pick">
                <input type="radio" name="where" checked={isWide === wide} onChange={() => setWide(wide)} />
                <span>{wide ? 'the whole server' : `#${room}`}</span>
              </label>
            ))}
          </fieldset>
        ) : null}
        {act === 'purge' ? null : (
          <>
            <label htmlFor="restrict-reason">Reason</label>
            <input
              id="restrict-reason"
              value={reason}
              placeholder="Others can read it"
              autoComplete="off"
              dir="auto"
              onChange={event => setReason(event.target.value)}
            />
          </>
        )}
        {act === 'ban' || act === 'mute' ? (
          <label className="check">
            <input type="checkbox" checked={withNetwork} onChange={event => setNetwork(event.target.checked)} />
            <span>Their network too, so that another name doesn't help</span>
          </label>
        ) : null}
        {doing.why === null ? null : <Trouble message={doing.why} onClose={doing.calm} />}
        <div className="buttons">
          <button type="submit" className="primary" disabled={doing.isBusy}>
            {what}
          </button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  )
}

function commands(
  { act, person: { name, id } }: Subject,
  room: string | null,
  seconds: number | null,
  typed: string,
  withNetwork: boolean,
): readonly Asked[] {
  const who = { who: name, ...(id === undefined ? {} : { id }) }
  const place = room === null ? {} : { room }
  const reason = typed === '' ? null : typed
  switch (act) {
    case 'kick':
      return [{ type: 'kick', ...who, ...place, reason }]
    case 'purge':
      return [{ type: 'purge', ...who, ...place, for: seconds ?? 0 }]
    case 'ban':
    case 'mute': {
      const lasts = seconds === null ? {} : { for: seconds }
      const sanction = { type: act, ...who, ...place, ...lasts, reason } as const
      // The network first: a server knows it as long as the member is here.
      return withNetwork ? [{ ...sanction, network: true }, sanction] : [sanction]
    }
  }
}
