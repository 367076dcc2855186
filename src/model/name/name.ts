/**
 * Names of people and of rooms. A name is read once at ingress and there refused or made canonical. Afterwards names
 * are compared by keys (docs/spec.md, N1). Lookalikes follow UTS #39, with the table pinned in confusable-rows.ts.
 */

import { NAME_MAX_CHARS, NAME_MAX_MARKS, NAME_MAX_STACKED, ROOM_NAME_MAX_CHARS } from '../limits.ts'
import { lookOf } from './confusables.ts'

/**
 * `text` is in NFC, as it is shown. `keys` are one to three: first the key of the name itself (`nameKey`), then the
 * keys of its lookalikes. Two names collide when they share any key, so one index holds all keys of all names.
 */
export type Name = { readonly text: string; readonly keys: readonly [key: string, ...looks: string[]] }

type InvalidName<Reason> = { readonly ok: false; readonly reason: Reason; readonly detail: string }
type Misfit = InvalidName<'empty' | 'too-long' | 'characters'>

/** The names of the server itself. Every name that could be mistaken for one of them is reserved too. */
export const RESERVED_NAMES: readonly string[] = ['Host', 'server']

const NAME_SIGNS = '-_.[]{}|^\\`'
const ROOM_SIGNS = '-_.'

const LETTER = /[\p{L}\p{N}]/v
const MARK = /[\p{Mn}\p{Mc}]/v
const NONSPACING = /\p{Mn}/v
/** Marks that belong to no script and so fit on any letter. Zalgo is made of them. */
const SHARED = /\p{Script=Inherited}/v
/** Fillers, joiners, selectors, blank hieroglyphs. They count as letters or marks, but make two names look the same. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u{13441}\u{13442}\u{16FE4}]/v
const PRINTABLE = /[\p{L}\p{N}\p{P}\p{S} ]/v

/** The name in `raw`, or the reason why it isn't one. `detail` fits into the sentence of the error table. */
export function readName(raw: string): { readonly ok: true; readonly name: Name } | Misfit | InvalidName<'reserved'> {
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

/** Nothing has to be changed about such a name of a room. */
const USUAL_ROOM = new RegExp(`^[a-z0-9_.-]{1,${ROOM_NAME_MAX_CHARS}}$`)

/** The room in `raw`: without one leading `#`, in NFC and lower case. Rooms are compared as they are, without keys. */
export function readRoom(raw: string): { readonly ok: true; readonly room: string } | Misfit {
  if (USUAL_ROOM.test(raw)) return { ok: true, room: raw }
  const room = raw.trim().replace(/^#/, '').normalize('NFC').toLowerCase().normalize('NFC')
  return misfitOf(room, ROOM_NAME_MAX_CHARS, ROOM_SIGNS) ?? { ok: true, room }
}

/** The name of a room in the server's form. An invalid one stays as it is, and the server refuses it. */
export function roomName(raw: string): string {
  const read = readRoom(raw)
  return read.ok ? read.room : raw
}

/** The fault of a room name, as `room-name` in the table of errors continues it. */
export const roomFault = ({ reason, detail }: Misfit): string =>
  reason === 'characters' ? `contains ${detail}` : `is ${reason.replace('-', ' ')}`

/**
 * The key under which to look up a member by name; any text has one. It is the same in upper and lower case, in
 * compatibility forms (full width, RFC 8266), and for small letters that look alike. The key of a key is the key
 * itself. A key typed in ASCII also finds every name that looks like it, because such a name has this key among its
 * keys.
 */
export function nameKey(raw: string): string {
  let key = raw
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const before = key
    const plain = before.normalize('NFKD')
    if (isItsOwn(plain)) return plain.trim()
    key = lowerCase(skeleton(lowerCase(plain.replace(INVISIBLE, '')), 'l')).trim()
    if (key === before) break
  }
  return key
}

/** Whether a text in NFKD is its own key: it has no other case, looks like nothing else, and is visible. */
function isItsOwn(text: string): boolean {
  if (lowerCase(text) !== text || text.search(INVISIBLE) >= 0) return false
  for (const char of text) if (lookOf(char) !== undefined) return false
  return true
}

/** Lower case brings new lookalikes, and these new letters. `nameKey` repeats until it's stable: by the third round. */
const ROUNDS_MAX = 8
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gv

/**
 * A capital may look like another letter than its small form does (Cyrillic В and в, Greek Ν and ν), so the key alone
 * is not enough. The keys of the name's lookalikes are added: once with a capital I read as the l that it looks like,
 * and once as i.
 */
function keysOf(text: string): Name['keys'] {
  const key = nameKey(text)
  const looks = new Set([skeleton(text, 'l'), skeleton(text, 'i')].map(nameKey))
  looks.delete(key)
  return [key, ...looks]
}

/**
 * UTS #39, 4: the skeleton of `text`, character by character. A second pass adds the NFKD forms that the table lacks.
 */
function skeleton(text: string, capitalI: 'l' | 'i'): string {
  const look = lookalike(text.normalize('NFD'), capitalI)
  const plain = look.normalize('NFKD')
  // The lookalike of a character has no lookalike in turn, so an unchanged text needs no second pass.
  return plain === look ? look : lookalike(plain, capitalI).normalize('NFD')
}

function lookalike(text: string, capitalI: 'l' | 'i'): string {
  let out = ''
  for (const char of text) {
    const look = lookOf(char) ?? char
    out += look === 'l' && char !== char.toLowerCase() ? capitalI : look
  }
  return out
}

/**
 * Case folding without a locale. It goes through upper case, so that ß matches SS, and writes every small sigma as σ.
 * It drops the dot that a Turkish İ leaves behind, because an i already has one.
 */
function lowerCase(text: string): string {
  const small = text.toLowerCase().toUpperCase().toLowerCase()
  return small.replaceAll('ς', 'σ').replace(SECOND_DOT, '$1')
}

/** On i or j, with at most a dot or an ogonek below. */
const SECOND_DOT = /([ij][\u0323\u0328]?)\u0307/gv

function misfitOf(text: string, most: number, signs: string): Misfit | undefined {
  const length = Array.from(text).length
  if (length === 0) return { ok: false, reason: 'empty', detail: 'nothing' }
  if (length > most) return { ok: false, reason: 'too-long', detail: `${length} characters` }
  const detail = offenceOf(text, signs)
  return detail === undefined ? undefined : { ok: false, reason: 'characters', detail }
}

/** The first character that isn't allowed in its place, in a readable form. */
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
