/**
 * Retries inputs that could not be stored and that no client repeats: without them a member that is gone would stay.
 * While nothing can be stored, no session can come back either, so the grace is counted anew. The server's own start is
 * retried elsewhere (src/server/nodes/own-node.ts).
 */
import { map, mergeMap, type Observable } from 'rxjs'
import type { Body, Draft, Input, InputOf, SessionId } from '../../model/input.ts'
import { STORAGE_RETRY_MS } from '../../model/limits.ts'
import { alarm$ } from '../../port/alarm.ts'
import type { Clock } from '../../port/clock.ts'
import type { HubTrouble } from './hub.ts'

/** Makes an input of now (src/server/ingress/stamp.ts). */
type Stamp = (session: SessionId, n: number | null, body: Body, text: null) => Draft

/**
 * Emits the input again after STORAGE_RETRY_MS, each time that it fails. `judges`: this server judges the others by their
 * beats, and says again that one is down if it still is (src/server/nodes/nodes.ts).
 */
export const retry$ = (
  trouble$: Observable<HubTrouble>,
  clock: Clock,
  grace: number,
  stamp: Stamp,
  judges: boolean,
): Observable<Draft> =>
  trouble$.pipe(
    mergeMap(what => (what.type === 'storage' ? what.drafts : [])),
    mergeMap(({ input }) => (isRetried(input) && !(judges && input.type === 'down') ? [input] : [])),
    mergeMap(input => alarm$(clock, STORAGE_RETRY_MS).pipe(map(() => anew(input, clock.now() + grace, stamp)))),
  )

type Retried = InputOf<'lost' | 'down'>

const isRetried = (input: Input): input is Retried => RETRIED.includes(input.type)
const RETRIED: readonly Input['type'][] = ['lost', 'down']

/**
 * The input gets a new stamp: a time that is long past would set the room's time back, and the stamp says whether the
 * clock was set meanwhile. `until` is the end of a grace that begins now.
 */
function anew(input: Retried, until: number, stamp: Stamp): Draft {
  const { session, n } = input
  switch (input.type) {
    case 'down':
      return stamp(session, n, { type: 'down', node: input.node, run: input.run, until }, null)
    case 'lost':
      return stamp(session, n, { type: 'lost', via: input.via, until: input.until === null ? null : until }, null)
  }
}
