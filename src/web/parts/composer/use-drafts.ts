/** The unsent text of each place, kept over a reload; a secret in it is not. */
import { useState } from 'react'
import type { Where } from '../../../client/chat/place.ts'
import { withoutSecrets } from '../../../model/slash.ts'
import { keepDrafts, keptDrafts } from '../../browser/keep.ts'

export function useDrafts(where: Where): readonly [text: string, write: (text: string) => void] {
  const [drafts, setDrafts] = useState(keptDrafts)
  function write(text: string): void {
    const { [where]: _, ...others } = drafts
    const all = text === '' ? others : { ...others, [where]: text }
    setDrafts(all)
    keepDrafts(Object.fromEntries(Object.entries(all).map(([place, draft]) => [place, withoutSecrets(draft)])))
  }
  return [drafts[where] ?? '', write]
}
