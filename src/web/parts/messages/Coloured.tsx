/** Code in the colours of its language. The highlighter is loaded with the first code that names a language. */
import { useEffect, useReducer } from 'react'
import { Subject } from 'rxjs'
import type { Colouring } from '../../../client/view/code/coloured.ts'
import { type Loader, useLoaded } from '../use-loaded.ts'

const coloured = new Subject<void>()

const COLOURING: Loader<Colouring> = {
  load: () => import('../../../client/view/code/coloured.ts').then(({ colouring }) => colouring(() => coloured.next())),
}

export function Coloured({ code, language }: { readonly code: string; readonly language: string }) {
  const colours = useLoaded(COLOURING)
  const [, draw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const drawing = coloured.subscribe(draw)
    return () => drawing.unsubscribe()
  }, [])
  const tokens = colours?.tokens(code, language)
  if (!tokens) return code
  let at = 0
  return tokens.map(({ type, text }) => (
    <span key={at++} className={type === null ? undefined : `code-${type}`}>
      {text}
    </span>
  ))
}
