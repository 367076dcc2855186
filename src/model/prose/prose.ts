/**
 * What of a text is more than text: code, addresses, names. The one reading of a text for all: whom it speaks of is asked
 * here by whoever rings, marks or records a mention, and the tree that screens draw (client/text-tree.ts) is made of it.
 */
import { type Aside, overlap, type Place } from './aside.ts'
import { codeIn } from './code.ts'
import { linksIn } from './links.ts'
import { type Mention, type Named, namesIn } from './names.ts'

export type Prose<T> = { readonly asides: readonly Aside[]; readonly mentions: readonly Mention<T>[] }

export function readProse<T>(text: string, named: Named<T>): Prose<T> {
  const found = namesIn(text, named)
  const asides = asidesIn(text, text)
  const inside = within(found, asides)
  const broken = found.filter(one => one.explicit && breaks(inside.get(one), one))
  if (broken.length === 0) return { asides, mentions: found.filter(one => !inside.has(one)) }
  const settled = asidesIn(text, covered(text, broken, 'x'))
  const still = within(found, settled)
  return { asides: settled, mentions: found.filter(one => !still.has(one)) }
}

/** A name may have a backtick, or look like an address: what begins within `@name` is part of that. */
function breaks(aside: Aside | undefined, name: Place): boolean {
  return aside !== undefined && aside.from > name.from && (aside.type !== 'link' || aside.to <= name.to)
}

/** Whom a text speaks of. A text without a name costs no more than the look for one. */
export function mentionsIn<T>(text: string, named: Named<T>): readonly Mention<T>[] {
  return namesIn(text, named).length === 0 ? [] : readProse(text, named).mentions
}

/** Addresses are looked for between code. `read` is `text`, or as long: signs that mean nothing in it are covered. */
function asidesIn(text: string, read: string): readonly Aside[] {
  const code = codeIn(read, text)
  const links = linksIn(code.length === 0 ? read : covered(read, code, ' '))
  return code.length === 0 ? links : [...code, ...links].sort((a, b) => a.from - b.from)
}

/** For each place that overlaps one of `others` the first that it does. Both are in order. */
function within<P extends Place>(places: readonly P[], others: readonly Aside[]): ReadonlyMap<P, Aside> {
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
function covered(text: string, places: readonly Place[], sign: string): string {
  let read = ''
  for (const { from, to } of places) read += text.slice(read.length, from) + sign.repeat(to - from)
  return read + text.slice(read.length)
}
