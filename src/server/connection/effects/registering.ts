/** The steps after an input that registers an account, when it has been folded. */
import type { SessionId } from '../../../model/input.ts'
import { accountOf } from '../../../reducer/rules/lookup.ts'
import type { Claim, Drafts } from '../../ingress/authentication/registrar.ts'
import type { ConnectionContext } from '../context.ts'

/** The account gets its other credentials. If nothing was registered, nothing counts for the address. */
export function afterRegistering(
  connection: ConnectionContext,
  session: SessionId,
  { first, more }: Drafts,
  claim: Claim,
): void {
  const { settled, state } = connection.server
  settled(() => {
    const isRegistered = accountOf(state(), { session })?.credentials.has(first.id)
    if (!isRegistered) return claim.release()
    for (const add of more) connection.submit(session, null, { type: 'credential', add }, null)
  })
}
