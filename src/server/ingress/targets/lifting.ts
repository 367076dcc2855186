/**
 * Sanctions on a network are named by their numbers, which are found here: the network is in no input that ends one, and
 * state never has it.
 */
import type { SanctionKind } from '../../../model/state/keeping.ts'
import type { State } from '../../../model/state.ts'
import type { Stamper } from '../stamp.ts'
import type { KeptTexts } from '../texts.ts'

/**
 * A stamper that finds the number of the sanction on the network that stands beside a `lift`, and those of the
 * sanctions that a new one replaces. An exception replaces none: until addresses are matched anew, nobody may be
 * without it.
 */
export function lifting(stamp: Stamper, state: () => State, networkOf: KeptTexts['networkOf']): Stamper {
  const alike = (kind: SanctionKind, room: string | null, network: string): readonly number[] =>
    [...state().sanctions.values()].flatMap(one =>
      one.text !== null && one.kind === kind && one.room === room && networkOf(one.id) === network ? [one.id] : [],
    )
  return (session, n, body, text) => {
    if (text === null) return stamp(session, n, body, text)
    if (body.type === 'lift') {
      const [sanction] = alike(body.kind, body.room, text)
      // No sanction has the number 0.
      return stamp(session, n, { ...body, sanction: sanction ?? 0 }, null)
    }
    if (body.type !== 'restrict-network' || body.kind === 'exception') return stamp(session, n, body, text)
    const replaces = alike(body.kind, body.room, text)
    return stamp(session, n, replaces.length === 0 ? body : { ...body, replaces }, text)
  }
}
