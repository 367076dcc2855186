/** The content of a push: the place of the news, and the text only if the account wants that. */
import { createHash } from 'node:crypto'
import type { MemberId } from '../../model/input.ts'
import { PUSH_BYTES, PUSH_PREVIEW_CHARS, PUSH_TTL_S } from '../../model/limits.ts'
import type { Message } from '../../model/message/message.ts'
import { type Place, placeKey, positionIn } from '../../model/state/reads.ts'
import type { State } from '../../model/state.ts'
import type { History } from '../../port/history.ts'
import type { Push, PushTarget } from '../../port/push-sender.ts'
import { ignoredBy } from '../../reducer/keeping/messages/ignoring.ts'
import { bannedIn } from '../../reducer/keeping/rooms/modes.ts'
import { subjectOf } from '../../reducer/keeping/sanctions/under.ts'
import { readsOf } from '../../reducer/rules/reads.ts'

/** The latest message of a place that an account has yet to read, and how many there are of those that concern it. */
export type Notice = { readonly place: Place; readonly message: Message; readonly count: number }

/**
 * The notice of these messages; null: none is left, since they were read elsewhere, deleted, or aren't for this account
 * any more.
 */
export function noticeOf(
  state: State,
  history: Pick<History, 'find'>,
  account: MemberId,
  place: Place,
  seqs: readonly number[],
): Notice | null {
  if (!mayHear(state, account, place)) return null
  const position = positionIn(readsOf(state, account), place)
  const ignored = ignoredBy(state, account)
  const found = seqs.flatMap(seq => (seq > position ? (history.find(seq) ?? []) : []))
  const left = found.filter(({ text, author }) => text !== null && !ignored.has(author))
  const message = left.at(-1)
  return message ? { place, message, count: left.length } : null
}

/** The account may have left the room, or be banned by now. */
function mayHear(state: State, account: MemberId, place: Place): boolean {
  const rooms = state.members.get(account)?.rooms ?? state.accounts.get(account)?.rooms
  if (!rooms || ('room' in place && !rooms.has(place.room))) return false
  return bannedIn(state, null, subjectOf(state, account)) === null
}

/** `preview`: with the author of a mention, and the text. */
export function pushOf({ place, message, count }: Notice, target: PushTarget, preview: boolean): Push {
  const { seq, from } = message
  const head = 'room' in place ? { type: 'mention', room: place.room } : { type: 'message', with: from }
  const more = preview ? { from, text: previewOf(message) } : {}
  const payload = JSON.stringify({ ...head, seq, count, ...more })
  return {
    target,
    payload: Buffer.byteLength(payload) <= PUSH_BYTES ? payload : JSON.stringify({ ...head, seq, count }),
    ttl: PUSH_TTL_S,
    urgency: 'room' in place ? 'normal' : 'high',
    // The push service must not learn which places there are.
    topic: createHash('sha256')
      .update(`${target.auth} ${placeKey(place)}`)
      .digest('base64url')
      .slice(0, TOPIC_CHARS),
  }
}

/** The names of its files, if it has no text. */
function previewOf({ text, files = [] }: Message): string {
  const words = text || files.map(({ name }) => name).join(', ')
  return [...words].slice(0, PUSH_PREVIEW_CHARS).join('')
}

const TOPIC_CHARS = 32
