/** What was said before one came, put before what is said now: each message once, in order, marked as replayed. */
import { Observable } from 'rxjs'
import type { Client } from '../../client/connection.ts'
import { replay } from '../../client/replay.ts'
import type { Spoken } from '../../client/spoken.ts'
import type { Outcome } from '../../client/status.ts'
import { HISTORY_PAGE_MAX } from '../../model/limits.ts'
import type { Since } from './flags.ts'

/** `done` is called when all of the past is there, or when there is none to be had. */
export const recalled$ = (client: Client, room: string, since: Since, done: () => void): Observable<Spoken> =>
  new Observable(out => {
    /** The id of the question in hand; null: none was asked yet. */
    let asked: number | null = null
    let over = false
    const past: Spoken[] = []
    /** What came live meanwhile. */
    const held: Spoken[] = []

    const ask = (from: Since): void => {
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

    function hear(spoken: Spoken): void {
      if (over) return out.next(spoken)
      if (asked !== null) return void held.push(spoken)
      out.next(spoken)
      if (spoken.reply.type === 'room' || isStream(spoken.reply)) ask(since)
    }

    /** A script asks and is refused too: which answer is ours is told by its outcome, which comes right behind it. */
    function settle({ id, is }: Outcome): void {
      if (over || id !== asked) return
      const reply = held.at(-1)?.reply
      if (is !== 'done' || reply?.type !== 'history') return finish()
      held.pop()
      past.push(...reply.messages.flatMap(replay))
      const last = reply.messages.at(-1)
      if (reply.more && last) ask({ after: last.seq })
      else finish()
    }

    const hearing = client.spoken$.subscribe({
      next: hear,
      complete() {
        if (!over) flush()
        out.complete()
      },
    })
    hearing.add(client.outcome$.subscribe(settle))
    return () => hearing.unsubscribe()
  })

/** With a token there is no room to enter: the stream of one begins, and what is said from now on is in it. */
const isStream = (reply: Spoken['reply']): boolean => reply.type === 'welcome' && !('session' in reply)

/** Answers and the like stand where they came: after all that is numbered. */
const seqOf = (reply: Spoken['reply']): number =>
  'at' in reply || reply.type === 'gap' ? reply.seq : Number.MAX_SAFE_INTEGER
