/**
 * A face: a picture, or the initials of a name on its colour, with a dot for presence (filled: here; an amber ring:
 * away; a grey ring: gone). The name stands beside it, so a screen reader doesn't read it.
 */
import { useState } from 'react'
import { type Presence, presenceSentence } from '../../../client/chat/people/presence.ts'
import { initials } from '../../../client/view/initials.ts'
import { nameColour } from '../../../client/view/theme.ts'
import { HOST_NAME } from '../../../model/name/standing.ts'
import { usePicture } from '../../text/use-pictures.ts'

type Props = {
  readonly name: string
  /** Id of the member, if it's known. */
  readonly id?: string | undefined
  /** Absent: it isn't shown here. */
  readonly presence?: Presence | undefined
}

export function Avatar({ name, id, presence }: Props) {
  const picture = usePicture(name, id)
  /** A picture that can't be loaded: it was removed, or this server has none of its files. */
  const [missing, setMissing] = useState<string | null>(null)
  const isShown = picture !== null && picture !== missing
  return (
    // As an attribute, which the style shows, the initials aren't selected and copied with the text beside them.
    <span
      className={`face name-${nameColour(name)}`}
      data-initials={isShown ? undefined : name === HOST_NAME ? '>' : initials(name)}
      aria-hidden="true"
    >
      {isShown ? <img src={picture} alt="" onError={() => setMissing(picture)} /> : null}
      {presence === undefined ? null : (
        <span className="presence" data-is={presence.is} title={presenceSentence(presence)} />
      )}
    </span>
  )
}
