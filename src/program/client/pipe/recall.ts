/** Past messages, put before live ones: each message once, in order, marked as replayed. */
import { Observable } from 'rxjs'
import { placeOf } from '../../../client/consuming/beginning.ts'
import type { Client } from '../../../client/session/connection.ts'
import type { Incoming } from '../../../client/session/incoming.ts'
import { replay } from '../../../client/session/incoming.ts'
import type { AskOutcome } from '../../../client/session/status.ts'
import type { CursorEntry } from '../../../codec/native/reply.ts'
import { HISTORY_PAGE_MAX } from '../../../model/limits.ts'

/** After an input, since a time, in milliseconds since the epoch, or after the place of a cursor: `NAME`, `OWNER/NAME`. */
export type Since = Range | { readonly cursor: string }
type Range = { readonly after: number } | { readonly since: number }

/** `done` is called when the whole past has arrived, or can't be had. */
export const recalled$ = (
  client: Client,
  room: string,
  since: Since,
  done: () => void,
  /** Gets a sentence: there's no such cursor. */
  fail: (why: string) => void,
): Observable<Incoming> =>
  new Observable(out => {
    /** The id of the pending question; null: none was asked yet. */
    let asked: number | null = null
    let over = false
    const past: Incoming[] = []
    /** Live messages that arrived in the meantime. */
    const held: Incoming[] = []

    const ask = (from: Range): void => {
      const range = { before: null, after: null, since: null, ...from }
      asked = client.ask({ type: 'history', room, ...range, limit: HISTORY_PAGE_MAX })
    }

    function flush(): void {
      over = true
      const known = new Set(past.map(({ reply }) => seqOf(reply)))
      const fresh = held.filter(({ reply }) => reply.type !== 'said' || !known.has(reply.seq))
      const all = [...past, ...fresh]
      for (const spoken of all.sort((a, b) => seqOf(a.reply) - seqOf(b.reply))) out.next(spoken)
    }

    function finish(): void {
      flush()
      done()
    }

    function hear(spoken: Incoming): void {
      if (over) return out.next(spoken)
      if (asked !== null) return void held.push(spoken)
      out.next(spoken)
      if (spoken.reply.type !== 'room' && !isStream(spoken.reply)) return
      if ('cursor' in since) asked = client.ask({ type: 'cursors' })
      else ask(since)
    }

    /**
     * A script may ask questions of its own, and have them refused. The outcome, which comes right after the answer,
     * tells which answer is ours.
     */
    function settle(outcome: AskOutcome): void {
      if (over || outcome.id !== asked) return
      const reply = outcome.is === 'done' ? outcome.reply : null
      if (reply?.type === 'cursors' && 'cursor' in since) return after(reply.cursors, since.cursor)
      if (reply?.type !== 'history') return finish()
      held.pop()
      past.push(...reply.messages.flatMap(replay))
      const last = reply.messages.at(-1)
      if (reply.more && last) ask({ after: last.seq })
      else finish()
    }

    /** The answer was heard before its outcome, and is nobody else's. */
    function after(cursors: readonly CursorEntry[], name: string): void {
      held.pop()
      const found = placeOf(cursors, name)
      if (found.is === 'found') return ask({ after: found.after ?? 0 })
      fail(found.why)
      finish()
    }

    const hearing = client.incoming$.subscribe({
      next: hear,
      complete() {
        if (!over) flush()
        out.complete()
      },
    })
    hearing.add(client.outcome$.subscribe(settle))
    return () => hearing.unsubscribe()
  })

/** With a token, no room is joined. Instead the welcome of the stream means that all later messages will arrive. */
const isStream = (reply: Incoming['reply']): boolean => reply.type === 'welcome' && !('session' in reply)

/** Replies without a number stay where they arrived: after everything that has one. */
const seqOf = (reply: Incoming['reply']): number =>
  'at' in reply || reply.type === 'gap' ? reply.seq : Number.MAX_SAFE_INTEGER
