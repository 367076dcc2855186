/**
 * Reads the marked parts of a text: code, links, mentions. All readers of a text use it: a mention that rings, that is
 * marked or that is recorded is found here, and the tree that screens draw (client/view/text-tree.ts) is built from it.
 */
import { type Aside, overlap, type TextRange } from './aside.ts'
import { codeIn } from './code.ts'
import { linksIn } from './links.ts'
import { type Mention, type Named, namesIn } from './names.ts'

export type Prose<T> = { readonly asides: readonly Aside[]; readonly mentions: readonly Mention<T>[] }

export const readProse = <T>(text: string, named: Named<T>): Prose<T> => proseWith(text, namesIn(text, named))

/** `found`: the names in the text. */
function proseWith<T>(text: string, found: readonly Mention<T>[]): Prose<T> {
  const asides = asidesIn(text, text)
  const inside = within(found, asides)
  const broken = found.filter(one => one.explicit && breaks(inside.get(one), one))
  if (broken.length === 0) return { asides, mentions: found.filter(one => !inside.has(one)) }
  const settled = asidesIn(text, covered(text, broken, 'x'))
  const still = within(found, settled)
  return { asides: settled, mentions: found.filter(one => !still.has(one)) }
}

/** A name may have a backtick, or look like an address. An aside that begins within `@name` is part of the name. */
function breaks(aside: Aside | undefined, name: TextRange): boolean {
  return aside !== undefined && aside.from > name.from && (aside.type !== 'link' || aside.to <= name.to)
}

/** The mentions in a text. For a text without a name this costs no more than `namesIn`. */
export function mentionsIn<T>(text: string, named: Named<T>): readonly Mention<T>[] {
  const found = namesIn(text, named)
  return found.length === 0 ? [] : proseWith(text, found).mentions
}

/** Links are looked for outside of code. `read` has the same length as `text`, with signs that mean nothing covered. */
function asidesIn(text: string, read: string): readonly Aside[] {
  const code = codeIn(read, text)
  const links = linksIn(code.length === 0 ? read : covered(read, code, ' '))
  return code.length === 0 ? links : [...code, ...links].sort((a, b) => a.from - b.from)
}

/** Maps each place to the first of `others` that it overlaps, if any. Both lists are in order. */
function within<P extends TextRange>(places: readonly P[], others: readonly Aside[]): ReadonlyMap<P, Aside> {
  const found = new Map<P, Aside>()
  let next = 0
  for (const place of places) {
    for (let other = others[next]; other && other.to <= place.from; other = others[++next]);
    const other = others[next]
    if (other && overlap(other, place)) found.set(place, other)
  }
  return found
}

/** `text` with each place filled with `sign`. */
function covered(text: string, places: readonly TextRange[], sign: string): string {
  let read = ''
  for (const { from, to } of places) read += text.slice(read.length, from) + sign.repeat(to - from)
  return read + text.slice(read.length)
}
