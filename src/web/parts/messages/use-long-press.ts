/** A finger that rests on a message opens its menu. Another gesture, such as scrolling, calls that off. */
import { type PointerEvent, useCallback, useEffect, useRef } from 'react'

const REST_MS = 450
/** In pixels: a finger never rests quite still. */
const STILL = 10

type At = { readonly x: number; readonly y: number; readonly timer: ReturnType<typeof setTimeout> }

export function useLongPress() {
  const down = useRef<At | null>(null)
  const opened = useRef(false)
  const callOff = useCallback(() => {
    if (down.current) clearTimeout(down.current.timer)
    down.current = null
  }, [])
  useEffect(() => callOff, [callOff])
  return {
    onPointerDown({ pointerType, isPrimary, target, clientX: x, clientY: y }: PointerEvent<HTMLElement>): void {
      callOff()
      opened.current = false
      const message = pointerType === 'touch' && isPrimary && (target as HTMLElement).closest('.message[data-seq]')
      // Code scrolls by itself, and the pressed element may be a link, whose own menu is the browser's.
      if (!message || (target as HTMLElement).closest('a, pre, .bar')) return
      const timer = setTimeout(() => {
        opened.current = true
        navigator.vibrate?.(10)
        message.querySelector<HTMLElement>('.more')?.click()
      }, REST_MS)
      down.current = { x, y, timer }
    },
    onPointerMove({ clientX, clientY }: PointerEvent<HTMLElement>): void {
      const at = down.current
      if (at && Math.hypot(clientX - at.x, clientY - at.y) > STILL) callOff()
    },
    onPointerUp: callOff,
    onPointerCancel: callOff,
    /** The finger that opened the menu clicks nothing when it's lifted. */
    onClickCapture(event: { preventDefault: () => void; stopPropagation: () => void; isTrusted: boolean }): void {
      if (!opened.current || !event.isTrusted) return
      opened.current = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
