/** Native requests: one JSON object a line. */

import type { Query, ReadPlace } from '../../model/command.ts'
import { NATIVE_LINE_MAX_BYTES, TOKEN_MIN_CHARS } from '../../model/limits.ts'
import { LOBBY } from '../../model/name/standing.ts'
import type { Ask, Decoder } from '../codec.ts'
import { type Carry, emptyCarry, finishLines, held, type Line, pullLine, pushLines } from '../lines.ts'
import { isCommandNumber, readFrequent } from './frequent.ts'
import { wrongIn } from './request-fault.ts'
import { type Request, request } from './schema.ts'

export const nativeDecoder: Decoder<Carry> = {
  empty: emptyCarry,
  push: pushLines,
  finish: finishLines,
  size: held,
  pull(carry) {
    const pulled = pullLine(carry, NATIVE_LINE_MAX_BYTES)
    return { ask: pulled.line && askOf(pulled.line), carry: pulled.carry, blank: pulled.blank }
  },
}

function askOf(line: Line): Ask {
  switch (line.type) {
    case 'too-long':
      return malformed('line-too-long', `${NATIVE_LINE_MAX_BYTES} bytes`)
    case 'not-utf8':
      return malformed('not-utf8')
    case 'line':
      return readRequest(line.text)
  }
}

type Malformed = Extract<Ask, { type: 'malformed' }>

const malformed = (code: Malformed['code'], detail = '', n: number | null = null): Malformed => ({
  type: 'malformed',
  n,
  code,
  detail,
})

/** One object of the protocol, as text. A WebSocket message holds the same. */
export function readRequest(text: string): Ask {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return malformed('malformed', 'the line is not JSON')
  }
  return readFrequent(json) ?? readAny(json)
}

/** The same for any request, as the schema has it. */
export function readAny(json: unknown): Ask {
  const read = request.safeParse(json)
  return read.success ? toAsk(read.data) : malformed('malformed', wrongIn(json, read.error.issues[0]), numberOf(json))
}

function toAsk(asked: Request): Ask {
  switch (asked.type) {
    case 'hello': {
      const { room = null, token, cursor, epoch, whole, history } = asked
      // A passkey tells the account.
      const name = asked.name ?? (asked.account && 'passkey' in asked.account ? '' : undefined)
      const identity = {
        ...(asked.password === undefined ? {} : { password: asked.password }),
        ...(asked.account === undefined ? {} : { account: asked.account }),
        ...(asked.register === undefined ? {} : { register: asked.register }),
        ...(asked.invite === undefined ? {} : { invite: asked.invite }),
      }
      if (token === undefined) {
        return name === undefined ? malformed('name-empty') : { type: 'hello', name, room, history, ...identity }
      }
      // With a name, the token may start a new session, and it's the client that made it: a short one could be guessed.
      if (name !== undefined && token.length < TOKEN_MIN_CHARS) return malformed('token-short')
      return {
        type: 'resume',
        token,
        cursor,
        epoch,
        whole,
        history,
        enter: name === undefined ? null : { name, room },
        ...identity,
      }
    }
    case 'ping':
      return { type: 'ping', id: asked.id ?? null }
    case 'pong':
      return asked
    case 'typing': {
      const { type, ...where } = asked
      return { type, where: isNamed(where) ? where : { room: LOBBY } }
    }
    case 'prove': {
      const { type: _, ...proof } = asked
      return { type: 'prove', proof }
    }
    case 'rooms':
    case 'cursors':
    case 'devices':
    case 'account':
    case 'conversations':
    case 'who':
    case 'history':
    case 'list':
    case 'messages':
    case 'reactions':
    case 'pins':
    case 'questions':
    case 'output':
    case 'try':
    case 'search': {
      const { n = null, ...query } = asked
      return { type: 'query', n, query }
    }
    default:
      // The field has two names, so the schema can't say that one is missing.
      if (asked.type === 'kick' && (asked.name ?? asked.who ?? asked.id) === undefined) {
        return malformed('malformed', 'the field "who" is missing', asked.n ?? null)
      }
      return { type: 'command', n: asked.n ?? null, command: toCommand(asked) }
  }
}

const isNamed = ({ room, with: name, id }: ReadPlace): boolean => (room ?? name ?? id) !== undefined

type Commanded = Exclude<Request, { type: 'hello' | 'prove' | 'ping' | 'pong' | 'typing' | Query['type'] }>

function toCommand(asked: Commanded): Extract<Ask, { type: 'command' }>['command'] {
  switch (asked.type) {
    case 'bye':
      return { type: 'quit', reason: asked.reason ?? null }
    case 'part':
      return { type: 'part', room: asked.room, reason: asked.reason ?? null }
    case 'kick': {
      const { name, who, id, room } = asked
      return { type: 'kick', name: name ?? who ?? '', id, reason: asked.reason ?? null, room }
    }
    case 'ban':
    case 'mute':
    case 'except': {
      const { n: _, ...command } = asked
      return { ...command, reason: asked.reason ?? null }
    }
    case 'away':
      return { type: 'away', note: asked.note ?? null }
    default: {
      const { n: _, ...command } = asked
      return command
    }
  }
}

/** The number of a refused request, if it can be read. A refused request still uses up its number. */
function numberOf(json: unknown): number | null {
  const n = typeof json === 'object' && json !== null && 'n' in json ? json.n : null
  return isCommandNumber(n) ? n : null
}
