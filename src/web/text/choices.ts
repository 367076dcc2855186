/** The completions that the page offers: commands, `@names`, `#rooms` and `:emoji` unasked, bare names on Tab. */

import { ownRole } from '../../client/chat/people/roles.ts'
import { personOf, roomOf } from '../../client/chat/place.ts'
import { places } from '../../client/chat/place-list.ts'
import type { Chat } from '../../client/chat/state.ts'
import { type Completion, type CompletionSource, complete, wordBefore } from '../../client/input/completion.ts'

const OFFERED_MAX = 50

/** Loaded with the first colon. */
export type EmojiNames = typeof import('../../client/input/emoji.ts')

export type Offer = Completion & { readonly asked: boolean }

const NOTHING: Offer = { from: 0, choices: [], exact: false, asked: false }

/** `before`: the text before the cursor. `asked`: whether to complete a bare word too. */
export function choicesFor(before: string, chat: Chat, emoji: EmojiNames | null, asked = false): Offer {
  const named = emoji?.completeEmoji(before)
  if (named) return { ...named, asked: true }
  const word = wordBefore(before)
  const begun =
    /^[@#]/.test(word) || (word.startsWith('/') && word.length === before.length && !before.startsWith('//'))
  if (!begun && !(asked && word !== '')) return NOTHING
  const { from, choices, exact } = complete(before, known(chat))
  const offered = choices.filter(({ text }) => text.trimEnd() !== word).slice(0, OFFERED_MAX)
  return { from, choices: offered, exact, asked: begun }
}

function known(chat: Chat): CompletionSource {
  const all = places(chat)
  const members = chat.view.rooms.get(roomOf(chat.where) ?? '')?.members.keys() ?? []
  const people = all.flatMap(where => personOf(where) ?? [])
  return {
    role: ownRole(chat.view, roomOf(chat.where)),
    rooms: all.flatMap(where => roomOf(where) ?? []),
    names: [...new Set([...members, ...people])].filter(name => name !== chat.view.name),
  }
}

/** The text with `choice` in place of the word between `from` and the cursor, and the new cursor. */
export function replaced(text: string, caret: number, from: number, choice: string) {
  return { text: text.slice(0, from) + choice + text.slice(caret), caret: from + choice.length }
}
