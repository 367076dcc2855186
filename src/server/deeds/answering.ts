/** What is answered without an input: questions and refusals, each when all that was asked before it has been folded. */
import type { Outgoing } from '../../codec/codec.ts'
import { answerQuery } from '../answer-query.ts'
import type { Guest } from '../house.ts'
import { refused as noteRefused } from '../note.ts'
import type { Deed } from '../talk/conversation.ts'
import type { Holding } from './holding.ts'

type Asked = Extract<Deed, { do: 'query' }>

export type Answering = {
  readonly query: (deed: Asked) => void
  readonly refuse: (deed: Extract<Deed, { do: 'refuse' }>) => void
  /** `outgoing` is asked for when it is its turn. */
  readonly inTurn: (outgoing: () => Outgoing) => void
  /** The peer takes more. */
  readonly goOn: () => void
  /** Nobody is left to be answered. */
  readonly stop: () => void
}

export function answering({ house, link, tell }: Guest, { hold, release }: Holding): Answering {
  const { clock, history } = house
  const inTurn = (outgoing: () => Outgoing): void => house.settled(() => tell(outgoing()))

  /** Where the peer has yet to take the answer before, the next question waits for that. */
  let isWaiting = false
  let isOver = false

  function answer({ session, n, query }: Asked): void {
    if (isOver) return done()
    const [state, at] = [house.state(), clock.now()]
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

  /** Answers are written at the end of a turn: before it is seen whether they were taken. */
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

  /** Of a past that cannot be read the asker is told, and the host; the connection stays. */
  function failed(n: number | null, error: unknown): void {
    house.report(error)
    tell({ type: 'rejected', at: clock.now(), n, code: 'internal', detail: '' })
  }

  return {
    /** One question a turn, since its answer may be long. What else the connection asks waits, to stay in its order. */
    query(deed) {
      hold()
      house.settled(() => answer(deed))
    },
    refuse({ n, code, detail }) {
      house.note(noteRefused(link, code))
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
