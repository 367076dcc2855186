/** All accounts by name, a page of them at a time. In pieces, since there may be a hundred thousand. */
import { NOTHING, type Piece } from '../../journal/pieces.ts'
import type { Account } from '../../model/state/account.ts'
import type { State } from '../../model/state.ts'

/** Accounts that are sorted, or merged, in one piece. */
const RUN = 2000

/** The accounts at the positions from `from` up to, but without, `to`. */
export function* accountsByName(
  { accounts }: Pick<State, 'accounts'>,
  from: number,
  to: number,
): Generator<Piece, readonly Account[]> {
  const runs: Account[][] = []
  let run: Account[] = []
  for (const account of accounts.values()) {
    run.push(account)
    if (run.length < RUN) continue
    runs.push(run.sort(byName))
    run = []
    yield NOTHING
  }
  runs.push(run.sort(byName))
  return yield* merged(runs, from, to)
}

/** Merges the sorted lists, up to `to`: the least of their first accounts comes next. */
function* merged(runs: readonly Account[][], from: number, to: number): Generator<Piece, readonly Account[]> {
  const heads = runs.map(() => 0)
  const page: Account[] = []
  for (let place = 0; place < to; place++) {
    let [least, of]: [Account | undefined, number] = [undefined, 0]
    for (const [k, run] of runs.entries()) {
      const first = run[heads[k] ?? 0]
      if (first && (!least || byName(first, least) < 0)) [least, of] = [first, k]
    }
    if (!least) break
    heads[of] = (heads[of] ?? 0) + 1
    if (place >= from) page.push(least)
    if (place % RUN === RUN - 1) yield NOTHING
  }
  return page
}

const byName = (a: Account, b: Account): number => (a.name.text < b.name.text ? -1 : 1)
