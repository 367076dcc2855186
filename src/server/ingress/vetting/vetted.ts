/** Parts that ingress reads in every command: names, rooms, targets, texts and notes, each within its bounds. */
import type { ErrorCode } from '../../../model/error.ts'
import type { Body, MemberId, Target } from '../../../model/input.ts'
import {
  FILE_NAME_MAX_BYTES,
  NAME_MAX_CHARS,
  NOTE_MAX_BYTES,
  ROOM_NAME_MAX_CHARS,
  TEXT_MAX_BYTES,
  TEXT_MAX_LINES,
} from '../../../model/limits.ts'
import { type Name, nameKey, readName, readRoom, roomFault } from '../../../model/name/name.ts'
import { flatten, isPlain, isUnseen, lineCount, neutralise, utf8Length } from '../../../model/text.ts'

export type Vetted = { readonly ok: true; readonly body: Body; readonly text: string | null }
export type Refused = { readonly ok: false; readonly code: ErrorCode; readonly detail: string }

export const refused = (code: ErrorCode, detail = ''): Refused => ({ ok: false, code, detail })
export const passed = (body: Body, text: string | null = null): Vetted => ({ ok: true, body, text })

type Read<T> = { readonly ok: true; readonly value: T } | Refused

export function vetName(raw: string): Read<Name> {
  const given = raw.trim()
  if (given.length > NAME_MAX_CHARS * UNITS_PER_CHAR) return refused('name-too-long', `${given.length} characters`)
  const read = readName(given)
  return read.ok ? { ok: true, value: read.name } : refused(`name-${read.reason}`, read.detail)
}

export function vetRoom(raw: string): Read<string> {
  const given = raw.trim()
  if (given.length > ROOM_NAME_MAX_CHARS * UNITS_PER_CHAR) return refused('room-name', 'is too long')
  const read = readRoom(given)
  if (read.ok) return { ok: true, value: read.room }
  return refused('room-name', roomFault(read))
}

/**
 * NFC makes one character of at most four, of two UTF-16 units each, so a longer text is no name. It is refused before
 * NFC: the time that NFC takes to order thousands of marks is quadratic in their number.
 */
const UNITS_PER_CHAR = 8

/** Refusals repeat the name that was typed, so it is made harmless and short. */
export const target = (raw: string, id?: MemberId): Target => ({
  key: nameKey(raw.slice(0, TARGET_MAX)),
  text: flatten(raw).slice(0, TARGET_MAX),
  ...(id === undefined ? {} : { id }),
})
const TARGET_MAX = 64

export function withRoom(raw: string, next: (room: string) => Vetted | Refused): Vetted | Refused {
  const room = vetRoom(raw)
  return room.ok ? next(room.value) : room
}

export function vetText(raw: string): Read<string> {
  if (isPlain(raw) && raw.length <= TEXT_MAX_BYTES) return { ok: true, value: raw }
  const text = neutralise(raw)
  // Checked as it came: made harmless, invisible tags would become visible.
  if (isUnseen(raw)) return refused('text-empty')
  if (lineCount(text) > TEXT_MAX_LINES) return refused('text-too-long', `${TEXT_MAX_LINES} lines`)
  if (utf8Length(text) > TEXT_MAX_BYTES) return refused('text-too-long', `${TEXT_MAX_BYTES} bytes`)
  return { ok: true, value: text }
}

/** The text of a message. With files, it may be empty. */
export const vetCaption = (raw: string, hasFiles: boolean): Read<string> =>
  hasFiles && isUnseen(raw) ? { ok: true, value: '' } : vetText(raw)

/** The last part of a path, harmless, and short enough for every disk. */
export function fileName(raw: string): string {
  const name = flatten(raw.slice(-FILE_NAME_MAX_BYTES * 4).replace(/^.*[/\\]/su, '')).trim()
  const short = utf8Length(name) <= FILE_NAME_MAX_BYTES ? name : shortened(name)
  return isUnseen(short) || /^\.+$/.test(short) ? 'file' : short
}

/** The ending after the last dot stays, if it isn't long. */
function shortened(name: string): string {
  const ending = /\.[^.]{1,16}$/u.exec(name)?.[0] ?? ''
  let head = ''
  for (const char of name.slice(0, name.length - ending.length)) {
    if (utf8Length(head + char + ending) > FILE_NAME_MAX_BYTES) break
    head += char
  }
  return head + ending
}

export function withNote(raw: string | null, next: (note: string | null) => Vetted | Refused): Vetted | Refused {
  const note = raw === null ? null : flatten(raw).trim()
  if (note !== null && utf8Length(note) > NOTE_MAX_BYTES) return refused('text-too-long', `${NOTE_MAX_BYTES} bytes`)
  return next(raw === null || isUnseen(raw) ? null : note)
}
