/** Which questions are in sight. One that isn't drawn, such as a row far above, is out of sight. */
import { type RefObject, useEffect, useState } from 'react'
import { BehaviorSubject } from 'rxjs'

const inSight$ = new BehaviorSubject<ReadonlySet<number>>(new Set())

/** Part of the box of a question. */
const HALF = 0.5

/** Reports whether the box of question `seq` is in sight. */
export function useReporting(seq: number, box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = box
    if (!current) return
    const report = (isIn: boolean): void => {
      if (inSight$.value.has(seq) === isIn) return
      const next = new Set(inSight$.value)
      if (isIn) next.add(seq)
      else next.delete(seq)
      inSight$.next(next)
    }
    const watching = new IntersectionObserver(
      ([entry]) => report(entry !== undefined && entry.intersectionRatio >= HALF),
      { threshold: [0, HALF] },
    )
    watching.observe(current)
    return () => {
      watching.disconnect()
      report(false)
    }
  }, [seq, box])
}

export function useInSight(): ReadonlySet<number> {
  const [seqs, set] = useState(inSight$.value)
  useEffect(() => {
    const watching = inSight$.subscribe(set)
    return () => watching.unsubscribe()
  }, [])
  return seqs
}
