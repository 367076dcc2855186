/** A command as a script writes it: one JSON object a line, as in docs/protocol.md, without a number. */
import type { Asked } from '../../../client/session/outbox/outbox.ts'
import { HISTORY_ON_JOIN } from '../../../model/limits.ts'
import { attaching, readChange } from './json-changes.ts'
import { readKeeping } from './json-keeping.ts'
import { readQuestion, withAsk } from './json-questions.ts'

type InvalidCommand = { readonly error: string }
/** Leave, with a reason for others. */
type Leave = { readonly leave: string | null }
type Fields = Readonly<Record<string, unknown>>

/** `room` is used if a command names none. */
export function readCommand(line: string, room: string): Asked | Leave | InvalidCommand {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    return { error: `each line must be one JSON object, and this one is not: ${line.slice(0, 60)}` }
  }
  if (typeof json !== 'object' || json === null || !('type' in json) || typeof json.type !== 'string') {
    return { error: `a command needs a "type", such as {"type":"say","text":"hi"}` }
  }
  const fields: Fields = { ...json }
  switch (json.type) {
    case 'say':
      return withText(fields, text =>
        withAsk(
          fields,
          attaching(fields, {
            type: 'say',
            room: string(fields['room'], room),
            text,
            action: fields['action'] === true,
          }),
        ),
      )
    case 'tell':
      return withText(fields, text =>
        attaching(fields, {
          type: 'tell',
          to: string(fields['to'], ''),
          text,
          action: fields['action'] === true,
          ...optional(fields, 'id'),
        }),
      )
    case 'join':
      return { type: 'join', room: string(fields['room'], room), ...optional(fields, 'key') }
    case 'part':
      return { type: 'part', room: string(fields['room'], room), reason: orNull(fields['reason']) }
    case 'topic':
      return { type: 'topic', room: string(fields['room'], room), topic: string(fields['topic'], '') }
    case 'nick':
      return { type: 'nick', name: string(fields['name'], '') }
    case 'away':
      return { type: 'away', note: orNull(fields['note']) }
    case 'rooms':
      return { type: 'rooms' }
    case 'who':
      return { type: 'who', room: string(fields['room'], room) }
    case 'history':
      return {
        type: 'history',
        room: fields['room'] === null ? null : string(fields['room'], room),
        ...optional(fields, 'with'),
        ...optional(fields, 'id'),
        before: number(fields['before']),
        after: number(fields['after']),
        since: number(fields['since']),
        limit: number(fields['limit']) ?? HISTORY_ON_JOIN,
        ...optional(fields, 'with'),
        ...optional(fields, 'id'),
      }
    case 'search':
      return {
        type: 'search',
        words: string(fields['words'], ''),
        room: orNull(fields['room']),
        before: number(fields['before']),
        limit: number(fields['limit']) ?? HISTORY_ON_JOIN,
      }
    case 'delete':
      return { type: 'delete', seq: number(fields['seq']), room: string(fields['room'], room) }
    case 'read':
      return readTo(fields, room)
    case 'conversations':
    case 'devices':
      return { type: json.type }
    case 'account':
      return { type: 'account', ...optional(fields, 'name') }
    case 'revoke':
      return { type: 'revoke', credential: string(fields['credential'], '') }
    case 'register':
      return {
        type: 'register',
        ...optional(fields, 'password'),
        ...optional(fields, 'key'),
        ...optional(fields, 'label'),
      }
    case 'password':
      return { type: 'password', ...optional(fields, 'old'), new: string(fields['new'], '') }
    case 'logout':
      return { type: 'logout', everywhere: fields['everywhere'] === true }
    case 'bye':
      return { leave: orNull(fields['reason']) }
    default:
      return (
        readChange(json.type, fields, room) ??
        readQuestion(json.type, fields, room) ??
        readKeeping(json.type, fields, room) ?? {
          error: `there is no command of type "${json.type.slice(0, 30)}". See docs/protocol.md.`,
        }
      )
  }
}

function withText(fields: Fields, next: (text: string) => Asked | InvalidCommand): Asked | InvalidCommand {
  const { text = hasFiles(fields) ? '' : undefined } = fields as { readonly text?: unknown }
  return typeof text === 'string' ? next(text) : { error: `"${fields['type']}" needs a "text"` }
}

/** Files need no text. */
const hasFiles = ({ files }: Fields): boolean => Array.isArray(files) && files.length > 0

/** Without a place, the place is `room`. */
function readTo(fields: Fields, room: string): Asked | InvalidCommand {
  const seq = number(fields['seq'])
  if (seq === null) return { error: '"read" needs a "seq", the number of the last input that was read' }
  const direct = { ...optional(fields, 'with'), ...optional(fields, 'id') }
  const place = Object.keys(direct).length > 0 ? direct : { room: string(fields['room'], room) }
  return { type: 'read', seq, ...place } as Asked
}

/** The field, if it's there. */
const optional = <K extends string>(fields: Fields, name: K): { readonly [key in K]?: string } => {
  const value = fields[name]
  return (typeof value === 'string' ? { [name]: value } : {}) as { readonly [key in K]?: string }
}

const string = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise)
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const orNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
