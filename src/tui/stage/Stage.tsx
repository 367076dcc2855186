/** Shows a scene: draws it in frames, and passes the strokes to it. */
import { useInput, usePaste, useWindowSize } from 'ink'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { type BehaviorSubject, type Observable, switchMap } from 'rxjs'
import { type Stroke, strokes } from '../stroke.ts'
import type { Palette } from '../text/palette.ts'
import type { AroundStop } from './job-control.ts'
import { showTitle, type Wanted } from './modes.ts'
import { Picture } from './Picture.tsx'
import type { Report } from './reports.ts'
import type { Scene } from './scene.ts'
import { useFrames } from './use-frames.ts'
import { useJobControl } from './use-job-control.ts'

type Props = {
  readonly scene$: BehaviorSubject<Scene>
  /** The changes of the current scene. */
  readonly changed$: Observable<unknown>
  readonly report$: Observable<Report>
  readonly palette: Palette
  readonly around: AroundStop
  readonly wanted: Wanted
}

export const changesOf = (scene$: BehaviorSubject<Scene>): Observable<unknown> =>
  scene$.pipe(switchMap(scene => scene.changed$))

export function Stage({ scene$, changed$, report$, palette, around, wanted }: Props): ReactNode {
  const draw = useFrames(changed$)
  const size = useWindowSize()
  const { suspend, redraw } = useJobControl(around, wanted)
  const scene = scene$.value
  useTicks(scene.ticks(), draw)
  useStrokes(report$, stroke => {
    const request = scene$.value.stroke(stroke, size)
    if (request === 'suspend') suspend()
    if (request === 'redraw') redraw()
    draw()
  })
  useEffect(() => draw(), [draw])
  const frame = scene.draw(size)
  const { title = 'rxchat' } = frame
  useEffect(() => showTitle(title), [title])
  return <Picture frame={frame} palette={palette} size={size} />
}

/** Draws once a second while the frame changes with time alone, as a countdown does. */
function useTicks(ticks: boolean, draw: () => void): void {
  useEffect(() => {
    if (!ticks) return
    const clock = setInterval(draw, 1000)
    return () => clearInterval(clock)
  }, [ticks, draw])
}

/** The keyboard and the wheel, as strokes. A paste is one stroke, line breaks included. */
function useStrokes(report$: Observable<Report>, press: (stroke: Stroke) => void): void {
  const onReport = useEffectEvent((report: Report) => {
    if (report.type === 'wheel') press({ type: 'key', key: report.by < 0 ? 'wheelup' : 'wheeldown' })
  })
  useEffect(() => {
    const reports = report$.subscribe(onReport)
    return () => reports.unsubscribe()
  }, [report$])
  useInput((input, key) => {
    for (const stroke of strokes(input, key)) press(stroke)
  })
  usePaste(text => press({ type: 'paste', text: text.replace(/\r\n?/g, '\n') }))
}
