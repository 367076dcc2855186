/** The line about a selected message: the possible acts, or the current question. Pure. */
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import { reactionsOf } from '../../../client/chat/messages/reactions.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { REACTIONS } from '../../../client/view/reactions.ts'
import { flatten } from '../../../model/text.ts'
import { clip, lineWidest, type Span, type StyledLine, shorten, span } from '../../text/line.ts'
import { offered } from '../selected/acts.ts'
import { openables } from '../selected/links.ts'
import type { Selected } from '../selected/selection.ts'

export function menuLine(
  chat: Chat,
  message: Said,
  { asking, names }: NonNullable<Selected>,
  columns: number,
): StyledLine {
  const { seq, from } = message
  if (asking === 'delete') return asked('Delete it for everyone? Enter deletes, Esc keeps it', columns)
  if (asking === 'link') return shorten([span(' Open which?', { role: 'warning' }), ...links(message)], columns)
  if (asking === 'react') {
    const usual = REACTIONS.flatMap((emoji, index) => choice(`${index + 1}`, emoji))
    return clip([span(' Which?', { role: 'warning' }), ...usual, span('or type a name', { role: 'quiet' })], columns)
  }
  if (message.held) {
    return asked(`${seq} of ${from} waits: /release ${seq} shows it, /drop ${seq} drops it, Esc ends`, columns)
  }
  if (names) return shorten([span(' '), ...reactors(chat, message)], columns)
  const keys = offered(chat, message).flatMap(({ keys: [key = ''], label }) => choice(key, label))
  const choices = [...keys, ...choice('Esc', 'ends')]
  const numbered = [...choices, span(`  message ${seq}`, { role: 'quiet' })]
  return lineWidest(numbered) <= columns ? numbered : clip(choices, columns)
}

const asked = (question: string, columns: number): StyledLine =>
  clip([span(` ${flatten(question)}`, { role: 'warning' })], columns)

const choice = (key: string, label: string): readonly Span[] => [
  span(` ${key} `, { role: 'accent', bold: true }),
  span(`${label} `, { role: 'quiet' }),
]

/** `👍 田中, a|b  🎉 3`: a number until the names are here. */
const reactors = (chat: Chat, message: Said): readonly Span[] =>
  reactionsOf(chat, message).flatMap(({ emoji, count, people }) => {
    const names = people.map(({ name }) => flatten(name)).filter(name => name !== '')
    return [span(`${flatten(emoji)} `), span(`${names.length < count ? count : names.join(', ')}  `, { role: 'quiet' })]
  })

const links = (message: Said): readonly Span[] =>
  openables(message).flatMap(({ label }, index) => choice(`${index + 1}`, flatten(label)))
