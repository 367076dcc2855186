/**
 * The messages of a room after a place, in order. A live message only tells that there is something to read: every
 * message is taken from the history, so nothing is missing between the past and the present, over any interruption. It
 * stops before a message that is being edited, which has no text until the edit is shown, and reads it then.
 */
import type { PastMessage } from '../../codec/native/reply.ts'
import { HISTORY_PAGE_MAX } from '../../model/limits.ts'
import type { Client } from '../session/connection.ts'
import { type Incoming, replay } from '../session/incoming.ts'
import type { AskOutcome } from '../session/status.ts'
import type { Handed } from './handler.ts'

export type Page = {
  readonly events: readonly Handed[]
  /** The room is read up to this input. */
  readonly to: number
}

export class RoomReader {
  readonly #client: Client
  readonly #room: string
  readonly #read: (page: Page) => void
  /** The id of the question that is not answered; null: none is. */
  #asked: number | null = null
  #to = 0
  #hasNews = false

  constructor(client: Client, room: string, read: (page: Page) => void) {
    this.#client = client
    this.#room = room
    this.#read = read
  }

  /** Reads from there on. An answer that is on its way isn't taken any more. */
  begin(after: number): void {
    this.#asked = null
    this.#to = after
    this.#hasNews = true
  }

  /** Asks for the next page, unless no message came since the last one. */
  next(): void {
    if (!this.#hasNews || this.#asked !== null) return
    this.#hasNews = false
    const range = { before: null, after: this.#to, since: null }
    this.#asked = this.#client.ask({ type: 'history', room: this.#room, ...range, limit: HISTORY_PAGE_MAX })
  }

  hear({ reply }: Incoming): void {
    // Messages that were sent while there was no connection.
    if (this.#isAhead(reply) || reply.type === 'welcome' || reply.type === 'gap') this.#hasNews = true
  }

  /** A message behind the place; or the end of an edit of a message there. */
  #isAhead(reply: Incoming['reply']): boolean {
    if (reply.type === 'said') return reply.room === this.#room && reply.seq > this.#to
    const isChange = reply.type === 'edited' || reply.type === 'deleted'
    return isChange && reply.room === this.#room && reply.target > this.#to
  }

  /** Whether the question was the reader's. */
  settle(outcome: AskOutcome): boolean {
    if (outcome.id !== this.#asked) return false
    this.#asked = null
    const reply = outcome.is === 'done' ? outcome.reply : null
    // It has to be asked again.
    if (reply?.type !== 'history') this.#hasNews = true
    else this.#take(reply)
    return true
  }

  #take({
    messages: page,
    more,
    gone = 0,
  }: Extract<Extract<AskOutcome, { is: 'done' }>['reply'], { type: 'history' }>): void {
    const [first] = page
    const editing = page.findIndex(isBeingEdited)
    const messages = editing === -1 ? page : page.slice(0, editing)
    const gap: Handed | null =
      gone > 0 && first ? { type: 'gap', seq: first.seq - 1, room: this.#room, after: this.#to, missed: gone } : null
    const said = messages.flatMap(replay).flatMap(({ reply }) => (reply.type === 'said' ? [reply] : []))
    this.#to = Math.max(this.#to, messages.at(-1)?.seq ?? gap?.seq ?? 0)
    this.#hasNews ||= more && editing === -1
    this.#read({ events: gap ? [gap, ...said] : said, to: this.#to })
  }
}

const isBeingEdited = ({ text, deleted }: PastMessage): boolean => text === undefined && !deleted
