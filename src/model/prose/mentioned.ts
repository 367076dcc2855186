/**
 * Whom a text mentions. The server reads each message once, at ingress, and the ids travel with it. So a mention rings
 * for the members that were meant, whatever name they have when the message is read.
 */
import type { MemberId } from '../input.ts'
import { MENTIONS_MAX } from '../limits.ts'
import type { Named } from './names.ts'
import { mentionsIn } from './prose.ts'

/** In the order of the text, each once, at most MENTIONS_MAX. Nobody is mentioned by themselves. */
export function mentionedIn(text: string, author: MemberId, named: Named<MemberId>): readonly MemberId[] {
  const ids = new Set<MemberId>()
  for (const { who } of mentionsIn(text, named)) {
    if (who !== author) ids.add(who)
    if (ids.size === MENTIONS_MAX) break
  }
  return [...ids]
}
