/** Blocks of code with colours: loads their language, reads them in pieces, and keeps the latest ones. */
import { COLOURED_BLOCKS_MAX, TEXT_MAX_BYTES } from '../../../model/limits.ts'
import { type Language, languageNamed } from './languages.ts'
import { type Token, tokensOf } from './tokens.ts'

export type Colouring = {
  /** Null: not yet, or never. `language` is the word behind the fence. */
  readonly tokens: (code: string, language: string) => readonly Token[] | null
}

/** `onColoured`: some code has its tokens now. */
export function colouring(onColoured: () => void): Colouring {
  const known = new Map<string, readonly Token[] | null>()
  return {
    tokens(code, name) {
      const load = languageNamed(name)
      if (!load || code.length > TEXT_MAX_BYTES) return null
      const key = `${name} ${code}`
      const found = known.get(key)
      if (found !== undefined) return found
      if (known.size >= COLOURED_BLOCKS_MAX) known.delete(known.keys().next().value ?? '')
      known.set(key, null)
      void read(code, load).then(tokens => {
        if (known.has(key)) known.set(key, tokens)
        if (tokens) onColoured()
      })
      return null
    },
  }
}

async function read(code: string, load: () => Promise<Language>): Promise<readonly Token[] | null> {
  const language = await load().catch(() => null)
  if (!language) return null
  const reading = tokensOf(code, language)
  for (let step = reading.next(); ; step = reading.next()) {
    if (step.done) return step.value
    await new Promise<void>(resolve => setTimeout(resolve))
  }
}
