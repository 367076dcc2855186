/** Shows a scene: draws it in frames, and passes the strokes to it. */
import { useInput, usePaste, useWindowSize } from 'ink'
import { type ReactNode, useEffect } from 'react'
import type { BehaviorSubject } from 'rxjs'
import { type Observable, switchMap } from 'rxjs'
import { type Stroke, strokes } from '../stroke.ts'
import type { Palette } from '../text/palette.ts'
import type { AroundStop } from './job-control.ts'
import { Picture } from './Picture.tsx'
import type { Scene } from './scene.ts'
import { useFrames } from './use-frames.ts'
import { useJobControl } from './use-job-control.ts'

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

/** Draws once a second while the frame changes with time alone, as a countdown does. */
function useTicks(ticks: boolean, draw: () => void): void {
  useEffect(() => {
    if (!ticks) return
    const clock = setInterval(draw, 1000)
    return () => clearInterval(clock)
  }, [ticks, draw])
}

/** The keyboard, as strokes. A paste is one stroke, line breaks included. */
function useStrokes(press: (stroke: Stroke) => void): void {
  useInput((input, key) => {
    for (const stroke of strokes(input, key)) press(stroke)
  })
  usePaste(text => press({ type: 'paste', text: text.replace(/\r\n?/g, '\n') }))
}
