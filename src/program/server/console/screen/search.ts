/** Scrolls to a search result of the host: among the live events, or in the past of its room. */
import type { BehaviorSubject } from 'rxjs'
import type { Conversation } from '../../../../client/chat/conversation/conversation.ts'
import { messageAt, type Said } from '../../../../client/chat/conversation/timeline.ts'
import { LOBBY } from '../../../../model/name/standing.ts'
import type { Server } from '../../../../server/server.ts'
import type { ConsoleOutside } from '../../../../tui/console/scene.ts'
import type { ConsoleState } from '../../../../tui/console/state.ts'
import { lookBack, lookFurther } from './room-past.ts'

type Seeking = Pick<ConsoleOutside, 'seek' | 'more' | 'live'>

/** `select` shows a message that is loaded; `complain` says why one isn't. */
export function createSeeking(
  server: Pick<Server, 'ask'>,
  state$: BehaviorSubject<ConsoleState>,
  select: (message: Said) => void,
  complain: (why: string) => void,
): Seeking {
  /** The current request. Answers of an older one aren't shown. */
  let wanted: symbol | null = null

  async function look(looking: Promise<Conversation>): Promise<Conversation | null> {
    const mine = Symbol('look')
    wanted = mine
    try {
      const past = await looking
      if (wanted !== mine) return null
      wanted = null
      state$.next({ ...state$.value, past })
      return past
    } catch (error) {
      complain(String(error instanceof Error ? error.message : error))
      return null
    }
  }

  function live(): void {
    wanted = null
    if (state$.value.past) state$.next({ ...state$.value, past: null })
  }

  return {
    live,
    seek({ seq, room = LOBBY }) {
      live()
      const here = messageAt(state$.value.life.timeline, seq)
      if (here) return select(here)
      void look(lookBack(server, room, seq)).then(past => {
        const there = past && messageAt(past.timeline, seq)
        if (there) return select(there)
        if (!past) return
        live()
        complain(`Message ${seq} is no longer kept.`)
      })
    },
    more(way) {
      const { past } = state$.value
      if (past && wanted === null) void look(lookFurther(server, past, way))
    },
  }
}
