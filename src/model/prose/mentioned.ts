/**
 * The members that a text mentions. The server reads each message once, at ingress, and the ids travel with it. So a
 * mention notifies the members that were meant, even if their names have changed when the message is read.
 */
import type { MemberId } from '../input.ts'
import { MENTIONS_MAX } from '../limits.ts'
import type { Named } from './names.ts'
import { mentionsIn } from './prose.ts'

/** In the order of the text, each once, at most MENTIONS_MAX. A text doesn't mention its own author. */
export function mentionedIn(text: string, author: MemberId, named: Named<MemberId>): readonly MemberId[] {
  const ids = new Set<MemberId>()
  for (const { who } of mentionsIn(text, named)) {
    if (who !== author) ids.add(who)
    if (ids.size === MENTIONS_MAX) break
  }
  return [...ids]
}
