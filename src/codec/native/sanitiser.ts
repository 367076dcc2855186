/**
 * The client's border: makes everything from a server harmless before the client uses it. A client trusts no server.
 * Strings become harmless as at the server's ingress, for a terminal and a page alike. A printed line of JSON has no
 * character that a terminal acts on.
 */
import { flatten, neutralise } from '../../model/text.ts'

/** Changes `json` in place; nobody else may hold it. Throws if it's nested deeper than the stack. */
export function harmless(json: unknown): unknown {
  if (typeof json === 'string') return flatten(json)
  if (Array.isArray(json)) for (const [at, item] of json.entries()) json[at] = harmless(item)
  else if (typeof json === 'object' && json !== null) clean(json as Record<string, unknown>, neutralise)
  return json
}

/** The fields that may have several lines, except in a topic: a text, and the last lines of an output. */
const LINES: ReadonlySet<string> = new Set(['text', 'tail'])

/** All other strings have one line. */
function clean(fields: Record<string, unknown>, text: (written: string) => string): void {
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') fields[name] = LINES.has(name) ? text(value) : flatten(value)
    else if (name === 'topic' && typeof value === 'object' && value !== null)
      clean(value as Record<string, unknown>, flatten)
    else if (typeof value === 'object') harmless(value)
  }
}

/**
 * Characters written as \u in a line of JSON: controls, characters that change the direction of a line or are
 * invisible, and separators at which some programs split lines.
 */
const UNSEEN = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--[\u200c\u200d]]/gv

/** A line of JSON that means the same to a program. The joiners stay, because emoji and Persian need them. */
export const printable = (value: unknown): string => JSON.stringify(value).replace(UNSEEN, escaped)

const escaped = (character: string): string =>
  [...Array(character.length).keys()]
    .map(unit => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`)
    .join('')
