/** The begin in a room: looks for the input that a time, or the place of a cursor, stands for. */
import type { CursorEntry } from '../../codec/native/reply.ts'
import type { Client } from '../session/connection.ts'
import type { AskOutcome } from '../session/status.ts'

/** A time, in milliseconds since the epoch; or the place of a cursor: `NAME`, or another owner's `OWNER/NAME`. */
export type Sought = { readonly since: number } | { readonly cursor: string }

/** `after` null: there is no message since then. `again`: the server could not answer now. */
export type Beginning =
  | { readonly is: 'found'; readonly after: number | null }
  | { readonly is: 'unknown'; readonly why: string }
  | { readonly is: 'again' }

export class BeginningFinder {
  readonly #client: Client
  readonly #room: string
  readonly #sought: Sought
  #asked: number | null = null

  constructor(client: Client, room: string, sought: Sought) {
    this.#client = client
    this.#room = room
    this.#sought = sought
  }

  ask(): void {
    if (this.#asked !== null) return
    const sought = this.#sought
    if ('cursor' in sought) this.#asked = this.#client.ask({ type: 'cursors' })
    else {
      const range = { before: null, after: null, ...sought }
      this.#asked = this.#client.ask({ type: 'history', room: this.#room, ...range, limit: 1 })
    }
  }

  /** Null: the question was another one. */
  settle(outcome: AskOutcome): Beginning | null {
    if (outcome.id !== this.#asked) return null
    this.#asked = null
    const reply = outcome.is === 'done' ? outcome.reply : null
    if (reply?.type === 'history') return { is: 'found', after: beforeFirst(reply.messages) }
    if (reply?.type === 'cursors' && 'cursor' in this.#sought) return placeOf(reply.cursors, this.#sought.cursor)
    return { is: 'again' }
  }
}

const beforeFirst = ([first]: readonly { readonly seq: number }[]): number | null => (first ? first.seq - 1 : null)

export function placeOf(cursors: readonly CursorEntry[], name: string): Exclude<Beginning, { is: 'again' }> {
  const found = cursors.find(one => one.cursor === name || `${one.owner}/${one.cursor}` === name)
  return found
    ? { is: 'found', after: found.place }
    : { is: 'unknown', why: `There is no cursor ${name}. rxchat cursors lists them.` }
}
