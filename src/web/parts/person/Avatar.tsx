/**
 * A face: the initials of a name on its colour, with a dot for presence (filled: here; an amber ring: away; a grey ring:
 * gone). The name stands beside it, so a screen reader doesn't read it.
 */
import { type Presence, presenceSentence } from '../../../client/chat/people/presence.ts'
import { initials } from '../../../client/view/initials.ts'
import { nameColour } from '../../../client/view/theme.ts'
import { HOST_NAME } from '../../../model/name/standing.ts'

type Props = {
  readonly name: string
  /** Absent: it isn't told here. */
  readonly presence?: Presence | undefined
}

export function Avatar({ name, presence }: Props) {
  return (
    // As an attribute, which the style shows, the initials aren't selected and copied with what stands beside them.
    <span
      className={`face name-${nameColour(name)}`}
      data-initials={name === HOST_NAME ? '>' : initials(name)}
      aria-hidden="true"
    >
      {presence === undefined ? null : (
        <span className="presence" data-is={presence.is} title={presenceSentence(presence)} />
      )}
    </span>
  )
}
