/** The unsent text of each place, kept over a reload. */
import { useState } from 'react'
import type { Where } from '../../../client/chat/place.ts'
import { keepDrafts, keptDrafts } from '../../browser/keep.ts'

export function useDrafts(where: Where): readonly [text: string, write: (text: string) => void] {
  const [drafts, setDrafts] = useState(keptDrafts)
  function write(text: string): void {
    const { [where]: _, ...others } = drafts
    const all = text === '' ? others : { ...others, [where]: text }
    setDrafts(all)
    keepDrafts(all)
  }
  return [drafts[where] ?? '', write]
}
