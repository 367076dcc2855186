/**
 * What a screen reader is told of what comes: a few messages word for word, many as their number, with pauses between.
 * The list itself is silent, or scrolling through it would be read aloud.
 */
import { BehaviorSubject, type Observable, Subscription } from 'rxjs'
import type { Chat } from '../../client/chat-state.ts'
import { happened } from '../../client/sentences.ts'
import type { Entry } from '../../client/timeline.ts'
import type { Clock } from '../../port/clock.ts'

/** Milliseconds between two announcements, and messages that one says word for word. */
const PAUSE_MS = 2000
const WORD_FOR_WORD = 3
const CHARS = 300

/** What the live region says now. */
export const announced$ = new BehaviorSubject('')

export function announcer(chat$: BehaviorSubject<Chat> | Observable<Chat>, clock: Clock): Subscription {
  let where: string | null = null
  let told = 0
  let latest: Chat | null = null
  let calledOff: (() => void) | null = null

  function speak(): void {
    calledOff = null
    if (!latest) return
    const words = announcement(latest, told)
    told = endOf(latest)
    if (words === '') return
    announced$.next(words)
    calledOff = clock.alarm(PAUSE_MS, speak)
  }

  const listening = chat$.subscribe(chat => {
    latest = chat
    // What was there when one came is read, not announced.
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

const endOf = ({ conversations, where }: Chat): number => conversations.get(where)?.timeline.entries.last()?.seq ?? 0

export function announcement({ conversations, where }: Pick<Chat, 'conversations' | 'where'>, after: number): string {
  const entries = conversations.get(where)?.timeline.entries
  const news: string[] = []
  let count = 0
  for (let k = (entries?.size ?? 0) - 1; k >= 0; k--) {
    const entry = entries?.get(k)
    if (!entry || entry.seq <= after) break
    const words = wordsOf(entry)
    if (words === null) continue
    count++
    if (news.length < WORD_FOR_WORD) news.unshift(words.slice(0, CHARS))
  }
  return count > WORD_FOR_WORD ? `${count} new messages in ${where}` : news.join('. ')
}

function wordsOf(entry: Entry): string | null {
  switch (entry.kind) {
    case 'said':
      return entry.mine || entry.text === null ? null : `${entry.from}: ${entry.text}`
    case 'happened':
      // Comings and goings would never end in a room of many.
      return entry.event.type === 'topic' || entry.event.type === 'renamed' ? happened(entry) : null
    case 'failed':
      return `Not sent: ${entry.text}`
    case 'note':
      return entry.lines.join(' ')
    case 'gap':
      return null
  }
}
