/**
 * The words between the target of a sanction and its reason: `for 10m`, `in ROOM`, `everywhere`, `network`, in any
 * order. The text after them is the reason. A reason that begins with such a word stands after `--` or `:`.
 */
import { readDuration } from '../duration.ts'
import { SANCTION_MAX_MS } from '../limits.ts'
import { split, type Typed, type Wrong, wrong } from './row.ts'

/** The current room; undefined: the whole server. */
export type Here = string | undefined

export type Clauses = {
  /** Undefined: the whole server. */
  readonly room: Here
  /** Undefined: until somebody ends it. */
  readonly seconds: number | undefined
  /** The network that the member comes from. */
  readonly network: boolean
  readonly rest: string
}

export type Clause = 'for' | 'place' | 'network'

const PLACE: readonly Clause[] = ['place']
export const ALL_CLAUSES: readonly Clause[] = ['for', 'place', 'network']

/** Reads the clauses that are `known`; any other word begins the rest, which `next` gets. Null: they are wrong. */
export function withClauses(
  text: string,
  here: Here,
  known: readonly Clause[],
  next: (clauses: Clauses) => Typed | null,
): Typed | null {
  const read = readClauses(text, here, known)
  return read === null || 'type' in read ? read : next(read)
}

/** Nothing but the place follows. */
export const inPlace = (text: string, here: Here, next: (room: Here) => Typed | null): Typed | null =>
  withClauses(text, here, PLACE, ({ room, rest }) => (rest === '' ? next(room) : null))

/** Null: a clause is there twice, contradicts another, or lacks its word. */
function readClauses(text: string, here: Here, known: readonly Clause[]): Clauses | Wrong | null {
  let read: Clauses = { room: here, seconds: undefined, network: false, rest: text.trim() }
  const seen = new Set<Clause>()
  while (true) {
    const [typed, after] = split(read.rest)
    if (typed === '--' || typed === ':') return { ...read, rest: after }
    const word = bare(typed.toLowerCase())
    const clause = CLAUSES.get(word)
    if (clause === undefined || !known.includes(clause)) return read
    if (seen.has(clause)) return null
    seen.add(clause)
    const next = withClause({ ...read, rest: after }, word)
    if (next === null || 'type' in next) return next
    if (endsClauses(typed) || (next.rest !== after && endsClauses(split(after)[0]))) return next
    read = next
  }
}

/** A colon may stand right behind the last word: `for 10m: flooding`. */
const endsClauses = (typed: string): boolean => typed.endsWith(':')
const bare = (typed: string): string => typed.replace(/:$/, '')

const CLAUSES: ReadonlyMap<string, Clause> = new Map([
  ['for', 'for'],
  ['in', 'place'],
  ['everywhere', 'place'],
  ['network', 'network'],
])

function withClause(read: Clauses, word: string): Clauses | Wrong | null {
  const [typed, rest] = split(read.rest)
  const value = bare(typed)
  switch (word) {
    case 'for': {
      if (value === '') return null
      const seconds = secondsOf(value)
      return seconds === null ? wrong('time-invalid', value) : { ...read, seconds, rest }
    }
    case 'in':
      return value === '' ? null : { ...read, room: value, rest }
    case 'everywhere':
      return { ...read, room: undefined }
    default:
      return { ...read, network: true }
  }
}

/** Seconds of `10m`; null for any other text, and for a time that is too long. */
export function secondsOf(text: string): number | null {
  const ms = readDuration(text.toLowerCase())
  return ms === null || ms < 1000 || ms > SANCTION_MAX_MS ? null : ms / 1000
}

/** Whether a clause begins with this word. */
export const isClause = (word: string): boolean => CLAUSES.has(word.toLowerCase())

/** Times that completion offers. */
export const TIMES: readonly string[] = ['10m', '1h', '1d', '7d']

/** Completion's offers after these words. The last one may want a word of its own. */
export function nextClause(typed: readonly string[], known: readonly Clause[] = PLACE) {
  const last = typed.at(-1)?.toLowerCase()
  if (last === 'for') return { words: TIMES }
  if (last === 'in') return { rooms: true } as const
  const used = new Set(typed.map(word => CLAUSES.get(word.toLowerCase())))
  return {
    words: [...CLAUSES].flatMap(([word, clause]) => (known.includes(clause) && !used.has(clause) ? [word] : [])),
  }
}
