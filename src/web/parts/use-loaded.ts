/** A part of the page that is loaded when it's first needed: most visits never need it. */
import { useEffect, useState } from 'react'

/** Keeps what was loaded. */
export type Loader<T> = { readonly load: () => Promise<T>; loaded?: T }

/** Undefined: not yet. Null: it can't be loaded now. */
export function useLoaded<T>(loader: Loader<T>): T | null | undefined {
  const [part, set] = useState<T | null | undefined>(loader.loaded)
  useEffect(() => {
    if (part) return
    void loader
      .load()
      .then(found => {
        loader.loaded = found
        set(found)
      })
      .catch(() => set(null))
  }, [part, loader])
  return part
}
