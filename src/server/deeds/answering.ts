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
}

export function answering({ house, link, tell }: Guest, { hold, release }: Holding): Answering {
  const { clock, history } = house
  const inTurn = (outgoing: () => Outgoing): void => house.settled(() => tell(outgoing()))

  function answer({ session, n, query }: Asked): void {
    const [state, at] = [house.state(), clock.now()]
    try {
      const answered = answerQuery(query, { state, history, session, n, at })
      if (!(answered instanceof Promise)) return tell(answered)
      answered.then(
        outgoing => release(() => tell(outgoing)),
        error => release(() => failed(n, error)),
      )
    } catch (error) {
      failed(n, error)
    }
  }

  /** Of a past that cannot be read the asker is told, and the host; the connection stays. */
  function failed(n: number | null, error: unknown): void {
    house.report(error)
    tell({ type: 'rejected', at: clock.now(), n, code: 'internal', detail: '' })
  }

  return {
    /** A search takes its time: what else the connection asks waits, so that answers stay in their order. */
    query(deed) {
      if (deed.query.type === 'search') hold()
      house.settled(() => answer(deed))
    },
    refuse({ n, code, detail }) {
      house.note(noteRefused(link, code))
      inTurn(() => ({ type: 'rejected', at: clock.now(), n, code, detail }))
    },
    inTurn,
  }
}
