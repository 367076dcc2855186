/**
 * A deletion: its input is submitted only after the text is erased. Later requests of the connection wait meanwhile,
 * since numbers are used in order.
 */
import type { ErrorCode } from '../../../model/error.ts'
import type { Body } from '../../../model/input.ts'
import { deletion } from '../../ingress/deletion.ts'
import type { ServerContext } from '../context.ts'
import type { Effect } from '../state.ts'
import type { HeldAsksDeps } from './held-asks.ts'

type Erase = (effect: Extract<Effect, { type: 'delete' }>) => void

/** The body of a repeated deletion: it is only answered again. */
const NOTHING: Body = { type: 'delete', target: 0, room: null, members: [], everyone: false }

export function erasing(
  server: ServerContext,
  { hold, release }: HeldAsksDeps,
  attempt: (effect: Effect) => void,
): Erase {
  const goOn = (next: Effect): void => release(() => attempt(next))

  /** Begins to erase and returns null; or returns the effect to carry out instead. */
  function begin({ session, n, seq, room }: Extract<Effect, { type: 'delete' }>): Effect | null {
    const refusal = (code: ErrorCode, detail = ''): Effect => ({ type: 'refuse', n, code, detail })
    const last = server.state().sessions.get(session)?.last ?? 0
    // A repeat: the reducer answers it again, and nothing more is deleted.
    if (n !== null && n <= last) return { type: 'submit', session, n, body: NOTHING, text: null }
    const found = deletion(server.history, server.state(), session, { seq, room })
    if (!found.ok) return refusal(found.code, found.detail)
    const { target, body } = found
    server.erase(target).then(
      () => goOn({ type: 'submit', session, n, body, text: null }),
      () => goOn(refusal('storage')),
    )
    return null
  }

  /** The message is looked up when all inputs before are settled. */
  return effect => {
    hold()
    server.settled(() => {
      try {
        const instead = begin(effect)
        if (instead) goOn(instead)
      } catch (error) {
        server.report(error)
        goOn({ type: 'refuse', n: effect.n, code: 'internal', detail: '' })
      }
    })
  }
}
