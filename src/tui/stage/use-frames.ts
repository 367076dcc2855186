/** Frames, not changes, drive the drawing: however much changes, at most 30 times a second. */
import { useEffect, useReducer } from 'react'
import { asyncScheduler, type Observable, throttleTime } from 'rxjs'

const FRAMES_PER_SECOND = 30

/** Draws again after changes; the function that comes back does so at once. */
export function useFrames(changed$: Observable<unknown>): () => void {
  const [, draw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const frames$ = changed$.pipe(
      throttleTime(1000 / FRAMES_PER_SECOND, asyncScheduler, { leading: true, trailing: true }),
    )
    const drawing = frames$.subscribe(draw)
    return () => drawing.unsubscribe()
  }, [changed$])
  return draw
}
