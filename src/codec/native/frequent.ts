/**
 * Reads the requests that nearly all lines are by hand: `say`, `ping` and `pong`. The schema gives the same, and takes
 * ten times as long.
 */
import { LOBBY } from '../../model/name/standing.ts'
import type { Ask } from '../codec.ts'
import { ID_MAX_CHARS } from './schema.ts'

type Fields = {
  readonly [name in 'type' | 'n' | 'room' | 'text' | 'action' | 'id' | 'reply' | 'files' | 'ask' | 'live']?: unknown
}

const PONG: Ask = { type: 'pong' }

/** Null: another request, or a malformed one. The schema decides. */
export function readFrequent(json: unknown): Ask | null {
  if (typeof json !== 'object' || json === null) return null
  const asked: Fields = json
  switch (asked.type) {
    case 'say':
      return readSay(asked)
    case 'ping':
      return readPing(asked)
    case 'pong':
      return PONG
    default:
      return null
  }
}

function readSay({ n, room = LOBBY, text, action = false, reply, files, ask, live }: Fields): Ask | null {
  if (reply !== undefined || files !== undefined || ask !== undefined || live !== undefined) return null
  if (typeof text !== 'string' || typeof room !== 'string' || typeof action !== 'boolean') return null
  if (n !== undefined && !isCommandNumber(n)) return null
  return { type: 'command', n: n ?? null, command: { type: 'say', room, text, action } }
}

function readPing({ id }: Fields): Ask | null {
  if (id === undefined) return { type: 'ping', id: null }
  if (typeof id === 'string') return id.length <= ID_MAX_CHARS ? { type: 'ping', id } : null
  return typeof id === 'number' && Number.isFinite(id) ? { type: 'ping', id } : null
}

/** A number that a command may have. */
export const isCommandNumber = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) > 0
