/** One row of the list: a message, something that happened, a day, the mark of what is new. */
import { memo } from 'react'
import { continues } from '../../client/rows.ts'
import { happened, missing, movements } from '../../client/sentences.ts'
import type { Shown } from '../../client/shown.ts'
import type { Talk } from '../../client/talk.ts'
import type { Entry } from '../../client/timeline.ts'
import { dayOf, exactly, timeOf } from '../text/times.ts'
import { FailedRow } from './FailedRow.tsx'
import { SaidRow } from './SaidRow.tsx'

type Props = {
  readonly row: Shown
  /** What of it is so now. */
  readonly entry: Entry | null
  readonly above: Entry | null
  readonly isTarget: boolean
  readonly talk: Talk
  readonly onPerson: (name: string) => void
}

export const Row = memo(function Row({ row, entry, above, isTarget, talk, onPerson }: Props) {
  switch (row.kind) {
    case 'day':
      return (
        <div className="day">
          <span>{dayOf(row.at)}</span>
        </div>
      )
    case 'mark':
      return (
        <div className="mark">
          <span>new</span>
        </div>
      )
    case 'run':
      return <Event at={row.run.at(-1)?.at ?? 0} words={movements(row.run)} />
    case 'entry':
      break
  }
  if (entry === null) return null
  switch (entry.kind) {
    case 'said':
      return (
        <SaidRow
          said={entry}
          follows={continues(above, entry)}
          isTarget={isTarget}
          onDelete={talk.enter}
          onPerson={onPerson}
        />
      )
    case 'happened':
      return <Event at={entry.at} words={happened(entry)} />
    case 'failed':
      return <FailedRow failed={entry} onAgain={talk.again} onDismiss={talk.dismiss} />
    case 'gap':
      return <div className="gap">{missing(entry)}</div>
    case 'note':
      return (
        <div className={entry.tone === 'error' ? 'note wrong' : 'note'} dir="auto">
          {entry.lines.join('\n')}
        </div>
      )
  }
})

function Event({ at, words }: { readonly at: number; readonly words: string }) {
  return (
    <div className="event">
      <time className="time" dateTime={new Date(at).toISOString()} title={exactly(at)}>
        {timeOf(at)}
      </time>
      <bdi>{words}</bdi>
    </div>
  )
}
