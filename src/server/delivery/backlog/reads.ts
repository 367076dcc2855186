/**
 * A member's read positions and unread counts. Each number is counted in the history. If the history can't be
 * read, the room or the list comes without that number.
 */
import type { DirectConversation, ReadCounts } from '../../../codec/codec.ts'
import { NOTHING, type Piece } from '../../../journal/pieces.ts'
import type { MemberId } from '../../../model/input.ts'
import { CONVERSATIONS_LISTED_MAX, PLACES_AT_ONCE, UNREAD_MAX } from '../../../model/limits.ts'
import { type Place, positionIn } from '../../../model/state/reads.ts'
import type { State } from '../../../model/state.ts'
import type { Correspondence, History } from '../../../port/history.ts'
import { ignoredBy } from '../../../reducer/keeping/messages/ignoring.ts'
import { readsOf } from '../../../reducer/rules/reads.ts'

export class ReadPositions {
  readonly #history: History
  readonly #report: (error: unknown) => void

  /** `report` gets the error when the history can't be read. */
  constructor(history: History, report: (error: unknown) => void) {
    this.#history = history
    this.#report = report
  }

  /** The unread counts of `member` in a place, as of `state`. Undefined: they can't be counted. */
  counts(state: State, member: MemberId, place: Place): ReadCounts | undefined {
    const read = positionIn(readsOf(state, member), place)
    if (read >= state.seq) return { read, unread: 0, mentions: 0 }
    const since = { after: read, upTo: state.seq }
    const ignored = [...ignoredBy(state, member).keys()]
    return this.#tried(() => ({ read, ...this.#history.unread(member, place, since, UNREAD_MAX, ignored) }))
  }

  /** The direct conversations of `member`, the latest first. In pieces, since there may be many. */
  *conversations(state: State, member: MemberId): Generator<Piece, readonly DirectConversation[]> {
    const all = this.#tried(() => this.#history.correspondence(member, CONVERSATIONS_LISTED_MAX)) ?? []
    const listed: DirectConversation[] = []
    for (const { other: id, name } of all) {
      if (listed.length > 0 && listed.length % PLACES_AT_ONCE === 0) yield NOTHING
      const counts = this.counts(state, member, { with: id })
      if (counts) listed.push({ with: nameIn(state, id) ?? name, id, ...counts, account: state.accounts.has(id) })
    }
    return listed
  }

  /** The name of the other member of a direct conversation: its present one or, if it's gone, its last one there. */
  nameOf(state: State, member: MemberId, other: MemberId): string {
    return nameIn(state, other) ?? this.#tried(() => this.#lastName(member, other)) ?? ''
  }

  #lastName(member: MemberId, other: MemberId): Correspondence['name'] | undefined {
    const { messages } = this.#history.page({ direct: member, with: other }, { before: Number.MAX_SAFE_INTEGER }, 1)
    const [last] = messages
    return (last?.author === other ? last.from : last?.to) ?? undefined
  }

  #tried<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      this.#report(error)
      return undefined
    }
  }
}

/** Undefined: it's neither here nor an account. */
const nameIn = ({ accounts, members }: State, id: MemberId): string | undefined =>
  (accounts.get(id) ?? members.get(id))?.name.text
