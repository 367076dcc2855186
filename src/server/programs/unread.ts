/** The unread counts of an account, for its owner's scripts. Signing in with the password here makes no member. */
import type { DirectConversation, ReadCounts } from '../../codec/codec.ts'
import { inPieces, NOTHING, type Piece } from '../../journal/pieces.ts'
import type { MemberId } from '../../model/input.ts'
import { PLACES_AT_ONCE } from '../../model/limits.ts'
import type { Name } from '../../model/name/name.ts'
import type { State } from '../../model/state.ts'
import type { History } from '../../port/history.ts'
import { bannedIn } from '../../reducer/keeping/rooms/modes.ts'
import { subjectNamed } from '../../reducer/keeping/sanctions/under.ts'
import { ReadPositions } from '../delivery/backlog/reads.ts'
import type { Authentication } from '../ingress/authentication/authentication.ts'
import { type Refused, vetName } from '../ingress/vetting/vetted.ts'

export type UnreadRoom = ReadCounts & { readonly room: string }

export type UnreadAnswer = {
  readonly ok: true
  readonly name: Name
  readonly account: MemberId
  /** In the order of their names. */
  readonly rooms: readonly UnreadRoom[]
  /** The latest first. */
  readonly conversations: readonly DirectConversation[]
}

type Deps = {
  readonly authentication: Pick<Authentication, 'password'>
  readonly history: History
  readonly state: () => State
  /** The sanctions on networks that an address is in. */
  readonly matching: (address: string) => readonly number[]
  readonly report: (error: unknown) => void
}

/** `address` is slowed as at any other sign-in. `isWanted` says whether somebody still waits for the answer. */
export async function unreadOf(
  { authentication, history, state, matching, report }: Deps,
  { name: raw, password }: { readonly name: string; readonly password: string },
  attempt: { readonly address: string; readonly isWanted: () => boolean },
): Promise<UnreadAnswer | Refused> {
  const asked = vetName(raw)
  if (!asked.ok) return { ok: false, code: 'credential-wrong', detail: '' }
  const verdict = await authentication.password(asked.value, password, attempt)
  if (!verdict.ok) return verdict
  const now = state()
  const { account, name } = verdict
  const ban = bannedIn(now, null, subjectNamed(name, account, matching(attempt.address)))
  if (ban) return { ok: false, code: ban.code, detail: ban.detail }
  const reads = new ReadPositions(history, report)
  const rooms = await inPieces(roomsOf(reads, now, account))
  return { ok: true, name, account, rooms, conversations: await inPieces(reads.conversations(now, account)) }
}

/** In pieces, as the conversations are. */
function* roomsOf(reads: ReadPositions, now: State, account: MemberId): Generator<Piece, readonly UnreadRoom[]> {
  const rooms = (now.members.get(account)?.rooms ?? now.accounts.get(account)?.rooms)?.toArray().sort() ?? []
  const counted: UnreadRoom[] = []
  for (const [k, room] of rooms.entries()) {
    if (k > 0 && k % PLACES_AT_ONCE === 0) yield NOTHING
    const counts = reads.counts(now, account, { room })
    if (counts) counted.push({ room, ...counts })
  }
  return counted
}
