/** A choice of times, and a field for another one. */
import { LASTING, type Lasting } from './times.ts'

type Props = {
  readonly legend: string
  readonly lasting: Lasting
  readonly typed: string
  /** Error if the typed text is no time. */
  readonly wrong: string | null
  /** Without it, an act can't be for good. */
  readonly isForGood: boolean
  readonly onChange: (lasting: Lasting, typed: string) => void
}

export function ForHowLong({ legend, lasting, typed, wrong, isForGood, onChange }: Props) {
  return (
    <fieldset className="choice-row">
      <legend>{legend}</legend>
      {LASTING.filter(([which]) => isForGood || which !== 'good').map(([which, words]) => (
        <label key={which} className="pick">
          <input
            type="radio"
            name="lasting"
            value={which}
            checked={lasting === which}
            onChange={() => onChange(which, typed)}
          />
          <span>{words}</span>
        </label>
      ))}
      {lasting === 'other' ? (
        <input
          className="short"
          aria-label="Another time"
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : 'lasting-wrong'}
          placeholder="2h"
          value={typed}
          onChange={event => onChange('other', event.target.value)}
        />
      ) : null}
      {wrong === null ? null : (
        <p id="lasting-wrong" className="wrong small" role="alert">
          {wrong}
        </p>
      )}
    </fieldset>
  )
}
