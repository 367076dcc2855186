/** AUDIT at the console: the acts of moderation in all places, the newest last. */
import { actSentence } from '../../../../codec/act-sentence.ts'
import { actFields } from '../../../../codec/native/encoding.ts'
import { printable } from '../../../../codec/native/sanitiser.ts'
import { LOGGED_MAX } from '../../../../model/limits.ts'
import { nameKey } from '../../../../model/name/name.ts'
import { readList } from '../../../../model/slash/sanctions.ts'
import { type LoggedAct, placeOfRules } from '../../../../model/state/keeping.ts'
import type { State } from '../../../../model/state.ts'
import type { Host } from '../host.ts'
import type { ConsoleCommand } from './console-command.ts'

type Audit = { readonly json: boolean; readonly room: string | null; readonly name: string | null }

/** Null: it isn't one. */
function readAudit(rest: string): Audit | null {
  const [word = ''] = rest.split(/\s/, 1)
  const json = word.toUpperCase() === 'JSON'
  const typed = readList('log', LOGGED_MAX, json ? rest.slice(word.length).trim() : rest, undefined)
  if (typed?.type !== 'query' || typed.query.type !== 'list') return null
  const { room, name = null } = typed.query
  return { json, room, name }
}

/**
 * The latest acts in a room, or (null) in all places, at most LOGGED_MAX, by their order in the journal. Whole logs are
 * merged, the one with the newest act first, until no other has a newer one.
 */
export function auditOf({ rules }: Pick<State, 'rules'>, { room, name }: Omit<Audit, 'json'>): readonly LoggedAct[] {
  const key = name === null ? null : nameKey(name)
  // To fold a name costs more than to look it up, and the same few are in all logs.
  const meant = new Map<string | null, boolean>([[null, false]])
  const isMeant = (one: string | null): boolean => {
    const known = meant.get(one) ?? (one !== null && nameKey(one) === key)
    meant.set(one, known)
    return known
  }
  const isAbout = ({ who, by }: LoggedAct): boolean => key === null || isMeant(who) || isMeant(by)
  const places = room === null ? [...rules.values()] : [rules.get(placeOfRules(room))]
  const logs = places.flatMap(place => (place && place.log.size > 0 ? [place.log] : []))
  let latest: readonly LoggedAct[] = []
  for (const log of logs.sort((a, b) => newestIn(b) - newestIn(a))) {
    const [oldest] = latest
    if (latest.length === LOGGED_MAX && oldest && newestIn(log) < oldest.seq) break
    const more = log.toArray().filter(isAbout)
    if (more.length > 0) latest = [...latest, ...more].sort((a, b) => a.seq - b.seq).slice(-LOGGED_MAX)
  }
  return latest
}

const newestIn = (log: { readonly last: () => LoggedAct | undefined }): number => log.last()?.seq ?? 0

function auditLines(acts: readonly LoggedAct[], json: boolean, stamp: Host['stamp']): readonly string[] {
  if (json) return acts.map(({ seq, at, ...act }) => printable({ seq, at, ...actFields(act) }))
  return [`ACTS: ${acts.length}`, ...acts.map(act => `[${stamp(act.at)}] ${actSentence(act, act.at)}`)]
}

export const auditCommand: ConsoleCommand = {
  name: 'AUDIT',
  args: '[JSON] [name] [in room]',
  help: 'show who did what to keep order',
  fits: rest => readAudit(rest) !== null,
  run({ state, showWide, stamp }, rest) {
    const audit = readAudit(rest)
    if (audit) showWide(() => auditLines(auditOf(state(), audit), audit.json, stamp))
  },
  words(typed, { members, rooms }) {
    if (typed.at(-1) === 'in') return [...rooms.keys()].sort()
    const names = [...members.values()].map(({ name }) => name.text).sort()
    return typed.length === 0 ? ['JSON', 'in', ...names] : typed.includes('in') ? [] : ['in', ...names]
  },
}
