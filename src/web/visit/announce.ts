/**
 * Announcements of new messages for a screen reader: a few word for word, many as their number, with pauses between.
 * The list itself is silent, or scrolling through it would be read aloud.
 */
import type { List } from 'immutable'
import { BehaviorSubject, type Observable, Subscription } from 'rxjs'
import { latestOf } from '../../client/chat/conversation/conversation.ts'
import { type Entry, indexOf, isHidden } from '../../client/chat/conversation/timeline.ts'
import type { Where } from '../../client/chat/place.ts'
import { happened } from '../../client/chat/sentences.ts'
import type { Chat } from '../../client/chat/state.ts'
import type { Clock } from '../../port/clock.ts'

/** Milliseconds between two announcements; the most messages read word for word; the most characters of each. */
const PAUSE_MS = 2000
const WORD_FOR_WORD = 3
const CHARS = 300

/** The current text of the live region. */
export const announced$ = new BehaviorSubject('')

export function announcer(chat$: BehaviorSubject<Chat> | Observable<Chat>, clock: Clock): Subscription {
  let where: string | null = null
  let told = 0
  let latest: Chat | null = null
  let calledOff: (() => void) | null = null
  /** The range of inputs that the live region reads now. */
  let spoken: { readonly where: Where; readonly after: number; readonly upTo: number } | null = null

  /** A deleted text is also removed from the live region. */
  function silence(chat: Chat): void {
    if (!spoken || announced$.value === '' || !hasDeleted(chat, spoken)) return
    spoken = null
    announced$.next('')
  }

  function speak(): void {
    calledOff = null
    if (!latest) return
    const { words, verbatim } = gathered(latest, told)
    const since = told
    told = endOf(latest)
    if (words === '') return
    spoken = verbatim ? { where: latest.where, after: since, upTo: told } : null
    announced$.next(words)
    calledOff = clock.alarm(PAUSE_MS, speak)
  }

  const listening = chat$.subscribe(chat => {
    latest = chat
    silence(chat)
    // Entries that were there on arrival aren't announced.
    const settled = chat.status.state === 'online'
    if (chat.where !== where || !settled) {
      where = chat.where
      told = endOf(chat)
    } else if (endOf(chat) > told) calledOff ??= clock.alarm(0, speak)
  })
  return new Subscription(() => {
    listening.unsubscribe()
    calledOff?.()
    announced$.next('')
  })
}

function hasDeleted({ conversations }: Chat, said: { where: Where; after: number; upTo: number }): boolean {
  const entries = entriesOf({ conversations, where: said.where })
  if (!entries) return true
  for (let k = indexOf({ entries }, { seq: said.after + 1, i: 0 }); k < entries.size; k++) {
    const entry = entries.get(k)
    if (!entry || entry.seq > said.upTo) return false
    if (entry.kind === 'said' && entry.text === null) return true
  }
  return false
}

const endOf = ({ conversations, where }: Chat): number => entriesOf({ conversations, where })?.last()?.seq ?? 0

const entriesOf = ({ conversations, where }: Places): List<Entry> | undefined => {
  const at = conversations.get(where)
  return at && latestOf(at).entries
}

type Places = Pick<Chat, 'conversations' | 'where'>

export const announcement = (chat: Places, after: number): string => gathered(chat, after).words

/** `verbatim`: the words are those of messages. */
function gathered({ conversations, where }: Places, after: number) {
  const entries = entriesOf({ conversations, where })
  const news: string[] = []
  let count = 0
  for (let k = (entries?.size ?? 0) - 1; k >= 0; k--) {
    const entry = entries?.get(k)
    if (!entry || entry.seq <= after) break
    const words = wordsOf(entry)
    if (words === null || isHidden(entry)) continue
    count++
    if (news.length < WORD_FOR_WORD) news.unshift(words.slice(0, CHARS))
  }
  const verbatim = count <= WORD_FOR_WORD
  return { verbatim, words: verbatim ? news.join('. ') : `${count} new messages in ${where}` }
}

const TOLD: ReadonlySet<string> = new Set(['topic', 'renamed', 'moderated'])

function wordsOf(entry: Entry): string | null {
  switch (entry.kind) {
    case 'said':
      return entry.mine || entry.text === null ? null : `${entry.from}: ${entry.text}`
    case 'happened':
      // Enters and exits would never end in a busy room.
      return TOLD.has(entry.event.type) ? happened(entry) : null
    case 'failed':
      return `Not sent: ${entry.text}`
    case 'note':
      return entry.lines.join(' ')
    case 'gap':
      return null
  }
}
