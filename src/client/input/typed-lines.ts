/** Lines entered before, to recall with the arrow keys. The unfinished line stays below the latest. */
import { TYPED_MAX } from '../../model/limits.ts'
import { withoutSecrets } from '../../model/slash.ts'

export type TypedLines = {
  readonly lines: readonly string[]
  /** The index of the line shown; equal to the number of lines: the unfinished line. */
  readonly at: number
  readonly underWay: string
}

export const nothingTyped: TypedLines = { lines: [], at: 0, underWay: '' }

/** `open` gives a line without the secrets in it. */
export function remember({ lines }: TypedLines, typed: string, open = withoutSecrets): TypedLines {
  const line = open(typed)
  const kept = line.trim() === '' || lines.at(-1) === line ? lines : [...lines, line].slice(-TYPED_MAX)
  return { lines: kept, at: kept.length, underWay: '' }
}

type Recalled = { readonly typed: TypedLines; readonly text: string }

/** The line before, or null if there is none. `text` is the current text of the input. */
export function older(typed: TypedLines, text: string): Recalled | null {
  const { lines, at } = typed
  if (at === 0) return null
  const underWay = at === lines.length ? text : typed.underWay
  return { typed: { lines, at: at - 1, underWay }, text: lines[at - 1] ?? '' }
}

export function newer(typed: TypedLines): Recalled | null {
  const { lines, at, underWay } = typed
  if (at >= lines.length) return null
  return { typed: { ...typed, at: at + 1 }, text: at + 1 === lines.length ? underWay : (lines[at + 1] ?? '') }
}
