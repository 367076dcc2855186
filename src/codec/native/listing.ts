/** The entries of a list, checked. A client trusts no server: an entry that isn't whole is left out. */
import { isMode } from '../../model/keeping/modes.ts'
import { ACT_KINDS, type ActKind } from '../../model/state/keeping.ts'
import type { ListedHeld, ListedMode, ListedRole, ListedSanction, Listing } from '../codec.ts'
import { actOf, type ListEntry, type ReplyOf } from './reply.ts'

type Logged = Extract<Listing, { what: 'log' }>['entries'][number]
type Filter = Extract<Listing, { what: 'filters' }>['entries'][number]

export function listingOf({ what, entries }: Pick<ReplyOf<'list'>, 'what' | 'entries'>): Listing {
  switch (what) {
    case 'bans':
    case 'mutes':
    case 'exceptions':
      return { what, entries: entries.flatMap(sanction) }
    case 'filters':
      return { what, entries: entries.flatMap(filter) }
    case 'held':
      return { what, entries: entries.flatMap(held) }
    case 'log':
      return { what, entries: entries.flatMap(logged) }
    case 'roles':
      return { what, entries: entries.flatMap(role) }
    case 'modes':
      return { what, entries: entries.flatMap(mode) }
    case 'ignored':
      return { what, entries: entries.flatMap(({ id, name }) => (isText(id) && isText(name) ? [{ id, name }] : [])) }
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
/** Milliseconds since the epoch, within the range of a Date. */
const isTime = (value: unknown): value is number => isCount(value) && value <= 8.64e15
const textOrNull = (value: unknown): string | null => (isText(value) ? value : null)
const timeOrNull = (value: unknown): number | null => (isTime(value) ? value : null)

function sanction({ id, who, net, by, at, until, reason }: ListEntry): readonly ListedSanction[] {
  if (!isCount(id) || !isText(by) || !isTime(at)) return []
  const on = { who: textOrNull(who), net: textOrNull(net) }
  return [{ id, ...on, by, at, until: timeOrNull(until), reason: textOrNull(reason) }]
}

function filter({ id, is, pattern, action, by, at }: ListEntry): readonly Filter[] {
  if (!isCount(id) || !isText(pattern) || !isText(by) || !isTime(at)) return []
  if (is !== 'words' && is !== 'expression') return []
  if (action !== 'warn' && action !== 'hold' && action !== 'refuse') return []
  return [{ id, is, pattern, action, by, at }]
}

function held({ seq, at, from, id, text, filter: by }: ListEntry): readonly ListedHeld[] {
  if (!isCount(seq) || !isTime(at) || !isText(from) || !isCount(by)) return []
  return [{ seq, at, from, id: textOrNull(id) ?? '', text: textOrNull(text), filter: by }]
}

function logged({ seq, at, ...fields }: ListEntry): readonly Logged[] {
  const { act, room, by, byId, who, id, rule, value, mode: name, set, reason, until } = fields
  if (!isCount(seq) || !isTime(at) || !isAct(act)) return []
  const people = { ...some('by', by, isText), ...some('byId', byId, isText), ...some('who', who, isText) }
  const what = { ...some('id', id, isText), ...some('rule', rule, isCount), ...some('value', value, isText) }
  const where = { ...some('room', room, isText), ...some('reason', reason, isText), ...some('until', until, isTime) }
  const isSet = set === true || isCount(set) ? { set } : { set: null }
  const moded = isText(name) && isMode(name) ? { mode: name, ...isSet } : {}
  return [{ ...actOf({ act, ...people, ...what, ...where, ...moded }), seq, at }]
}

const isAct = (value: unknown): value is ActKind => (ACT_KINDS as readonly unknown[]).includes(value)

/** The field, if its value has the right type. */
const some = <K extends string, T>(name: K, value: unknown, is: (value: unknown) => value is T) =>
  (is(value) ? { [name]: value } : {}) as { readonly [key in K]?: T }

function role({ id, name, role: has }: ListEntry): readonly ListedRole[] {
  if (!isText(id) || !isText(name)) return []
  return has === 'administrator' || has === 'founder' || has === 'operator' || has === 'voice'
    ? [{ id, name, role: has }]
    : []
}

function mode({ mode: name, value, until }: ListEntry): readonly ListedMode[] {
  if (!isText(name) || !isMode(name) || (value !== true && !isCount(value))) return []
  return [{ mode: name, value, until: timeOrNull(until) }]
}
