/** A trial as people type it: `slow 10s over 30d`, `filter refuse spam over 7d in ops`, `lockdown everywhere`. */
import { readDuration } from '../duration.ts'
import { TRY_USUAL_S } from '../limits.ts'

export type TypedTrial = {
  readonly rule: string
  /** Seconds. */
  readonly for: number
  /** Null: the whole server. Undefined: the room in which it's typed. */
  readonly room: string | null | undefined
}

/** Without a time before it, a room needs its `#`: the words of a filter may end like a place. */
const FORM = /^(\S.*?)(?:\s+over\s+(\d+[smhd])(?:\s+(?:in\s+(\S+)|(everywhere)))?|\s+in\s+(#\S+)|\s+(everywhere))?$/is

/** Null: it isn't one. */
export function readTypedTrial(text: string): TypedTrial | null {
  const [, rule, time, room, everywhere, marked, all] = FORM.exec(text.trim()) ?? []
  if (rule === undefined) return null
  const ms = time === undefined ? TRY_USUAL_S * 1000 : readDuration(time.toLowerCase())
  if (ms === null || ms < 1000) return null
  const place = (everywhere ?? all) === undefined ? (room ?? marked) : null
  return { rule, for: ms / 1000, room: place }
}
