/**
 * Commands that keep order, as a script writes them. A field of a wrong type is an error: a ban for "10m" would last for
 * ever without it. As in the protocol, a command without a room is about the whole server.
 */
import type { Asked } from '../../../client/session/outbox/outbox.ts'
import { LISTS, type ListName } from '../../../model/command.ts'
import { HISTORY_PAGE_MAX } from '../../../model/limits.ts'

type Fields = Readonly<Record<string, unknown>>
type InvalidCommand = { readonly error: string }

type Kind = 'text' | 'number' | 'truth' | 'text or null' | 'value'

const WHOM = { who: 'text', id: 'text' } as const
const PLACE = { room: 'text' } as const
const SANCTION = { ...WHOM, ...PLACE, net: 'text', network: 'truth', for: 'number', reason: 'text or null' } as const
const END = { ...WHOM, ...PLACE, net: 'text', rule: 'number' } as const
const ROLE = { ...WHOM, ...PLACE } as const

/** The fields of each command. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  kick: { ...WHOM, ...PLACE, name: 'text', reason: 'text or null' },
  ...{ ban: SANCTION, mute: SANCTION, except: SANCTION, unban: END, unmute: END, unexcept: END },
  ...{ op: ROLE, deop: ROLE, voice: ROLE, devoice: ROLE, admin: ROLE, unadmin: ROLE, invite: ROLE },
  mode: { ...PLACE, mode: 'text', value: 'value', for: 'number' },
  filter: { ...PLACE, is: 'text', pattern: 'text', action: 'text' },
  unfilter: { ...PLACE, filter: 'number' },
  purge: { ...WHOM, ...PLACE, for: 'number' },
  ...{ release: { seq: 'number' }, drop: { seq: 'number' }, ignore: WHOM, unignore: WHOM },
  list: { what: 'text', room: 'text or null', name: 'text', limit: 'number' },
  try: { rule: 'text', room: 'text or null', for: 'number' },
}

const NEEDED: Readonly<Record<string, readonly string[]>> = {
  ...{ mode: ['mode'], filter: ['pattern'], unfilter: ['filter'], purge: ['for'], release: ['seq'], drop: ['seq'] },
  ...{ list: ['what'], try: ['rule'] },
}

const CHECKS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: value => typeof value === 'string',
  number: value => typeof value === 'number',
  truth: value => typeof value === 'boolean',
  'text or null': value => value === null || typeof value === 'string',
  value: value => value === null || ['boolean', 'number', 'string'].includes(typeof value),
}

/** Null: it's another command. `room` is for those that have no meaning on the whole server. */
export function readKeeping(type: string, fields: Fields, room: string): Asked | InvalidCommand | null {
  const known = Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined
  if (!known) return null
  const given = Object.entries(known).filter(([name]) => fields[name] !== undefined)
  const wrong = given.find(([name, kind]) => !CHECKS[kind](fields[name]))
  if (wrong) return { error: `"${wrong[0]}" of "${type}" has to be a ${wrong[1]}` }
  const missing = NEEDED[type]?.find(name => fields[name] === undefined)
  if (missing !== undefined) return { error: `"${type}" needs "${missing}"` }
  return withDefaults(type, Object.fromEntries(given.map(([name]) => [name, fields[name]])), room)
}

function withDefaults(type: string, fields: Fields, room: string): Asked | InvalidCommand {
  switch (type) {
    case 'kick': {
      const { who, name = who ?? '', reason = null, ...rest } = fields
      return { type, name, reason, ...rest } as Asked
    }
    case 'ban':
    case 'mute':
    case 'except':
      return { type, reason: null, ...fields } as Asked
    case 'invite':
    case 'try':
      return { type, room, ...fields } as Asked
    case 'filter':
      return { type, is: 'words', action: 'refuse', ...fields } as Asked
    case 'list':
      return LISTS.includes(fields['what'] as ListName)
        ? ({ type, room, limit: HISTORY_PAGE_MAX, ...fields } as Asked)
        : { error: `"list" knows ${LISTS.join(', ')}` }
    default:
      return { type, ...fields } as Asked
  }
}
