/** Shows a scene: draws it in frames, and passes the strokes to it. */
import { useWindowSize } from 'ink'
import { type ReactNode, useEffect } from 'react'
import type { BehaviorSubject } from 'rxjs'
import { type Observable, switchMap } from 'rxjs'
import type { Palette } from '../text/palette.ts'
import type { AroundStop } from './job-control.ts'
import { Picture } from './Picture.tsx'
import type { Scene } from './scene.ts'
import { useFrames } from './use-frames.ts'
import { useJobControl } from './use-job-control.ts'
import { useStrokes } from './use-strokes.ts'
import { useTicks } from './use-ticks.ts'

type Props = {
  readonly scene$: BehaviorSubject<Scene>
  /** The changes of the current scene. */
  readonly changed$: Observable<unknown>
  readonly palette: Palette
  readonly around: AroundStop
}

export const changesOf = (scene$: BehaviorSubject<Scene>): Observable<unknown> =>
  scene$.pipe(switchMap(scene => scene.changed$))

export function Stage({ scene$, changed$, palette, around }: Props): ReactNode {
  const draw = useFrames(changed$)
  const size = useWindowSize()
  const { suspend, redraw } = useJobControl(around)
  const scene = scene$.value
  useTicks(scene.ticks(), draw)
  useStrokes(stroke => {
    const request = scene$.value.stroke(stroke, size)
    if (request === 'suspend') suspend()
    if (request === 'redraw') redraw()
    draw()
  })
  useEffect(() => draw(), [draw])
  return <Picture frame={scene.draw(size)} palette={palette} size={size} />
}
