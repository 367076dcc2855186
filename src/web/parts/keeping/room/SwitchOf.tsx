/** Switches a mode that takes no value. */
import { useChosen } from './use-chosen.ts'

type Props = {
  readonly id: string
  readonly isOn: boolean
  readonly onSet: (isOn: boolean) => Promise<boolean>
}

export function SwitchOf({ id, isOn, onSet }: Props) {
  const [shown, choose] = useChosen(isOn, onSet)
  return (
    <input
      id={id}
      aria-describedby={`${id}-help`}
      type="checkbox"
      role="switch"
      aria-checked={shown}
      className="switch"
      checked={shown}
      onChange={event => choose(event.target.checked)}
    />
  )
}
