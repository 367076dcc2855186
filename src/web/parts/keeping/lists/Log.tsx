/** The log of acts, the latest first, with a search by name. */
import { type FormEvent, useRef, useState } from 'react'
import { actWords } from '../../../../client/chat/keeping/listing.ts'
import { useWhen } from '../use-when.ts'
import { Listed } from './Listed.tsx'
import type { TabProps } from './tab.ts'
import { useList } from './use-list.ts'

export function Log({ client, room }: TabProps) {
  const [name, setName] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const list = useList(client, 'log', room, name)
  const when = useWhen()

  function submit(event: FormEvent): void {
    event.preventDefault()
    setName(field.current?.value.trim() ?? '')
  }

  return (
    <>
      <search>
        <form className="one-line" onSubmit={submit}>
          <input
            ref={field}
            type="search"
            aria-label="Acts about a name"
            placeholder="Name…"
            autoCapitalize="off"
            spellCheck={false}
            dir="auto"
          />
          <button type="submit">Find</button>
        </form>
      </search>
      <Listed
        list={Array.isArray(list) ? list.toReversed() : list}
        label="Log"
        none={name === '' ? 'Nothing was done yet.' : `Nothing was done by ${name} or to ${name}.`}
        row={act => (
          <li key={`${act.seq} ${act.act} ${act.who} ${act.rule}`}>
            <div className="kept">
              <p dir="auto">{actWords(act)}</p>
            </div>
            <span className="quiet small when">{when(act.at)}</span>
          </li>
        )}
      />
    </>
  )
}
