/**
 * The client's border: what a server wrote, before anything of the client sees it. A client trusts no server. Strings
 * are made harmless as the server makes them at ingress, for a terminal and a page alike; a line of JSON that is
 * printed has no character in it that a terminal acts on.
 */
import { flatten, neutralise } from '../../model/text.ts'

/** Changes `json`, which nobody else has, in place. Throws what is nested deeper than the stack. */
export function harmless(json: unknown): unknown {
  if (typeof json === 'string') return flatten(json)
  if (Array.isArray(json)) for (const [at, item] of json.entries()) json[at] = harmless(item)
  else if (typeof json === 'object' && json !== null) clean(json as Record<string, unknown>, neutralise)
  return json
}

/** A field `text` may have several lines, but not that of a topic; every other string has one. */
function clean(fields: Record<string, unknown>, text: (written: string) => string): void {
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') fields[name] = name === 'text' ? text(value) : flatten(value)
    else if (name === 'topic' && typeof value === 'object' && value !== null)
      clean(value as Record<string, unknown>, flatten)
    else if (typeof value === 'object') harmless(value)
  }
}

/**
 * What is written as \u in a line of JSON: controls, what turns the direction of a line or is not seen, and the
 * separators at which some readers of lines cut.
 */
const UNSEEN = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--[\u200c\u200d]]/gv

/** A line of JSON, the same to a program. The joiners stay: emoji and Persian are made with them. */
export const printable = (value: unknown): string => JSON.stringify(value).replace(UNSEEN, escaped)

const escaped = (character: string): string =>
  [...Array(character.length).keys()]
    .map(unit => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`)
    .join('')
