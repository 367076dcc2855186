/** One act at a time on an account: whether it's under way, and the outcome of the last one. */
import { useEffect, useRef, useState } from 'react'

type Act = { readonly isBusy: boolean; readonly why: string | null; readonly done: string | null }

const NONE: Act = { isBusy: false, why: null, done: null }

/** `run`: an act gives null when it's done, or the sentence to show. It gives whether it was done. */
export function useAct() {
  const [act, set] = useState<Act>(NONE)
  const isThere = useRef(true)
  useEffect(() => {
    isThere.current = true
    return () => {
      isThere.current = false
    }
  }, [])

  async function run(doing: () => Promise<string | null>, done: string): Promise<boolean> {
    set({ ...NONE, isBusy: true })
    const why = await doing()
    if (isThere.current) set(why === null ? { ...NONE, done } : { ...NONE, why })
    return why === null
  }
  return { ...act, run, refuse: (why: string) => set({ ...NONE, why }), calm: () => set(NONE) }
}
