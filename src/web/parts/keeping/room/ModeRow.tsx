/** A mode of a room, with its help and what sets it: a row of the table of modes (model/modes.ts). */
import { leftText } from '../../../../model/duration.ts'
import { LIMIT_MAX, ROOM_KEY_MAX_CHARS } from '../../../../model/limits.ts'
import { type Mode, type ModeValue, rowOf } from '../../../../model/modes.ts'
import { Lockdown } from './Lockdown.tsx'
import type { ModeSet } from './mode-set.ts'
import { ValueForm } from './ValueForm.tsx'

type Props = {
  readonly mode: Mode
  /** Undefined: it's off. */
  readonly value: ModeValue | undefined
  readonly isBusy: boolean
  readonly onSet: ModeSet
}

/** `invite-only` is called Invite only. */
export const titleOf = (mode: Mode): string => mode.charAt(0).toUpperCase() + mode.slice(1).replaceAll('-', ' ')

export function ModeRow(props: Props) {
  const { mode } = props
  const id = `mode-${mode}`
  return (
    <li className="mode-row">
      <label htmlFor={id} className="mode-words">
        <strong>{titleOf(mode)}</strong>
        <span id={`${id}-help`} className="quiet small">
          {capital(rowOf(mode).help)}.
        </span>
      </label>
      <Control {...props} id={id} />
    </li>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** For those who can't change it. */
export function ModeShown({ mode, value }: Pick<Props, 'mode' | 'value'>) {
  return (
    <li className="mode-row">
      <span className="mode-words">
        <strong>
          {titleOf(mode)}
          {typeof value === 'number' ? `: ${valueText(mode, value)}` : ''}
        </strong>
        <span className="quiet small">{capital(rowOf(mode).help)}.</span>
      </span>
    </li>
  )
}

const valueText = (mode: Mode, value: number): string =>
  rowOf(mode).takes === 'seconds' ? leftText(value * 1000) : `${value}`

function Control({ mode, value, isBusy, onSet, id }: Props & { readonly id: string }) {
  const help = { id, 'aria-describedby': `${id}-help`, disabled: isBusy }
  switch (rowOf(mode).takes) {
    case 'nothing':
      if (mode === 'lockdown') return <Lockdown id={id} isOn={value !== undefined} isBusy={isBusy} onSet={onSet} />
      return (
        <input
          {...help}
          type="checkbox"
          role="switch"
          aria-checked={value !== undefined}
          className="switch"
          checked={value !== undefined}
          onChange={event => onSet(event.target.checked ? true : null, null)}
        />
      )
    case 'seconds':
      return (
        <select
          {...help}
          value={value === undefined ? '' : `${value}`}
          onChange={event => onSet(event.target.value === '' ? null : Number(event.target.value), null)}
        >
          <option value="">off</option>
          {secondsOffered(value).map(seconds => (
            <option key={seconds} value={seconds}>
              {leftText(seconds * 1000)}
            </option>
          ))}
        </select>
      )
    case 'count':
      return (
        <ValueForm
          {...{ id, isBusy, isOn: value !== undefined, type: 'number', max: LIMIT_MAX }}
          first={value === undefined ? '' : `${value}`}
          onSet={typed => onSet(typed === '' ? null : Number(typed), null)}
        />
      )
    case 'secret':
      return (
        <ValueForm
          {...{ id, isBusy, isOn: value !== undefined, type: 'text', max: ROOM_KEY_MAX_CHARS }}
          first=""
          onSet={typed => onSet(typed === '' ? null : typed, null)}
        />
      )
  }
}

const OFFERED = [5, 10, 30, 60, 300, 900, 3600]

/** With the present value, which may be another. */
const secondsOffered = (value: ModeValue | undefined): readonly number[] =>
  typeof value === 'number' && !OFFERED.includes(value) ? [...OFFERED, value].sort((a, b) => a - b) : OFFERED
