/** Bans, mutes or exceptions: their targets, their authors, reasons and ends; and a form that adds one. */
import type { SanctionEntry } from '../../../../client/chat/keeping/listing.ts'
import { leftText } from '../../../../model/duration.ts'
import { HOST_NAME } from '../../../../model/name/standing.ts'
import { Name } from '../../person/Name.tsx'
import { useWhen } from '../use-when.ts'
import { AddSanction } from './AddSanction.tsx'
import { Listed } from './Listed.tsx'
import { placed, type SanctionTab, type TabProps } from './tab.ts'
import { useList } from './use-list.ts'

const NONE: Readonly<Record<SanctionTab, string>> = {
  bans: 'Nobody is banned.',
  mutes: 'Nobody is muted.',
  exceptions: 'Nobody is excepted from the bans and mutes of networks.',
}
const ENDS = { bans: 'unban', mutes: 'unmute', exceptions: 'unexcept' } as const

export function Sanctions({ what, ...props }: TabProps & { readonly what: SanctionTab }) {
  const { client, room, now, isBusy, run } = props
  const list = useList(client, what, room)
  const when = useWhen()
  const end = ({ id }: SanctionEntry) => void run({ type: ENDS[what], rule: id, ...placed(room) }, 'It is ended.')
  return (
    <>
      <Listed
        list={list}
        label={what}
        none={NONE[what]}
        row={one => (
          <li key={one.id}>
            <div className="kept">
              <p>
                {one.who === null ? <bdi>{one.net ?? 'a network'}</bdi> : <Name name={one.who} />}
                <span className="quiet"> {one.until === null ? 'for good' : `${leftText(one.until - now)} more`}</span>
              </p>
              {one.reason === null ? null : <p dir="auto">{one.reason}</p>}
              <p className="quiet small">
                by {one.by === HOST_NAME ? 'the host' : one.by}, {when(one.at)}
              </p>
            </div>
            <button type="button" disabled={isBusy} onClick={() => end(one)}>
              End<span className="unseen"> it for {one.who ?? one.net ?? 'a network'}</span>
            </button>
          </li>
        )}
      />
      <AddSanction {...props} what={what} />
    </>
  )
}
