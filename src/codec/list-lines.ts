/** Lists about keeping order as lines of text, for line mode, the plain client and the console. */
import { leftText } from '../model/duration.ts'
import { MODES, type Mode, modeText, rowOf } from '../model/keeping/modes.ts'
import { HOST_NAME } from '../model/name/standing.ts'
import { actSentence } from './act-sentence.ts'
import type { ListedSanction, Listing, Outgoing } from './codec.ts'
import type { TimeOfDay } from './sentence.ts'

type List = Pick<Extract<Outgoing, { type: 'list' }>, 'at' | 'room'> & Listing

const HEADS: Readonly<Record<Listing['what'], string>> = {
  bans: 'Bans',
  mutes: 'Mutes',
  exceptions: 'Exceptions from bans and mutes of networks',
  filters: 'Word filters',
  held: 'Messages that wait for a keeper',
  log: 'Acts',
  roles: 'Roles',
  modes: 'Modes',
  ignored: 'People whom you ignore',
}

/** `stamp` gives a time, with the day if that isn't today. */
export function listLines(list: List, stamp: TimeOfDay): readonly string[] {
  const where = list.what === 'ignored' ? '' : list.room === null ? ' of the server' : ` of #${list.room}`
  const lines = entryLines(list, stamp)
  return lines.length === 0 ? [`${HEADS[list.what]}${where}: none.`] : [`${HEADS[list.what]}${where}:`, ...lines]
}

function entryLines(list: List, stamp: TimeOfDay): readonly string[] {
  switch (list.what) {
    case 'bans':
    case 'mutes':
    case 'exceptions':
      return list.entries.map(one => sanctionLine(one, list.at, stamp))
    case 'filters':
      return list.entries.map(
        ({ id, is, pattern, action, by }) => `${id} ${action} ${is} ${pattern} (by ${called(by)})`,
      )
    case 'held':
      return list.entries.map(({ seq, at, from, text }) => `${seq} [${stamp(at)}] ${from} > ${flat(text ?? '(gone)')}`)
    case 'log':
      return list.entries.map(one => `[${stamp(one.at)}] ${actSentence(one, one.at)}`)
    case 'roles':
      return list.entries.map(({ name, role }) => `${name}: ${role}`)
    case 'modes':
      return modeLines(list, list.at, list.room)
    case 'ignored':
      return list.entries.map(({ name }) => name)
  }
}

/** All modes of the place: first those that are on. */
function modeLines(
  { entries }: Extract<Listing, { what: 'modes' }>,
  now: number,
  room: string | null,
): readonly string[] {
  const on = entries.map(({ mode, value, until }) => {
    const left = until === null ? '' : ` for ${leftText(until - now)} more`
    return `on   ${modeText(mode, value)}${left}: ${rowOf(mode).help}`
  })
  const others = MODE_NAMES.filter(
    mode => !entries.some(one => one.mode === mode) && (room !== null || rowOf(mode).server),
  )
  return [...on, ...others.map(mode => `off  ${mode}${TAKEN[rowOf(mode).takes]}: ${rowOf(mode).help}`)]
}

const MODE_NAMES = Object.keys(MODES) as readonly Mode[]
const TAKEN = { nothing: '', count: ' NUMBER', seconds: ' TIME', secret: ' WORD' } as const

/** `12 eve for 9 min more, by Carol 14:02:11: flooding`. */
function sanctionLine({ id, who, net, by, at, until, reason }: ListedSanction, now: number, stamp: TimeOfDay): string {
  const left = until === null ? 'for good' : `for ${leftText(until - now)} more`
  const why = reason === null ? '' : `: ${reason}`
  return `${id} ${who ?? net ?? 'a network'} ${left}, by ${called(by)} ${stamp(at)}${why}`
}

const called = (by: string): string => (by === HOST_NAME ? 'the host' : by)
const flat = (text: string): string => text.replaceAll('\n', ' ')

export const ignoredText = ({ name, off }: { readonly name: string; readonly off: boolean }): string =>
  off ? `You see what ${name} writes again.` : `You ignore ${name} now.`
