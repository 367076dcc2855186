/** Whether a text speaks of somebody: the name as a word of its own, in any case. */

const SPECIAL = /[\\^$.*+?()[\]{}|/-]/g
/** What makes a longer word of a name. */
const WORD = '[\\p{L}\\p{N}\\p{M}_]'

let known: { readonly name: string; readonly pattern: RegExp } | null = null

export function mentions(text: string, name: string): boolean {
  if (name === '') return false
  if (known?.name !== name) {
    const quoted = name.replace(SPECIAL, sign => `\\${sign}`)
    known = { name, pattern: new RegExp(`(?<!${WORD})${quoted}(?!${WORD})`, 'iu') }
  }
  return known.pattern.test(text)
}
