/**
 * The mode of the next text, in each place: a message of its own, an answer, or another text for a message of one's
 * own.
 */
import { useState } from 'react'
import type { Where } from '../../../client/chat/place.ts'

export type Mode =
  | { readonly is: 'reply'; readonly seq: number }
  /** `was`: the text that the message has. It's no draft, so a reload doesn't make a message of it. */
  | { readonly is: 'edit'; readonly seq: number; readonly text: string; readonly was: string }

export type Modes = {
  readonly mode: Mode | null
  readonly turn: (mode: Mode | null) => void
  /** Writes the text of an edit. */
  readonly write: (text: string) => void
}

export function useModes(where: Where): Modes {
  const [modes, set] = useState<Readonly<Partial<Record<Where, Mode>>>>({})
  const mode = modes[where] ?? null
  const turn = (next: Mode | null): void =>
    set(({ [where]: _, ...others }) => (next === null ? others : { ...others, [where]: next }))
  return {
    ...{ mode, turn },
    write(text) {
      if (mode?.is === 'edit') turn({ ...mode, text })
    },
  }
}
