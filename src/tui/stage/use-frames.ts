/** Drawing happens in frames, at most 30 a second, however many changes there are. */
import { useEffect, useReducer } from 'react'
import { asyncScheduler, type Observable, throttleTime } from 'rxjs'

const FRAMES_PER_SECOND = 30

/** Draws after changes. The returned function draws at once. */
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
