/** A mode of a room, with its help and its control: a row of the table of modes (src/model/keeping/modes.ts). */
import { leftText } from '../../../../model/duration.ts'
import { type Mode, type ModeValue, rowOf } from '../../../../model/keeping/modes.ts'
import { LIMIT_MAX, ROOM_KEY_MAX_CHARS } from '../../../../model/limits.ts'
import { Lockdown } from './Lockdown.tsx'
import type { ModeSet } from './mode-set.ts'
import { SecondsOf } from './SecondsOf.tsx'
import { SwitchOf } from './SwitchOf.tsx'
import { ValueForm } from './ValueForm.tsx'

type Props = {
  readonly mode: Mode
  /** Undefined: it's off. */
  readonly value: ModeValue | undefined
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

/** For readers that can't change it. */
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

function Control({ mode, value, onSet, id }: Props & { readonly id: string }) {
  const isOn = value !== undefined
  switch (rowOf(mode).takes) {
    case 'nothing':
      if (mode === 'lockdown') return <Lockdown id={id} isOn={isOn} onSet={onSet} />
      return <SwitchOf id={id} isOn={isOn} onSet={next => onSet(next ? true : null, null)} />
    case 'seconds':
      return <SecondsOf id={id} seconds={typeof value === 'number' ? value : null} onSet={next => onSet(next, null)} />
    case 'count':
      return (
        <ValueForm
          {...{ id, what: mode, isOn, type: 'number', max: LIMIT_MAX }}
          value={isOn ? `${value}` : ''}
          onSet={typed => onSet(typed === '' ? null : Number(typed), null)}
        />
      )
    case 'secret':
      return (
        <ValueForm
          {...{ id, what: mode, isOn, type: 'text', max: ROOM_KEY_MAX_CHARS }}
          value=""
          onSet={typed => onSet(typed === '' ? null : typed, null)}
        />
      )
  }
}
