/** A sanction on a network is ended by its number: the network is in no input that ends it. */
import type { State } from '../../model/state.ts'
import type { Stamper } from './stamp.ts'
import type { KeptTexts } from './texts.ts'

/** A stamper that finds the number of the sanction on the network that stands beside a `lift`. */
export const lifting =
  (stamp: Stamper, state: () => State, networkOf: KeptTexts['networkOf']): Stamper =>
  (session, n, body, text) => {
    if (body.type !== 'lift' || text === null) return stamp(session, n, body, text)
    const { kind, room } = body
    const found = [...state().sanctions.values()].find(
      one => one.text !== null && one.kind === kind && one.room === room && networkOf(one.id) === text,
    )
    // No sanction has the number 0.
    return stamp(session, n, { ...body, sanction: found?.id ?? 0 }, null)
  }
