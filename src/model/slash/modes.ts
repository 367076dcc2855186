/** Commands that set modes: `/mode limit 20`, `/slow 10s`, `/lockdown 10m`. */

import { isMode, MODES, type Mode, rowOf } from '../keeping/modes.ts'
import { HISTORY_PAGE_MAX, SLOW_MAX_S } from '../limits.ts'
import { type Clause, type Here, inPlace, isClause, nextClause, secondsOf, TIMES, withClauses } from './clauses.ts'
import { command, type Next, query, split, type Typed, wrong } from './row.ts'

/** `slow 10s in ops`. Without a mode, the modes are listed. */
export function readMode(rest: string, here: Here): Typed | null {
  const [typed, value] = split(rest)
  if (typed === '' || isClause(typed)) {
    return inPlace(rest, here, room =>
      query({ type: 'list', what: 'modes', room: room ?? null, limit: HISTORY_PAGE_MAX }),
    )
  }
  const mode = typed.toLowerCase()
  return isMode(mode) ? readSetting(mode, value, here) : wrong('mode-unknown', typed)
}

/**
 * Reads the words after the name of a mode: nothing, `off`, its value, and for a lock-down its duration. Then the
 * place.
 */
export function readSetting(mode: Mode, text: string, here: Here): Typed | null {
  const [word, rest] = split(text)
  if (word.toLowerCase() === 'off') return set(mode, null, rest, here)
  if (rowOf(mode).takes === 'nothing') return readSwitch(mode, word.toLowerCase() === 'on' ? rest : text, here)
  const value = readValue(mode, word)
  return value === null ? wrong('mode-value', mode) : set(mode, value, rest, here)
}

/** `10m` and `for 10m` are the same. */
function readSwitch(mode: Mode, text: string, here: Here): Typed | null {
  if (mode !== 'lockdown') return set(mode, true, text, here)
  const [word] = split(text)
  if (!/^\d/.test(word)) return set(mode, true, text, here)
  return secondsOf(word) === null ? wrong('time-invalid', word) : set(mode, true, `for ${text}`, here)
}

function readValue(mode: Mode, word: string): number | string | null {
  const { takes } = rowOf(mode)
  if (takes === 'secret') return word === '' ? null : word
  const count = /^\d{1,9}$/.test(word) ? Number(word) : takes === 'seconds' ? secondsOf(word) : null
  return count === null || count < 1 || (takes === 'seconds' && count > SLOW_MAX_S) ? null : count
}

function set(mode: Mode, value: true | number | string | null, text: string, here: Here): Typed | null {
  const known: readonly Clause[] = mode === 'lockdown' && value !== null ? ['for', 'place'] : ['place']
  return withClauses(text, here, known, ({ room, seconds, rest }) => {
    if (rest !== '') return null
    return command({ type: 'mode', mode, value, room, ...(seconds === undefined ? {} : { for: seconds }) })
  })
}

/** The number of words that may be shown: after `key` only the name of the mode. */
export const openOfMode = (words: readonly string[]): number | null => (words[0]?.toLowerCase() === 'key' ? 1 : null)

/** The same for a line of the host, such as `MODE key WORD`. */
export const withoutKey = (line: string): string => /^\s*MODE\s+KEY(?=\s)/i.exec(line)?.[0] ?? line

export const nextOfMode = ([name, ...typed]: readonly string[]): Next => {
  const mode = name?.toLowerCase()
  if (mode === undefined) return { words: Object.keys(MODES) }
  return isMode(mode) ? nextOfSetting(mode, typed) : {}
}

export function nextOfSetting(mode: Mode, typed: readonly string[]): Next {
  if (typed.length > 0) return nextClause(typed)
  if (mode === 'lockdown') return { words: [...TIMES, 'off'] }
  return { words: rowOf(mode).takes === 'seconds' ? ['10s', '30s', '1m', 'off'] : ['off'] }
}
