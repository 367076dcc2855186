/**
 * Names of people and of rooms: read once at ingress, refused or made canonical there, and compared by keys ever after
 * (docs/spec.md, N1). Who may be mistaken for whom follows UTS #39, with the tables pinned in confusables.ts.
 */
import { confusables } from './confusables.ts'
import { NAME_MAX_CHARS, NAME_MAX_MARKS, NAME_MAX_STACKED, ROOM_NAME_MAX_CHARS } from './limits.ts'

/**
 * `text` is in NFC, as it is shown. `keys` are one to three: first that of the name itself (`nameKey`), then those of
 * what it looks like. Two names collide when they share any key, so one index holds all keys of all names.
 */
export type Name = { readonly text: string; readonly keys: readonly [key: string, ...looks: string[]] }

type Refused<Reason> = { readonly ok: false; readonly reason: Reason; readonly detail: string }
type Misfit = Refused<'empty' | 'too-long' | 'characters'>

/** The names under which the server itself speaks, and every name that could be mistaken for them. */
export const RESERVED_NAMES: readonly string[] = ['Host', 'server']

const NAME_SIGNS = '-_.[]{}|^\\`'
const ROOM_SIGNS = '-_.'

const LETTER = /[\p{L}\p{N}]/v
const MARK = /[\p{Mn}\p{Mc}]/v
const NONSPACING = /\p{Mn}/v
/** Marks that belong to no script and so sit on any letter: what zalgo is made of. */
const SHARED = /\p{Script=Inherited}/v
/** Fillers, joiners, selectors and blank hieroglyphs, letters and marks by category: two names could look like one. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u{13441}\u{13442}\u{16FE4}]/v
const PRINTABLE = /[\p{L}\p{N}\p{P}\p{S} ]/v

/** The name in what a person typed, or why there is none. `detail` fits into the sentence of the error table. */
export function readName(raw: string): { readonly ok: true; readonly name: Name } | Misfit | Refused<'reserved'> {
  const text = raw.trim().normalize('NFC')
  const misfit = misfitOf(text, NAME_MAX_CHARS, NAME_SIGNS)
  if (misfit) return misfit
  const name: Name = { text, keys: keysOf(text) }
  const taken = name.keys.map(key => reserved().get(key)).find(Boolean)
  return taken === undefined ? { ok: true, name } : { ok: false, reason: 'reserved', detail: taken }
}

let reservedByKey: ReadonlyMap<string, string> | undefined

function reserved(): ReadonlyMap<string, string> {
  reservedByKey ??= new Map(RESERVED_NAMES.flatMap(name => keysOf(name).map(key => [key, name] as const)))
  return reservedByKey
}

/** The room in what a person typed: without one leading `#`, in NFC and lower case. Rooms are compared as they are. */
export function readRoom(raw: string): { readonly ok: true; readonly room: string } | Misfit {
  const room = raw.trim().replace(/^#/, '').normalize('NFC').toLowerCase().normalize('NFC')
  return misfitOf(room, ROOM_NAME_MAX_CHARS, ROOM_SIGNS) ?? { ok: true, room }
}

/**
 * The key under which to look up whom a person meant; any text has one. The same in upper and lower case, in
 * compatibility forms (full width, RFC 8266) and for small letters that look alike; stable under itself. Typed in
 * ASCII it also finds every name that looks like it, since such a name has this among its keys.
 */
export function nameKey(raw: string): string {
  let key = raw
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const before = key
    key = lowerCase(skeleton(lowerCase(before.normalize('NFKD').replace(INVISIBLE, '')), 'l')).trim()
    if (key === before) break
  }
  return key
}

/** Lower case brings new lookalikes and they new letters, so `nameKey` goes on until it rests: by the third round. */
const ROUNDS_MAX = 8
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gv

/**
 * A capital may look like another letter than its small form does (Cyrillic В and в, Greek Ν and ν), so the key alone
 * is not enough: the keys of the name as it looks come with it, with a capital I read as the l it looks like and as i.
 */
function keysOf(text: string): Name['keys'] {
  const key = nameKey(text)
  const looks = new Set([skeleton(text, 'l'), skeleton(text, 'i')].map(nameKey))
  looks.delete(key)
  return [key, ...looks]
}

/** UTS #39, 4: what `text` looks like, character by character. NFKD after it adds the forms that its table lacks. */
function skeleton(text: string, capitalI: 'l' | 'i'): string {
  const look = lookalike(text.normalize('NFD'), capitalI)
  const plain = look.normalize('NFKD')
  // What a character looks like has no lookalike in turn, so there is nothing more to find in the same text.
  return plain === look ? look : lookalike(plain, capitalI).normalize('NFD')
}

function lookalike(text: string, capitalI: 'l' | 'i'): string {
  const table = confusables()
  let out = ''
  for (const char of text) {
    const look = table.get(char) ?? char
    out += look === 'l' && char !== char.toLowerCase() ? capitalI : look
  }
  return out
}

/**
 * Case folding of no locale: through upper case, so that ß meets SS, and with one small sigma, whatever its neighbours.
 * The dot that a Turkish İ leaves behind goes, since an i has one already.
 */
function lowerCase(text: string): string {
  const small = text.toLowerCase().toUpperCase().toLowerCase()
  return small.replaceAll('ς', 'σ').replace(SECOND_DOT, '$1')
}

/** On i or j, with a dot or an ogonek below at most. */
const SECOND_DOT = /([ij][\u0323\u0328]?)\u0307/gv

function misfitOf(text: string, most: number, signs: string): Misfit | undefined {
  const length = Array.from(text).length
  if (length === 0) return { ok: false, reason: 'empty', detail: 'nothing' }
  if (length > most) return { ok: false, reason: 'too-long', detail: `${length} characters` }
  const detail = offenceOf(text, signs)
  return detail === undefined ? undefined : { ok: false, reason: 'characters', detail }
}

/** The first character that a name may not hold in its place, said readably. */
function offenceOf(text: string, signs: string): string | undefined {
  let before = ''
  let stacked = 0
  let shared = 0
  for (const char of text) {
    if (UNSEEN.test(char)) return shown(char)
    if (MARK.test(char)) {
      if (before === '' || signs.includes(before)) return `${shown(char)} without a letter`
      const doubled = stacked > 0 && char === before
      stacked = NONSPACING.test(char) ? stacked + 1 : 0
      shared = SHARED.test(char) ? shared + 1 : 0
      if (doubled || stacked > NAME_MAX_STACKED || shared > NAME_MAX_MARKS) return `${shown(char)} stacked too high`
    } else {
      if (!LETTER.test(char) && !signs.includes(char)) return shown(char)
      stacked = 0
      shared = 0
    }
    before = char
  }
  return undefined
}

function shown(char: string): string {
  if (PRINTABLE.test(char) && !UNSEEN.test(char)) return `"${char}"`
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
