/** The possible acts on a selected message. The keys, the menu and the help are derived from this one table. */
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import { mayDo } from '../../../client/chat/people/roles.ts'
import { roomOf } from '../../../client/chat/place.ts'
import { mayClose, whyNot } from '../../../client/chat/questions/entitled.ts'
import { isOpen } from '../../../client/chat/questions/question.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { isEditable } from '../composing.ts'
import { ANSWER_KEYS } from '../drawing/entry/question-lines.ts'
import { openables } from './links.ts'
import { isDeletable } from './selection.ts'

export type MessageAct =
  | 'answer'
  | 'close'
  | 'reply'
  | 'react'
  | 'edit'
  | 'copy'
  | 'open'
  | 'delete'
  | 'reactors'
  | 'who'
  | 'pin'
  | 'unpin'
  | 'address'

type Row = {
  readonly act: MessageAct
  /** Besides its letter, some acts have a key that people expect. */
  readonly keys: readonly string[]
  readonly label: string
  readonly help: string
  readonly offers: (chat: Chat, message: Said) => boolean
}

/** A message that waits for a keeper hasn't reached anybody yet. */
function isSaid(_: Chat, { held }: Said): boolean {
  return held !== true
}

function mayPin({ view, where }: Chat, { held }: Said): boolean {
  const room = roomOf(where)
  return room !== null && held !== true && mayDo(view, 'pin', room)
}

function isPinned({ view, where }: Chat, { seq }: Said): boolean {
  return view.rooms.get(roomOf(where) ?? '')?.pins?.some(pin => pin.seq === seq) === true
}

function isAnswerable({ questions, view }: Chat, { seq }: Said): boolean {
  const question = questions.get(seq)
  return question !== undefined && isOpen(question) && whyNot(view, question) === null
}

/** In the order of the menu: a narrow terminal cuts off its end. */
const MESSAGE_ACTS: readonly Row[] = [
  {
    act: 'answer',
    keys: ANSWER_KEYS,
    label: 'answer',
    help: 'answer its question, to 9, and 0 for the tenth',
    offers: (chat, said) => isAnswerable(chat, said),
  },
  { act: 'reply', keys: ['r', 'enter'], label: 'reply', help: 'answer it; Enter too', offers: isSaid },
  { act: 'react', keys: ['+'], label: 'react', help: 'react with an emoji', offers: isSaid },
  { act: 'edit', keys: ['e'], label: 'edit', help: 'edit it, if it is yours', offers: (_, said) => isEditable(said) },
  { act: 'copy', keys: ['c'], label: 'copy', help: 'copy its text', offers: () => true },
  {
    act: 'open',
    keys: ['o'],
    label: 'open',
    help: 'open a link or a file in it',
    offers: (_, said) => openables(said).length > 0,
  },
  {
    act: 'delete',
    keys: ['d', 'delete', 'backspace'],
    label: 'delete',
    help: 'delete it, if you may',
    offers: isDeletable,
  },
  {
    act: 'reactors',
    keys: ['n'],
    label: 'names',
    help: 'show who has reacted to it',
    offers: (_, { reactions }) => (reactions?.length ?? 0) > 0,
  },
  {
    act: 'close',
    keys: ['x'],
    label: 'close',
    help: 'close its question, if you may',
    offers: (chat, { seq }) => {
      const question = chat.questions.get(seq)
      return question !== undefined && mayClose(chat.view, question)
    },
  },
  { act: 'who', keys: ['w'], label: 'who', help: 'show who wrote it', offers: () => true },
  {
    act: 'pin',
    keys: ['p'],
    label: 'pin',
    help: 'pin it, or unpin it',
    offers: (chat, said) => mayPin(chat, said) && !isPinned(chat, said),
  },
  {
    act: 'unpin',
    keys: ['p'],
    label: 'unpin',
    help: '',
    offers: (chat, said) => mayPin(chat, said) && isPinned(chat, said),
  },
  {
    act: 'address',
    keys: ['l'],
    label: 'link',
    help: 'copy a link to it',
    offers: (chat, said) => roomOf(chat.where) !== null && isSaid(chat, said),
  },
]

/** The acts that this message offers to the reader. */
export const offered = (chat: Chat, message: Said): readonly Row[] =>
  MESSAGE_ACTS.filter(({ offers }) => offers(chat, message))

/** Null: the key does nothing with this message. */
export const actOf = (chat: Chat, message: Said, key: string): MessageAct | null =>
  MESSAGE_ACTS.find(({ keys, offers }) => keys.includes(key) && offers(chat, message))?.act ?? null

/** Keys and their effects, for the help. */
export const ACT_KEYS: readonly (readonly [string, string])[] = MESSAGE_ACTS.filter(({ help }) => help !== '').map(
  ({ keys: [key = ''], help }) => [key, help],
)
