/** Ingress of commands that come from no connection: those of the host, and of programs that keep order with a token. */
import type { Command, MessageCommand } from '../../../model/command.ts'
import type { SessionId } from '../../../model/input.ts'
import { inForce } from '../in-force.ts'
import { isOnNetwork, vetOnNetwork } from '../targets/member-network.ts'
import { withHeldText } from '../targets/release.ts'
import type { KeptTexts } from '../texts.ts'
import { vet } from './vet.ts'
import type { Refused, Vetted } from './vetted.ts'

type Deps = Parameters<typeof vetOnNetwork>[2] & { readonly texts: Pick<KeptTexts, 'textOf'> }

export function vetUnnumbered(
  command: Exclude<Command, { type: 'delete' } | MessageCommand>,
  session: SessionId,
  deps: Deps,
): Vetted | Refused {
  const vetted = isOnNetwork(command) ? vetOnNetwork(command, { session, n: null }, deps) : vet(command)
  if (!vetted.ok) return vetted
  const state = deps.state()
  const known = inForce(state, vetted)
  return known.ok && known.body.type === 'release' ? withHeldText(state, session, known.body, deps.texts) : known
}
