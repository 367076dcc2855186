/** What can be shown on a terminal: a picture for any size, and what a stroke does. The stage draws it with Ink. */
import type { Observable } from 'rxjs'
import type { Stroke } from '../stroke.ts'
import type { Line } from '../text/line.ts'

export type Size = { readonly columns: number; readonly rows: number }

export type Frame = {
  /** As many as rows at most, none wider than the screen. */
  readonly lines: readonly Line[]
  /** Where the cursor stands, for input methods too; null: nowhere. */
  readonly cursor: { readonly x: number; readonly y: number } | null
}

/** What only the stage can do: give the terminal back for a while, or draw everything anew. */
export type Request = 'suspend' | 'redraw'

export type Scene = {
  /** Emits whenever the picture may be another one, however often. */
  readonly changed$: Observable<unknown>
  readonly draw: (size: Size) => Frame
  readonly stroke: (stroke: Stroke, size: Size) => Request | null
  /** Whether the picture changes with the time of day alone. */
  readonly ticks: () => boolean
}
