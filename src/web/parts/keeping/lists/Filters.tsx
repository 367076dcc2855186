/** Word filters: which there are, and a form that adds one. */
import { type FormEvent, useState } from 'react'
import { FILTER_EXPRESSION_CHARS } from '../../../../model/limits.ts'
import type { FilterAction, FilterKind } from '../../../../model/state/keeping.ts'
import { SureButton } from '../../controls/SureButton.tsx'
import { TryOnPast } from '../TryOnPast.tsx'
import { useWhen } from '../use-when.ts'
import { Listed } from './Listed.tsx'
import { placed, type TabProps } from './tab.ts'
import { useList } from './use-list.ts'

const ACTIONS: readonly (readonly [FilterAction, string, string])[] = [
  ['warn', 'warn', 'warns its author'],
  ['hold', 'hold', 'holds it for a keeper'],
  ['refuse', 'refuse', 'refuses it'],
]
const doing = (action: FilterAction): string => ACTIONS.find(([one]) => one === action)?.[2] ?? action

export function Filters({ client, room, isBusy, run }: TabProps) {
  const list = useList(client, 'filters', room)
  const when = useWhen()
  return (
    <>
      <Listed
        list={list}
        label="Word filters"
        none="There are no word filters."
        row={({ id, is, pattern, action, by, at }) => (
          <li key={id}>
            <div className="kept">
              <p>
                <code dir="auto">{pattern}</code> <span className="quiet">{doing(action)}</span>
              </p>
              <p className="quiet small">
                {is === 'words' ? 'words' : 'an expression'}, by {by}, {when(at)}
              </p>
            </div>
            <SureButton
              label="Remove"
              question="Remove it?"
              about={pattern}
              className=""
              onSure={() => void run({ type: 'unfilter', filter: id, ...placed(room) }, 'The filter is removed.')}
            />
          </li>
        )}
      />
      <AddFilter
        client={client}
        room={room}
        isBusy={isBusy}
        onAdd={filter => run({ type: 'filter', ...filter, ...placed(room) }, 'The filter is added.')}
      />
    </>
  )
}

type Draft = { readonly is: FilterKind; readonly pattern: string; readonly action: FilterAction }
type AddProps = Pick<TabProps, 'client' | 'room' | 'isBusy'> & { readonly onAdd: (filter: Draft) => Promise<boolean> }

function AddFilter({ client, room, isBusy, onAdd }: AddProps) {
  const [pattern, setPattern] = useState('')
  const [is, setKind] = useState<FilterKind>('words')
  const [action, setAction] = useState<FilterAction>('hold')

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (pattern.trim() === '') return
    void onAdd({ is, pattern: pattern.trim(), action }).then(isDone => {
      if (isDone) setPattern('')
    })
  }

  const typed = pattern.trim()
  const rule = typed === '' ? null : `filter ${action} ${is === 'words' ? typed : `/${typed}/`}`
  return (
    <>
      <form className="add" onSubmit={submit}>
        <input
          aria-label="Words or expression"
          placeholder={is === 'words' ? 'Words' : 'Expression, such as buy (gold|silver)'}
          value={pattern}
          maxLength={FILTER_EXPRESSION_CHARS}
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          onChange={event => setPattern(event.target.value)}
        />
        <select aria-label="Kind" value={is} onChange={event => setKind(event.target.value as FilterKind)}>
          <option value="words">words</option>
          <option value="expression">expression</option>
        </select>
        <select
          aria-label="What it does"
          value={action}
          onChange={event => setAction(event.target.value as FilterAction)}
        >
          {ACTIONS.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
        <button type="submit" disabled={isBusy || pattern.trim() === ''}>
          Add
        </button>
      </form>
      <TryOnPast client={client} rule={rule} room={room} />
    </>
  )
}
