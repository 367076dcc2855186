/** The words about hands and open questions in the lines around the messages. Pure. */

import { roomOf } from '../../../client/chat/place.ts'
import { handsIn } from '../../../client/chat/questions/hands.ts'
import { waitingFor } from '../../../client/chat/questions/waiting.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { flatten } from '../../../model/text.ts'
import { type Span, span } from '../../text/line.ts'

const NAMED = 2

/** `  hands: 田中, José +3`: the first are called on next. */
export function handSpans(chat: Chat): readonly Span[] {
  const hands = handsIn(chat.view, roomOf(chat.where))
  if (hands.length === 0) return []
  const names = hands.slice(0, NAMED).map(({ name }) => flatten(name))
  const more = hands.length > NAMED ? ` +${hands.length - NAMED}` : ''
  return [span(`  hands: ${names.join(', ')}${more}`, { role: 'accent' })]
}

/** `  /answer 1042 or Alt-m: question waits`. The command comes first, since the end of the line may be cut. */
export function waitingSpans(chat: Chat): readonly Span[] {
  const [first, second] = waitingFor(chat, chat.where)
  if (!first) return []
  const what = first.kind === 'buzz' ? '/buzz' : `/answer ${first.seq}`
  const count = second ? `${waitingFor(chat, chat.where).length} questions wait` : 'a question waits'
  return [span(`  ${what} or Alt-m: ${count}`, { role: 'warning' })]
}
