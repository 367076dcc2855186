/** The emoji to react with, at their opener; on a phone above the composer. */
import { useLayoutEffect, useRef } from 'react'
import { EmojiPicker } from '../controls/EmojiPicker.tsx'

type Props = {
  readonly opener: HTMLElement
  readonly onPick: (emoji: string) => void
  readonly onClose: () => void
}

/** In pixels: the height that the panel may need, and its distance from the edges. */
const HEIGHT = 352
const WIDTH = 352
const GAP = 8

export function ReactionPicker({ opener, onPick, onClose }: Props) {
  const box = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const { top, right } = opener.getBoundingClientRect()
    if (!box.current) return
    box.current.style.top = `${Math.min(Math.max(top, HEIGHT + GAP), innerHeight - GAP)}px`
    box.current.style.right = `${Math.max(GAP, Math.min(innerWidth - right, innerWidth - WIDTH - GAP))}px`
  }, [opener])
  return (
    <section ref={box} className="reaction-picker" aria-label="Reactions">
      <EmojiPicker onPick={onPick} onClose={onClose} />
    </section>
  )
}
