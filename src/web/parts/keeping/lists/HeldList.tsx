/** Messages that wait for a keeper. */
import { Name } from '../../person/Name.tsx'
import { useWhen } from '../use-when.ts'
import { Listed } from './Listed.tsx'
import type { TabProps } from './tab.ts'
import { useList } from './use-list.ts'

export function HeldList({ client, room, isBusy, run }: TabProps) {
  const list = useList(client, 'held', room)
  const when = useWhen()
  return (
    <Listed
      list={list}
      label="Held messages"
      none="No message waits."
      row={({ seq, at, from, text, filter }) => (
        <li key={seq}>
          <div className="kept">
            <p>
              <Name name={from} />
              <span className="quiet small">
                {' '}
                {when(at)}, by filter {filter}
              </span>
            </p>
            <p dir="auto">{text ?? '(gone)'}</p>
          </div>
          <div className="row-acts">
            <button
              type="button"
              disabled={isBusy}
              onClick={() => void run({ type: 'release', seq }, 'It is released.')}
            >
              Release<span className="unseen"> the message of {from}</span>
            </button>
            <button
              type="button"
              className="quiet-button"
              disabled={isBusy}
              onClick={() => void run({ type: 'drop', seq }, 'It is dropped.')}
            >
              Drop<span className="unseen"> the message of {from}</span>
            </button>
          </div>
        </li>
      )}
    />
  )
}
