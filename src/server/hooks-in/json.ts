/**
 * The JSON of a stranger. A text that is too large to parse is refused before, in one pass over its characters. The
 * parsed values are copied up to the bounds of a reader: a reader needs no bounds of its own, and finds no key of a
 * prototype. A list that is longer than its copy can still be counted.
 */
import {
  HOOK_IN_CHARS_READ,
  HOOK_IN_DEPTH_MAX,
  HOOK_IN_ITEMS_READ,
  HOOK_IN_VALUES_MAX,
  HOOK_IN_VALUES_READ,
  TEXT_MAX_BYTES,
} from '../../model/limits.ts'

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }

/** Why a body isn't read: it's no JSON, or too much of it. */
export type JsonFault = 'not-json' | 'too-deep' | 'too-many'

export const NOTHING: JsonObject = Object.create(null)

/** At most the bounds of limits.ts. Objects have no prototype. */
export function readJson(text: string): { readonly value: Json } | { readonly fault: JsonFault } {
  const fault = faultIn(text)
  if (fault) return { fault }
  try {
    return { value: copyOf(JSON.parse(text) as Json) }
  } catch {
    return { fault: 'not-json' }
  }
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d]

function faultIn(text: string): JsonFault | null {
  let depth = 0
  let values = 1
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at)
        break
      case LIST:
      case OBJECT:
        if (++depth > HOOK_IN_DEPTH_MAX) return 'too-deep'
        break
      case LIST_END:
      case OBJECT_END:
        depth--
        break
      case COMMA:
      case COLON:
        if (++values > HOOK_IN_VALUES_MAX) return 'too-many'
    }
  }
  return null
}

/** The place of the quote that ends the string; or beyond the text, if none does. */
function endOfString(text: string, from: number): number {
  let at = from + 1
  for (let char = text.charCodeAt(at); char !== QUOTE && at < text.length; char = text.charCodeAt(at)) {
    at += char === BACKSLASH ? 2 : 1
  }
  return at
}

/** Level by level, so that a title that stands after a list of a thousand commits is still read. */
function copyOf(root: Json): Json {
  const whole: Json[] = []
  let left = { values: HOOK_IN_VALUES_READ, chars: HOOK_IN_CHARS_READ }
  let level: readonly Place[] = [{ value: root, into: whole, at: 0 }]
  while (level.length > 0) {
    const next: Place[] = []
    for (const { value, into, at } of level) {
      if (left.values === 0) return whole[0] ?? null
      const copy = typeof value === 'string' ? cut(value, Math.min(left.chars, TEXT_MAX_BYTES)) : emptied(value)
      left = { values: left.values - 1, chars: left.chars - (typeof copy === 'string' ? copy.length : 0) }
      Object.assign(into, { [at]: copy })
      const isRead = next.length < left.values
      if (isRead && typeof copy === 'object' && copy !== null) next.push(...placesIn(value, copy))
    }
    level = next
  }
  return whole[0] ?? null
}

/** A value, and the place for its copy. */
type Place = { readonly value: Json; readonly into: object; readonly at: string | number }

/** A list or an object that has nothing yet. */
function emptied(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  const copy: Json = Array.isArray(value) ? [] : Object.create(null)
  WHOLE.set(copy as object, value)
  return copy
}

/** The source of a copied list or object. */
const WHOLE = new WeakMap<object, object>()

function placesIn(value: Json, into: object): readonly Place[] {
  if (Array.isArray(value))
    return value.slice(0, HOOK_IN_ITEMS_READ).map((item: Json, at) => ({ value: item, into, at }))
  return Object.keys(value as JsonObject)
    .slice(0, HOOK_IN_ITEMS_READ)
    .filter(key => key.length <= KEY_MAX)
    .map(at => ({ value: (value as JsonObject)[at] ?? null, into, at }))
}

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, Math.max(0, most - 1)).toWellFormed()}…` : text

/** Characters of a key. A longer one isn't read. */
const KEY_MAX = 200

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first of these fields that has a text or a number, as text; ''. */
export function textAt(value: Json | undefined, ...names: readonly string[]): string {
  if (!isObject(value)) return ''
  for (const name of names) {
    const found = scalarText(value[name])
    if (found !== '') return found
  }
  return ''
}

export const scalarText = (value: Json | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? `${value}` : ''

export function objectAt(value: Json | undefined, name: string): JsonObject {
  const found = isObject(value) ? value[name] : undefined
  return isObject(found) ? found : NOTHING
}

/** The items of a list; of anything else none. */
export function listAt(value: Json | undefined, name: string): readonly Json[] {
  const found = isObject(value) ? value[name] : undefined
  return Array.isArray(found) ? (found as readonly Json[]) : []
}

export const objectsAt = (value: Json | undefined, name: string): readonly JsonObject[] =>
  listAt(value, name).filter(isObject)

/** All objects of a list, also those that are too many to be read: to count them. Ask them for no name that a prototype has. */
export const allAt = (value: Json | undefined, name: string): readonly JsonObject[] =>
  wholeOf(listAt(value, name)).filter(isObject)

const wholeOf = (list: readonly Json[]): readonly Json[] => (WHOLE.get(list) as readonly Json[] | undefined) ?? list

/** How many items of a list, or fields of an object, are too many to be read. */
export const unreadIn = (value: Json): number =>
  typeof value === 'object' && value !== null
    ? Object.keys(WHOLE.get(value) ?? value).length - Object.keys(value).length
    : 0

export const unreadAt = (value: Json | undefined, name: string): number => unreadIn(listAt(value, name))

/** The fields of an object that have a text or a number. */
export const pairsOf = (value: JsonObject): readonly (readonly [string, string])[] =>
  Object.keys(value).flatMap(key => {
    const text = scalarText(value[key])
    return text === '' ? [] : [[key, text] as const]
  })
