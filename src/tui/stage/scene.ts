/**
 * A scene can be shown on a terminal: it gives a frame for any size, and handles strokes. The stage draws it with Ink.
 */
import type { Observable } from 'rxjs'
import type { Stroke } from '../stroke.ts'
import type { StyledLine } from '../text/line.ts'

export type Size = { readonly columns: number; readonly rows: number }

export type ScreenFrame = {
  /** At most as many as rows, none wider than the screen. */
  readonly lines: readonly StyledLine[]
  /** The place of the cursor, for input methods too; null: hidden. */
  readonly cursor: { readonly x: number; readonly y: number } | null
  /** The title of the window, in one line without control characters; absent: the program's name. */
  readonly title?: string
}

/** Requests to the stage: give the terminal back for a while, or redraw everything. */
export type StageRequest = 'suspend' | 'redraw'

export type Scene = {
  /** Emits whenever the frame may have changed, however often. */
  readonly changed$: Observable<unknown>
  readonly draw: (size: Size) => ScreenFrame
  readonly stroke: (stroke: Stroke, size: Size) => StageRequest | null
  /** Whether the frame also changes with time alone. */
  readonly ticks: () => boolean
}
