/** Chooses the seconds of a mode, or none. */
import { leftText } from '../../../../model/duration.ts'
import { OFFERED } from './seconds.ts'
import { useChosen } from './use-chosen.ts'

type Props = {
  readonly id: string
  /** Null: it's off. */
  readonly seconds: number | null
  readonly onSet: (seconds: number | null) => Promise<boolean>
}

export function SecondsOf({ id, seconds, onSet }: Props) {
  const [shown, choose] = useChosen(seconds, onSet)
  return (
    <select
      id={id}
      aria-describedby={`${id}-help`}
      value={shown === null ? '' : `${shown}`}
      onChange={event => choose(event.target.value === '' ? null : Number(event.target.value))}
    >
      <option value="">off</option>
      {offered(shown).map(one => (
        <option key={one} value={one}>
          {leftText(one * 1000)}
        </option>
      ))}
    </select>
  )
}

/** With the present value, which may be another. */
const offered = (shown: number | null): readonly number[] =>
  shown === null || OFFERED.includes(shown) ? OFFERED : [...OFFERED, shown].sort((a, b) => a - b)
