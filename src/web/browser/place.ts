/** Places in the address: `/#ops` is a room, `/#@bob` a person, `/#ops/1042` a message. */

import { inRoom, roomOf, type Where, withPerson } from '../../client/chat/place.ts'
import { chatErrorText } from '../../model/chat-errors.ts'
import { readRoom } from '../../model/name/name.ts'

/** Null: the address names no place. */
export function placeIn(hash: string): Where | null {
  const text = decoded(hash.replace(/^#/, '')).replace(MESSAGE, '')
  if (text.startsWith('@') && text.length > 1) return withPerson(text.slice(1))
  const room = readRoom(text)
  return room.ok ? inRoom(room.room) : null
}

/** Names have no slash. */
const MESSAGE = /\/(\d{1,15})$/

/** A message in the address: `/#ops/1042`. Null: it names none. */
export function messageIn(hash: string): { readonly where: Where; readonly seq: number } | null {
  const where = placeIn(hash)
  const [, seq] = MESSAGE.exec(decoded(hash)) ?? []
  return where === null || seq === undefined ? null : { where, seq: Number(seq) }
}

/** The link to a message, on the page at this address. */
export const linkOf = (page: string, where: Where, seq: number): string =>
  `${page.replace(/#.*/s, '')}${hashOf(where)}/${seq}`

/** The part of an address that is not a valid place; null: it's valid or empty. */
export function wrongPlace(hash: string): string | null {
  const text = decoded(hash.replace(/^#/, ''))
  return text === '' || placeIn(hash) ? null : text
}

/** The error for an address that names no place. */
export const noPlace = (text: string): string =>
  chatErrorText('room-name', `“${text.slice(0, SHOWN)}” has other characters`)

/** How many characters of an address the error repeats. */
const SHOWN = 60

export function hashOf(where: Where): string {
  const room = roomOf(where)
  return `#${encodeURIComponent(room ?? where).replace(/^%40/, '@')}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
