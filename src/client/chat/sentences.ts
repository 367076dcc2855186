/** The sentences of a screen, terminal or page, in one place: the connection's status, how it ended, and the gaps. */
import type { ReplyOf } from '../../codec/native/reply.ts'
import { sentence } from '../../codec/sentence.ts'
import { aligned, flatten, neutralise } from '../../model/text.ts'
import type { Pending } from '../session/outbox/pending.ts'
import type { Ending, Status } from '../session/status.ts'
import type { PastState } from './conversation/conversation.ts'
import type { Happened } from './conversation/timeline.ts'
import type { Devices } from './state.ts'

export const UNKNOWN = 'The connection was lost before the server answered. The command may have run, or not.'
export const UNKNOWN_MESSAGE = 'may not have arrived; check, and send it again if needed'

/** The state of an unanswered command. */
export const ON_ITS_WAY: Readonly<Record<Pending['state'], string>> = {
  unsent: 'waiting to be sent',
  sent: 'sending…',
  unsure: 'will be sent again; it appears only once',
}

/** `left`: milliseconds until the next attempt. */
export function standing(status: Status, left: number): string {
  switch (status.state) {
    case 'connecting':
      if (status.stalled) return 'the server is cut off: waiting…'
      return status.attempt === 0 ? 'connecting…' : 'reconnecting…'
    case 'online':
      if (status.stalled) return 'the server is cut off: what you say waits, and nothing new comes'
      return status.roundTrip === null ? 'online' : `online ${status.roundTrip} ms`
    case 'waiting':
      return `offline, reconnecting in ${Math.max(1, Math.ceil(left / 1000))} s`
    case 'ended':
      return 'offline'
  }
}

/**
 * How the session ended, and why. A server's message becomes one line; that of the network may have several, such as
 * two fingerprints to compare.
 */
export function ending(end: Ending): string {
  if (end.by === 'user') return 'Goodbye.'
  return end.by === 'network' ? neutralise(end.message) : flatten(end.message)
}

export function missing({ missed, more }: { readonly missed: number; readonly more: boolean }): string {
  const count = missed === 1 ? '1 message is' : `${grouped(missed)} messages${more ? ' or more' : ''} are`
  return `${count} missing here. /search finds the messages that were kept.`
}

/** `1,234`: the same in every locale. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

export const happened = ({ event, at }: Pick<Happened, 'event' | 'at'>): string => flatten(sentence(event, at))

type Listed = {
  readonly name: string
  readonly id?: string
  readonly away?: string
  readonly account?: true
}

type RoleOf = (id: string) => string | undefined

/** A member in a list of names: `Mr.Blue (operator, registered, away: lunch)`. */
export function inList({ name, id = '', away, account }: Listed, roleOf: RoleOf): string {
  const role = roleOf(id)
  const marks = [
    ...(role === undefined ? [] : [role]),
    ...(account ? ['registered'] : []),
    ...(away === undefined ? [] : [`away: ${away}`]),
  ]
  return marks.length === 0 ? name : `${name} (${marks.join(', ')})`
}

/** `roleOf` gives the role of a member in the room, if it's known. */
export const listOfMembers = (room: string, members: readonly Listed[], roleOf: RoleOf = () => undefined) => [
  flatten(
    `In #${room}: ${members
      .map(member => inList(member, roleOf))
      .sort()
      .join(', ')}`,
  ),
]

/** The answer to `/account`. */
export function accountSentence({ name, account, here, since }: Omit<ReplyOf<'account'>, 'type'>): string {
  const now = here ? 'here now' : 'not here now'
  if (!account) return flatten(here ? `${name} is a guest, and ${now}.` : `${name} is no account, and ${now}.`)
  const day = since === undefined ? '' : ` since ${isoDay(since)}`
  return flatten(`${name} is an account${day}, and ${now}.`)
}

/** The ways to sign in to an account, one line each; `day` formats times. */
export const listOfDevices = ({ name, credentials }: Devices, day: (at: number) => string): readonly string[] => [
  flatten(`What can sign in to ${name}:`),
  ...aligned(credentials.map(one => [`  ${one.id}`, deviceWords(one, day)])).map(flatten),
]

/** `key desk, since 2026-05-03, used 2026-11-29, 1 session (this one)`. */
export function deviceWords(
  { kind, label, since, used, sessions, current }: Devices['credentials'][number],
  day: (at: number) => string,
): string {
  const what = `${KINDS[kind] ?? kind}${label === '' ? '' : ` ${label}`}`
  const here = sessions === 0 ? [] : [sessions === 1 ? '1 session' : `${sessions} sessions`]
  const words = [what, `since ${day(since)}`, `used ${day(used)}`, ...here].join(', ')
  return flatten(current ? `${words} (this one)` : words)
}

/** The kinds of credentials in words. */
const KINDS: Readonly<Record<string, string>> = { kept: 'kept sign-in' }

/** The same day in every locale. */
export const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10)

export const listOfRooms = (rooms: readonly { readonly room: string; readonly members: number }[]) => [
  flatten(`Rooms: ${rooms.map(({ room, members }) => `#${room} (${members})`).join(', ')}`),
]

/** The line above the oldest loaded message. */
export function beginning(past: PastState): string | null {
  switch (past) {
    case 'loading':
      return 'loading earlier messages…'
    case 'more':
      return 'more messages above'
    case 'all':
      return 'this is the beginning'
    case 'unknown':
      return null
  }
}

const RUN_NAMES = 4

/** `stays`: left only this room, not the chat. */
type Movement = { readonly name: string; readonly way: 'in' | 'out'; readonly stays: boolean }

/** Several enters and exits in one sentence: `anna and ben entered, carl exited, dora came and went.` */
export function movements(run: readonly Happened[]): string {
  // By member, not by name: somebody who takes a freed name hasn't come back.
  const first = new Map<string, Movement>()
  const last = new Map<string, Movement>()
  for (const { event } of run) {
    if (event.type !== 'joined' && event.type !== 'parted' && event.type !== 'quit') continue
    const { name } = event
    const who = `${event.member} ${name}`
    const movement: Movement = { name, way: event.type === 'joined' ? 'in' : 'out', stays: event.type === 'parted' }
    if (!first.has(who)) first.set(who, movement)
    last.set(who, movement)
  }
  const those = (from: Movement['way'], to: Movement['way'], stays?: boolean): readonly string[] =>
    [...first].flatMap(([who, { way, name }]) => {
      const end = last.get(who)
      return way === from && end?.way === to && end.stays === (stays ?? end.stays) ? [name] : []
    })
  const entered = [those('in', 'in'), 'entered'] as const
  const exited = [those('out', 'out', false), 'exited'] as const
  // One member gave up the name, and another took it.
  const isPassedOn = exited[0].some(name => entered[0].includes(name))
  const parts: readonly (readonly [readonly string[], string])[] = [
    ...(isPassedOn ? [exited, entered] : [entered, exited]),
    [those('out', 'out', true), 'left the room'],
    [those('in', 'out'), 'came and went'],
    [those('out', 'in'), 'left and came back'],
  ]
  return `${parts.flatMap(([names, verb]) => (names.length === 0 ? [] : [`${listed(names)} ${verb}`])).join(', ')}.`
}

/** `anna, ben and 3 others`; `most`: the most names listed. */
export function listed(names: readonly string[], most: number = RUN_NAMES): string {
  const [only = ''] = names
  if (names.length === 1) return only
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} others`
}
