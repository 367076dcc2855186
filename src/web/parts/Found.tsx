/** The results of a search, the latest first. Each leads to its message. */

import type { Where } from '../../client/chat/place.ts'
import { hitsOf, placeOfHit } from '../../client/chat/search-results.ts'
import type { Chat, Found as What } from '../../client/chat/state.ts'
import { useCalendar } from './messages/use-calendar.ts'
import { Name } from './person/Name.tsx'

type Props = {
  readonly found: What
  readonly chat: Pick<Chat, 'people' | 'view'>
  readonly onGo: (where: Where, seq: number) => void
}

export function Found({ found, chat, onGo }: Props) {
  const { words, messages, more } = found
  const { dayName, timeOf } = useCalendar()
  return (
    <section className="found" aria-label="Found">
      <div role="status">
        <h2>
          {messages.length === 0
            ? `Nothing was found for “${words}”.`
            : `${messages.length}${more ? ' or more' : ''} found for “${words}”`}
        </h2>
      </div>
      <ul>
        {hitsOf(found).map(past => (
          <li key={past.seq}>
            <button type="button" className="hit" onClick={() => onGo(placeOfHit(chat, past), past.seq)}>
              <span className="hit-head">
                <Name name={past.from} />
                <span className="quiet">
                  {' '}
                  {placeOfHit(chat, past)} · {dayName(past.at)} {timeOf(past.at)}
                </span>
              </span>
              <span className="hit-text" dir="auto">
                {past.text === undefined
                  ? '(deleted)'
                  : past.text || (past.files ?? []).map(({ name }) => name).join(', ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {more ? <p className="quiet small">There are older results. Add a word to find them.</p> : null}
    </section>
  )
}
