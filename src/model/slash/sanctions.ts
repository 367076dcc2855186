/** Commands that ban, mute, except and remove people, and that end it: `/ban eve for 10m flooding the room`. */
import type { Command } from '../command.ts'
import { HISTORY_PAGE_MAX } from '../limits.ts'
import { ALL_CLAUSES, type Here, inPlace, isClause, nextClause, secondsOf, TIMES, withClauses } from './clauses.ts'
import { command, type Next, NOTHING, orNull, query, split, type Typed } from './row.ts'
import { nameOf, whomOf } from './whom.ts'

/** Splits the target, the first word, from the rest. With a colon behind the name, all the rest is the reason. */
function target(rest: string): readonly [string, string] {
  const [typed, more] = split(rest)
  return /^[^:]+:$/.test(typed) ? [typed, `-- ${more}`] : [typed, more]
}

export function readSanction(type: 'ban' | 'mute' | 'except', rest: string, here: Here): Typed | null {
  const [typed, more] = target(rest)
  const whom = whomOf(typed)
  if (whom === null) return null
  return withClauses(more, here, ALL_CLAUSES, ({ room, seconds, network, rest: reason }) => {
    if (network && 'net' in whom) return null
    return command({
      ...{ type, ...whom, room, reason: orNull(reason) },
      ...(seconds === undefined ? {} : { for: seconds }),
      ...(network ? { network } : {}),
    })
  })
}

/** By name, by network, or by the number that the lists show. */
export function readEnd(type: 'unban' | 'unmute' | 'unexcept', rest: string, here: Here): Typed | null {
  const [typed, more] = split(rest)
  const rule = /^\d{1,15}$/.test(typed) && Number(typed) > 0 ? { rule: Number(typed) } : null
  const whom = rule ?? whomOf(typed)
  return whom && inPlace(more, here, room => command({ type, ...whom, room }))
}

export function readKick(rest: string, here: Here): Typed | null {
  const [typed, more] = target(rest)
  const name = nameOf(typed)
  if (name === '') return null
  return withClauses(more, here, ['place'], ({ room, rest: reason }) =>
    command({ type: 'kick', name, reason: orNull(reason), ...(room === undefined ? {} : { room }) }),
  )
}

type Role = Extract<Command['type'], 'op' | 'deop' | 'voice' | 'devoice' | 'invite'>

/** Roles and invitations are for rooms. Null: there is no room. */
export function readRole(type: Role, rest: string, here: Here): Typed | null {
  const [typed, more] = split(rest)
  const who = nameOf(typed)
  if (who === '') return null
  return inPlace(more, here, room => (room === undefined ? null : command({ type, who, room })))
}

/** `eve 1h`, `eve for 1h`. */
export function readPurge(rest: string, here: Here): Typed | null {
  const [typed, more] = split(rest)
  const who = nameOf(typed)
  const [word] = split(more)
  if (who === '') return null
  const timed = secondsOf(word) === null ? more : `for ${more}`
  return withClauses(timed, here, ['for', 'place'], ({ room, seconds, rest: extra }) =>
    extra !== '' || seconds === undefined ? null : command({ type: 'purge', who, room, for: seconds }),
  )
}

type Listed = 'bans' | 'mutes' | 'exceptions' | 'log'

/** `[name] [in <room> | everywhere]`. */
export function readList(what: Listed, limit: number, rest: string, here: Here): Typed | null {
  const [first, more] = split(rest)
  const isNamed = first !== '' && !isClause(first)
  const name = isNamed ? { name: nameOf(first) } : {}
  return inPlace(isNamed ? more : rest, here, room => query({ type: 'list', what, room: room ?? null, ...name, limit }))
}

export const readPlaceList = (what: 'filters' | 'held', rest: string, here: Here): Typed | null =>
  inPlace(rest, here, room => query({ type: 'list', what, room: room ?? null, limit: HISTORY_PAGE_MAX }))

/** `12`, and for some commands the place. */
export function readNumber(rest: string, read: (number: number, more: string) => Typed | null): Typed | null {
  const [typed, more] = split(rest)
  return /^\d{1,15}$/.test(typed) && Number(typed) > 0 ? read(Number(typed), more) : null
}

// ── completion: after the name ───────────────────────────────────────────────────────────────────
const NAMES: Next = { names: true }

export const nextOfSanction = (typed: readonly string[]): Next =>
  typed.length === 0 ? NAMES : nextClause(typed.slice(1), ALL_CLAUSES)

export const nextOfPlaced = (typed: readonly string[]): Next =>
  typed.length === 0 ? NAMES : nextClause(typed.slice(1))

export const nextOfPurge = (typed: readonly string[]): Next =>
  typed.length === 0 ? NAMES : typed.length === 1 ? { words: TIMES } : nextClause(typed.slice(2))

export const nextOfList = (typed: readonly string[]): Next => {
  const clauses = nextClause(typed)
  return typed.length === 0 ? { ...clauses, names: true } : clauses
}

export const nextOfNumber = (typed: readonly string[]): Next =>
  typed.length === 0 ? NOTHING : nextClause(typed.slice(1))
