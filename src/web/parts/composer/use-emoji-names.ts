/** The names of emoji, which are loaded when a colon is typed. */
import { useEffect, useReducer } from 'react'
import type { EmojiNames } from '../../text/choices.ts'
import { type Loader, loadPart } from '../use-loaded.ts'

const NAMES: Loader<EmojiNames> = { load: () => import('../../../client/input/emoji.ts') }

/** Null: not loaded yet, or they can't be. Then emoji are typed without their help. */
export function useEmojiNames(text: string): EmojiNames | null {
  const [, draw] = useReducer((count: number) => count + 1, 0)
  const isNeeded = text.includes(':')
  useEffect(() => {
    if (isNeeded && !NAMES.loaded) loadPart(NAMES).then(draw, () => {})
  }, [isNeeded])
  return NAMES.loaded ?? null
}
