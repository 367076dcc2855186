/**
 * Why a member can't write in a place now, and until when. The modes of a room tell it before anything is sent. A mute
 * tells it when it begins; if that was missed, the refusal of a message does. Times are those of the server's clock.
 */
import { leftText } from '../../../model/duration.ts'
import type { ErrorCode } from '../../../model/error.ts'
import { HOST_NAME } from '../../../model/name/standing.ts'
import type { Act } from '../../../model/state/keeping.ts'
import { latestOf } from '../conversation/conversation.ts'
import { mayDo } from '../people/roles.ts'
import { inRoom, roomOf, type Where } from '../place.ts'
import { type Chat, conversation } from '../state.ts'
import type { Wait, WaitPlace } from './wait.ts'

/** The refusals that are over by themselves. The modes tell their own refusals. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['muted', 'banned-here', 'slowed', 'too-new', 'locked-down'])

/** The wait that ends last, or that has no end; null: one can write. `now` by the server's clock. */
export function waitIn(chat: Chat, where: Where, now: number): Wait | null {
  const told = [chat.waits.get('everywhere'), chat.waits.get(where)].flatMap(wait => wait ?? [])
  const holding = [...told, ...ofModes(chat, where, now)].filter(({ until }) => until === null || until > now)
  const [longest = null] = holding.sort((a, b) => (b.until ?? Infinity) - (a.until ?? Infinity))
  return longest
}

/** `now` by this client's clock. */
export const serverTime = ({ ahead }: Pick<Chat, 'ahead'>, now: number): number => now + ahead

function ofModes(chat: Chat, where: Where, now: number): readonly Wait[] {
  const { view } = chat
  const room = roomOf(where)
  const here = view.rooms.get(room ?? '')
  if (!here || mayDo(view, 'speak', room)) return []
  const { modes, members } = here
  const waits: Wait[] = []
  if (modes.moderated) waits.push({ why: 'The room is moderated: only people with a role can write.', until: null })
  const isLocked = modes.lockdown !== undefined || view.modes.lockdown !== undefined
  if (isLocked && !view.account) waits.push({ why: 'This place is locked down: guests cannot write.', until: null })
  const since = members.get(view.name)?.since ?? now
  const delay = view.account ? 0 : Math.max(Number(modes.delay ?? 0), Number(view.modes.delay ?? 0))
  if (delay > 0) waits.push({ why: 'New guests wait before they write.', until: since + delay * 1000 })
  const slow = Number(modes.slow ?? 0) * 1000
  if (slow > 0) {
    const until = isWriting(chat, where) ? null : Math.max(wroteLast(chat, where), view.account ? 0 : since) + slow
    waits.push({ why: `Slow mode: one message every ${leftText(slow)}.`, until })
  }
  return waits
}

/** A message is on its way. */
const isWriting = ({ pending }: Chat, where: Where): boolean =>
  pending.some(({ asked }) => asked.type === 'say' && inRoom(asked.room) === where)

/** 0: not in the loaded messages. */
const wroteLast = (chat: Chat, where: Where): number =>
  latestOf(conversation(chat, where)).entries.findLast(entry => entry.kind === 'said' && entry.mine)?.at ?? 0

/** A mute of this member begins or ends. */
export function withMute(chat: Chat, { act, room, by, until, reason }: Act): Chat {
  const place: WaitPlace = room === null ? 'everywhere' : inRoom(room)
  if (act === 'unmute') return { ...chat, waits: chat.waits.delete(place) }
  if (act !== 'mute') return chat
  const who = by === HOST_NAME ? 'The host' : by
  const why = `${who} muted you${room === null ? '' : ' here'}${reason === null ? '.' : `: ${reason}`}`
  return { ...chat, waits: chat.waits.set(place, { why, until }) }
}

/** A message was refused. The time that is left is shown by itself. */
export function withRefusal(
  chat: Chat,
  where: Where,
  { code, message, until }: { readonly code: ErrorCode; readonly message: string; readonly until?: number },
): Chat {
  if (!PASSING.has(code) || until === undefined) return chat
  const why = message.replace(/ for \d+ (?:s|min|h|days) more/, '')
  return { ...chat, waits: chat.waits.set(where, { why, until, refused: true }) }
}
