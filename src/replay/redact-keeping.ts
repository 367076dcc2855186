/** Sanctions, rules and the log without names, words and reasons, for the same bug report. */
import type { Body } from '../model/input.ts'
import type { Act, Held, Purge, Rules, Sanction } from '../model/state/keeping.ts'
import { SERVER } from '../model/state/keeping.ts'
import type { State } from '../model/state.ts'
import { blank, type Pseudonyms, unless } from './pseudonyms.ts'

type AboutKeeping = Extract<
  Body,
  {
    type:
      | ('restrict' | 'restrict-network' | 'lift' | 'role' | 'mode' | 'filter' | 'unfilter' | 'admit' | 'purge')
      | ('purged' | 'release' | 'drop' | 'ignore' | 'match' | 'carry' | 'spent')
  }
>

/** The filters that a text matched, by their numbers. */
export const matchedOf = ({
  filters,
}: {
  readonly filters?: readonly number[]
}): { readonly filters?: readonly number[] } => (filters ? { filters } : {})

type Attached = Pick<Extract<Body, { type: 'say' }>, 'reply' | 'files'>

/** The message that this one answers, and its files: their links lead to the uploads. */
export const redactedAttached = (by: Pseudonyms, { reply, files }: Attached): Attached => ({
  ...(reply !== undefined && { reply }),
  ...(files && { files: files.map(({ id, ...file }) => ({ ...file, id: by.token(id) })) }),
})

/** Inputs that keep order. Two patterns stay two; which texts they matched is in the inputs of these. */
export function redactedKeeping(by: Pseudonyms, body: AboutKeeping): Body {
  const roomOf = ({ room }: { readonly room: string | null }): string | null => unless(room, one => by.room(one))
  switch (body.type) {
    case 'restrict': {
      const { type, kind, ms } = body
      const [who, keys, reason] = [by.target(body.who), keysOf(by, body.keys), unless(body.reason, blank)]
      return { type, kind, room: roomOf(body), who, keys, ms, reason }
    }
    case 'restrict-network': {
      const { type, kind, ms } = body
      return { type, kind, room: roomOf(body), ms, reason: unless(body.reason, blank) }
    }
    case 'lift': {
      const { type, kind, sanction } = body
      return { type, kind, room: roomOf(body), who: unless(body.who, one => by.target(one)), sanction }
    }
    case 'role':
      return { type: body.type, room: roomOf(body), role: body.role, who: by.target(body.who), off: body.off }
    case 'mode': {
      const { type, mode, value, ms } = body
      return { type, room: roomOf(body), mode, value, key: unless(body.key, hash => by.token(hash)), ms }
    }
    case 'filter': {
      const { type, is, action } = body
      return { type, room: roomOf(body), is, pattern: by.note(body.pattern), action }
    }
    case 'unfilter':
      return { type: body.type, room: roomOf(body), filter: body.filter }
    case 'admit':
      return { type: body.type, room: by.room(body.room), who: by.target(body.who) }
    case 'purge':
      return { type: body.type, room: roomOf(body), who: by.target(body.who), ms: body.ms }
    case 'purged':
      return { type: body.type, purge: body.purge, count: body.count }
    case 'release':
    case 'drop':
      return { type: body.type, target: body.target }
    case 'ignore':
      return { type: body.type, who: by.target(body.who), off: body.off }
    case 'match':
      return { type: body.type, nets: body.nets }
    case 'carry':
      return { type: body.type, sanction: body.sanction }
    case 'spent':
      return { type: body.type, targets: body.targets }
  }
}

/** Keys of a name lead to the same pseudonym in every place. */
const keysOf = (by: Pseudonyms, keys: readonly string[]): readonly string[] =>
  keys.map(key => by.target({ key, text: key }).key)

type Keeping = Pick<State, 'rules' | 'sanctions' | 'sanctioned' | 'held' | 'ends' | 'purges' | 'ignored'>

export function redactedState(by: Pseudonyms, state: State): Keeping {
  const placed = (key: string): string => (key === SERVER ? key : by.room(key))
  const ending = (key: string): string => {
    if (key.startsWith('cursor:')) {
      const at = key.lastIndexOf(' ')
      return `cursor:${by.owner(key.slice('cursor:'.length, at))} ${by.cursor(key.slice(at + 1))}`
    }
    if (key.startsWith('upload:')) return `upload:${by.token(key.slice('upload:'.length))}`
    return key.startsWith('mode:') ? `mode:${placed(key.slice('mode:'.length))}` : key
  }
  return {
    rules: state.rules.mapEntries(([key, rules]) => [placed(key), redactedRules(by, rules)]),
    sanctions: state.sanctions.map(one => redactedSanction(by, one)),
    // It's made anew from the sanctions.
    sanctioned: state.sanctioned.clear(),
    held: state.held.map(one => redactedHeld(by, one)),
    ends: state.ends.mapKeys(ending),
    purges: state.purges.map(one => redactedPurge(by, one)),
    ignored: state.ignored.map(all => all.map(name => by.text(name))),
  }
}

const redactedRules = (by: Pseudonyms, { modes, key, filters, spoke, invited, log }: Rules): Rules => ({
  ...{ modes, key: unless(key, hash => by.token(hash)), spoke, invited },
  filters: filters.map(({ id, is, pattern, action, by: author, at }) => ({
    ...{ id, is, pattern: by.note(pattern), action, by: by.author(author), at },
  })),
  log: log.map(one => ({ ...redactedAct(by, one), seq: one.seq, at: one.at })),
})

export const redactedAct = (by: Pseudonyms, one: Act): Act => ({
  ...{ act: one.act, room: unless(one.room, room => by.room(room)), by: unless(one.by, name => by.author(name)) },
  ...{ byId: one.byId, who: unless(one.who, name => by.author(name)), whoId: one.whoId, rule: one.rule },
  ...{ value: unless(one.value, blank), reason: unless(one.reason, blank), until: one.until },
  ...(one.mode === undefined ? {} : { mode: one.mode, set: one.set ?? null }),
})

function redactedSanction(by: Pseudonyms, sanction: Sanction): Sanction {
  const { id, kind, room, member, name, keys, text, at, reason } = sanction
  return {
    ...{ id, kind, room: unless(room, one => by.room(one)), member, name: unless(name, one => by.author(one)) },
    ...{ keys: keysOf(by, keys), text, by: by.author(sanction.by), at, reason: unless(reason, blank) },
  }
}

function redactedHeld(by: Pseudonyms, held: Held): Held {
  const { seq, room, author, from, action, account, mentions, at, filter } = held
  return {
    ...{ seq, room: by.room(room), author, from: by.author(from), action, at, filter },
    ...(account && { account }),
    ...(mentions && { mentions }),
    ...redactedAttached(by, held),
  }
}

function redactedPurge(by: Pseudonyms, { id, room, author, name, since, by: actor, byId }: Purge): Purge {
  const place = unless(room, one => by.room(one))
  return { id, room: place, author, name: by.author(name), since, by: by.author(actor), byId }
}
