/** Releases of held messages: the text is looked up when all inputs before are settled. Later requests wait meanwhile. */
import type { InputOf } from '../../../model/input.ts'
import { withHeldText } from '../../ingress/targets/release.ts'
import type { ConnectionContext } from '../context.ts'
import type { Effect } from '../state.ts'
import type { HeldEffects } from './held-effects.ts'

type Submission = Extract<Effect, { type: 'submit' }>
type Release = Pick<InputOf<'release'>, 'type' | 'target'>

export function release(connection: ConnectionContext, held: HeldEffects, effect: Submission, body: Release): void {
  held.hold()
  connection.server.settled(() => {
    const next = withText(connection, effect, body)
    held.release(() =>
      next.type === 'submit' ? connection.submit(next.session, next.n, next.body, next.text) : connection.attempt(next),
    )
  })
}

function withText({ server }: ConnectionContext, effect: Submission, body: Release): Submission | Refusal {
  const { session, n } = effect
  const last = server.state().sessions.get(session)?.last ?? 0
  // A repeat: the reducer answers it again. The text is gone by now, and nothing is done.
  if (n !== null && n <= last) return { ...effect, body: { type: 'drop', target: 0 } }
  const vetted = withHeldText(server.state(), session, body, server.texts)
  if (!vetted.ok) return { type: 'refuse', n, code: vetted.code, detail: vetted.detail }
  return { type: 'submit', session, n, body: vetted.body, text: vetted.text }
}

type Refusal = Extract<Effect, { type: 'refuse' }>
