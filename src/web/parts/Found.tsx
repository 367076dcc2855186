/** What a search has found, the latest first; each leads to where it was said. */
import type { Found as What } from '../../client/chat-state.ts'
import { inRoom, type Where, withPerson } from '../../client/where.ts'
import { Name } from './Name.tsx'
import { useCalendar } from './use-calendar.ts'

type Props = {
  readonly found: What
  readonly me: string
  readonly onGo: (where: Where, seq: number) => void
}

export function Found({ found, me, onGo }: Props) {
  const { words, messages, more } = found
  const { dayName, timeOf } = useCalendar()
  const latestFirst = [...messages].sort((a, b) => b.seq - a.seq)
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
        {latestFirst.map(past => (
          <li key={past.seq}>
            <button type="button" className="hit" onClick={() => onGo(placeOf(past, me), past.seq)}>
              <span className="hit-head">
                <Name name={past.from} />
                <span className="quiet">
                  {' '}
                  {placeOf(past, me)} · {dayName(past.at)} {timeOf(past.at)}
                </span>
              </span>
              <span className="hit-text" dir="auto">
                {past.text ?? '(deleted)'}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {more ? <p className="quiet small">There are older ones: add a word to find them.</p> : null}
    </section>
  )
}

const placeOf = ({ room, from, to = '' }: What['messages'][number], me: string): Where =>
  room !== undefined ? inRoom(room) : withPerson(from === me ? to : from)
