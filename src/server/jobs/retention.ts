/**
 * Forgets messages that are older than the host wants kept: at the start, every hour, and with every SNAPSHOT_EVERY
 * inputs. Their later edits go with them.
 */
import { distinctUntilChanged, EMPTY, exhaustMap, map, merge, Observable } from 'rxjs'
import { CLOCK_DOUBT_MS, CLOCK_JUMP_MS, SNAPSHOT_EVERY } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import type { History } from '../../port/history.ts'
import type { Journal } from '../../port/journal.ts'
import type { Keep } from '../options.ts'
import type { Carry } from './carrying.ts'

const HOUR_MS = 3_600_000

/**
 * Never errors: `failed` gets the error, and the next time tries again. `forgot` gets the input up to which nothing is
 * left. `leads`: whether this server forgets for all servers of a log. `carry` saves the texts that are still needed.
 */
export function forgetting$(
  state$: Observable<State>,
  { journal, history, clock }: { readonly journal: Journal; readonly history: History; readonly clock: Clock },
  keep: Keep,
  leads: () => boolean,
  carry: Carry,
  failed: (error: unknown) => void,
  forgot: (until: number) => void,
): Observable<never> {
  const often$ = state$.pipe(
    map(({ seq }) => Math.floor(seq / SNAPSHOT_EVERY)),
    distinctUntilChanged(),
  )
  let done = 0
  const now = believedTime(clock)
  return merge(often$, hours$(clock)).pipe(
    exhaustMap(async () => {
      try {
        const horizon = await history.horizon('age' in keep ? { at: now() - keep.age } : keep)
        const until = horizon <= done ? done : await carry(horizon)
        if (until <= done) return
        await journal.forget(until, leads(), await history.editsBeyond(until))
        history.touch()
        done = until
        forgot(until)
      } catch (error) {
        failed(error)
      }
    }),
    exhaustMap(() => EMPTY),
  )
}

/**
 * The wall time that retention uses. A clock that jumps ahead may be wrong, and forgotten messages don't come back. So
 * such a jump is followed only after it has lasted for `CLOCK_DOUBT_MS`; each call checks. A clock that is set back is
 * followed at once. The clock at the start is believed, since only it knows how long the server was down.
 */
export function believedTime(clock: Clock): () => number {
  const offset = (): number => clock.now() - clock.elapsed()
  let believed = offset()
  let doubted: { readonly since: number; readonly least: number } | null = null
  return () => {
    const { since = clock.elapsed(), least = offset() } = doubted ?? {}
    doubted = offset() - believed < CLOCK_JUMP_MS ? null : { since, least: Math.min(least, offset()) }
    if (doubted === null) believed = offset()
    else if (clock.elapsed() - since >= CLOCK_DOUBT_MS) [believed, doubted] = [doubted.least, null]
    return clock.elapsed() + believed
  }
}

const hours$ = (clock: Clock): Observable<void> =>
  new Observable(subscriber => {
    let cancel = (): void => {}
    const wait = (): void => {
      cancel = clock.alarm(HOUR_MS, () => {
        subscriber.next()
        wait()
      })
    }
    wait()
    return () => cancel()
  })
