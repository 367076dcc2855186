/** Tells a client that its input could not be stored, or was quarantined; nobody else notices. */
import type { Outgoing } from '../../codec/codec.ts'
import type { ErrorCode } from '../../model/error.ts'
import type { Input } from '../../model/input.ts'
import type { State } from '../../model/state.ts'
import { answerAgain } from '../../reducer/decide.ts'
import type { SessionRegistry } from '../delivery/sessions.ts'
import type { HubTrouble } from './hub.ts'

/** `at`: milliseconds since the epoch. */
export function refuseTroubled(what: HubTrouble, registry: SessionRegistry, state: State, at: number): void {
  if (what.type === 'internal') return
  const [drafts, code] =
    what.type === 'storage' ? [what.drafts, 'storage' as const] : [[what.entry], 'internal' as const]
  for (const { input } of drafts) {
    const link = registry.link(input.session)
    link?.answer(answer(input, code, state, at), state.seq)
    if (input.type === 'hello' || input.type === 'resume') link?.notify({ type: 'refused' })
    if (input.type === 'quit') link?.notify({ type: 'stayed' })
  }
}

/** A repeat of a command that was performed has its answer, even if the repeat could not be stored. */
function answer({ session: id, n }: Input, code: ErrorCode, state: State, at: number): Outgoing {
  const session = state.sessions.get(id)
  if (n === null || !session || n > session.last) return { type: 'rejected', at, n, code, detail: '' }
  const again = answerAgain(session, n)
  return again.type === 'repeated'
    ? { type: 'result', result: again.result }
    : { type: 'rejected', at, n, code: again.code, detail: again.detail }
}
