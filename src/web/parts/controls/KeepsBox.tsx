/** "Keep me signed in". */
import type { RefObject } from 'react'

export function KeepsBox({ field }: { readonly field?: RefObject<HTMLInputElement | null> }) {
  return (
    <label className="check">
      <input ref={field} type="checkbox" name="keeps" />
      Keep me signed in on this device
    </label>
  )
}
