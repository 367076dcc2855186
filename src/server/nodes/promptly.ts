/**
 * Answers in turn, as long as their turn comes soon. While the server is cut off, earlier inputs may take long to be
 * folded, and all answers of the server would wait for them: then they come at once, from the server's own copy.
 */
import { filter } from 'rxjs'
import type { CutOff } from './cut-off.ts'

type Later = (run: () => void) => void

/** `settled` calls back when all submitted inputs have been folded. */
export function promptly(settled: Later, cutOff: Pick<CutOff, 'isCutOff' | 'changes$'>): Later {
  const waiting = new Set<() => void>()
  cutOff.changes$.pipe(filter(isCutOff => isCutOff)).subscribe(() => {
    for (const run of [...waiting]) run()
  })
  return run => {
    if (cutOff.isCutOff) return run()
    const once = (): void => {
      if (waiting.delete(once)) run()
    }
    waiting.add(once)
    settled(once)
  }
}
