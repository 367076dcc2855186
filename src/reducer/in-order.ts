/** Yields a map in the order of its keys. Keys are sorted in runs, and the runs are merged as entries are taken. */
import type { Map as IMap } from 'immutable'
import { PIECE_ROWS } from '../model/limits.ts'

/** Keys in a run. To sort a key costs little compared with the other work on a row. */
const RUN = 10 * PIECE_ROWS

/** Null: a run was sorted, and the caller may yield to the event loop. */
export function* inOrder<T>(map: IMap<string, T>): Generator<readonly [string, T] | null> {
  const runs: Run[] = []
  let run: string[] = []
  for (const key of map.keys()) {
    run.push(key)
    if (run.length < RUN) continue
    runs.push({ keys: run.sort(), at: 0 })
    run = []
    yield null
  }
  runs.push({ keys: run.sort(), at: 0 })
  for (let key = least(runs); key !== undefined; key = least(runs)) yield [key, map.get(key) as T]
}

type Run = { readonly keys: readonly string[]; at: number }

/** Takes the smallest key that is left in any run. */
function least(runs: readonly Run[]): string | undefined {
  let [first, key]: [Run | undefined, string | undefined] = [undefined, undefined]
  for (const run of runs) {
    const head = run.keys[run.at]
    if (head === undefined || (key !== undefined && head >= key)) continue
    first = run
    key = head
  }
  if (first) first.at++
  return key
}
