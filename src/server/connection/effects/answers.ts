/** Answers without an input: to queries and refusals, each when everything that was asked before it has been folded. */
import type { Outgoing } from '../../../codec/codec.ts'
import { answerQuery } from '../../delivery/answer-query.ts'
import { refused as noteRefused } from '../../observe/notes.ts'
import type { ConnectionContext } from '../context.ts'
import type { Effect } from '../state.ts'
import type { HeldAsksDeps } from './held-asks.ts'

type QueryEffect = Extract<Effect, { type: 'query' }>

export type Answering = {
  readonly query: (effect: QueryEffect) => void
  readonly refuse: (effect: Extract<Effect, { type: 'refuse' }>) => void
  /** `outgoing` is called when its turn comes. */
  readonly inTurn: (outgoing: () => Outgoing) => void
  /** The peer takes more. */
  readonly goOn: () => void
  /** Nobody is left to be answered. */
  readonly stop: () => void
}

export function answering({ server, link, tell }: ConnectionContext, { hold, release }: HeldAsksDeps): Answering {
  const { clock, history } = server
  const inTurn = (outgoing: () => Outgoing): void => server.settled(() => tell(outgoing()))

  /** If the peer has yet to take the last answer, the next query waits for that. */
  let isWaiting = false
  let isOver = false

  function answer({ session, n, query }: QueryEffect): void {
    if (isOver) return done()
    const [state, at] = [server.state(), clock.now()]
    try {
      const answered = answerQuery(query, { state, history, session, n, at })
      if (answered instanceof Promise) return later(n, answered)
      tell(answered)
    } catch (error) {
      failed(n, error)
    }
    done()
  }

  const later = (n: number | null, answered: Promise<Outgoing>): void =>
    void answered.then(tell, error => failed(n, error)).then(done)

  /** Answers are written at the end of a turn. Only then can it be seen whether the peer took them. */
  function done(): void {
    clock.turn(() => {
      isWaiting = link.isFull && !isOver
      if (!isWaiting) release(() => {})
    })
  }

  function goOn(): void {
    if (!isWaiting) return
    isWaiting = false
    done()
  }

  /** If the history cannot be read, the client and the host are told; the connection stays. */
  function failed(n: number | null, error: unknown): void {
    server.report(error)
    tell({ type: 'rejected', at: clock.now(), n, code: 'internal', detail: '' })
  }

  return {
    /** One query a turn, since its answer may be long. Later requests of the connection wait, to stay in order. */
    query(effect) {
      hold()
      server.settled(() => answer(effect))
    },
    refuse({ n, code, detail }) {
      server.note(noteRefused(link, code))
      inTurn(() => ({ type: 'rejected', at: clock.now(), n, code, detail }))
    },
    inTurn,
    goOn,
    stop() {
      isOver = true
      goOn()
    },
  }
}
