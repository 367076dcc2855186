/** A part of the page that is loaded when it's first needed: most visits never need it. */
import { useEffect, useState } from 'react'
import { addStyleSheet } from '../browser/style-sheet.ts'

/** Keeps the loaded module. */
export type Loader<T> = {
  readonly load: () => Promise<T>
  /** The address of its style sheet. */
  readonly style?: string
  loaded?: T
}

/** Once. After an error it's tried again. */
export async function loadPart<T>(loader: Loader<T>): Promise<T> {
  if (loader.loaded !== undefined) return loader.loaded
  // Twice: a connection that the browser had in reserve may be of no use any more.
  const [part] = await Promise.all([
    loader.load().catch(() => loader.load()),
    loader.style === undefined ? null : addStyleSheet(loader.style),
  ])
  loader.loaded = part
  return part
}

/** Undefined: not yet. Null: it can't be loaded now. */
export function useLoaded<T>(loader: Loader<T>): T | null | undefined {
  const [part, set] = useState<T | null | undefined>(() => loader.loaded)
  useEffect(() => {
    if (part) return
    // A part may be a function, which `set` would call.
    void loadPart(loader).then(
      found => set(() => found),
      () => set(null),
    )
  }, [part, loader])
  return part
}
