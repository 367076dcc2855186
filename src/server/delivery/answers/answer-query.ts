/** Answers to queries about the room as it is or was: from the state and the history. No query is journaled. */
import type { Outgoing } from '../../../codec/codec.ts'
import { inPieces } from '../../../journal/pieces.ts'
import type { Query } from '../../../model/command.ts'
import type { MemberId } from '../../../model/input.ts'
import { HISTORY_PAGE_MAX } from '../../../model/limits.ts'
import { nameKey } from '../../../model/name/name.ts'
import { soughtIn } from '../../../model/search/match.ts'
import { flatten } from '../../../model/text.ts'
import type { HistoryRange, Part } from '../../../port/history.ts'
import { may, seesRoom } from '../../../reducer/may.ts'
import { accountOf, holderOfKey, memberOf, sessionsOf } from '../../../reducer/rules/lookup.ts'
import { withEditing } from '../../ingress/targets/being-edited.ts'
import { idOfName } from '../../ingress/targets/naming.ts'
import { goneBefore } from '../backlog/past.ts'
import { ReadPositions } from '../backlog/reads.ts'
import { cursorsFor, listedCursor } from '../list-cursors.ts'
import { answerList } from './answer-list.ts'
import { answerMessages } from './answer-messages.ts'
import { answerQuestions } from './answer-questions.ts'
import { answerTry } from './answer-try.ts'
import { inRoom, type QueryContext, rejected } from './query-context.ts'

type QueryOf<T extends Query['type']> = Extract<Query, { type: T }>

/** A search and a trial give a promise; every other query is answered at once. Throws, or rejects, if the history is damaged. */
export function answerQuery(query: Query, asking: QueryContext): Outgoing | Promise<Outgoing> {
  const { state, n, at } = asking
  switch (query.type) {
    case 'rooms':
      return {
        type: 'rooms',
        at,
        n,
        rooms: [...state.rooms.keys()]
          .sort()
          .flatMap(room => (seesRoom(state, asking.session, room) ? (state.rooms.get(room) ?? []) : [])),
      }
    case 'who':
      return inRoom<Outgoing>(query.room, asking, room => {
        const view = seesRoom(state, asking.session, room) ? state.rooms.get(room) : undefined
        return view ? { type: 'who', at, n, view } : rejected(asking, 'room-unknown', room)
      })
    case 'history':
      return past(query, asking)
    case 'search':
      return search(query, asking)
    case 'messages':
    case 'reactions':
    case 'pins':
    case 'output':
      return answerMessages(query, asking)
    case 'questions':
      return answerQuestions(query, asking)
    case 'conversations':
      return conversations(asking)
    case 'cursors': {
      const listed = cursorsFor(state, asking.session).map(one =>
        listedCursor(state, asking.history, one, asking.session),
      )
      return { type: 'cursors', at, n, cursors: listed }
    }
    case 'devices':
      return devices(asking)
    case 'account':
      return account(query.name, asking)
    case 'list':
      return answerList(query, asking)
    case 'try':
      return answerTry(query, asking)
  }
}

function devices(asking: QueryContext): Outgoing {
  const { state, session, n, at, pushKey } = asking
  const account = accountOf(state, asking)
  if (!account) return rejected(asking, 'not-registered', '')
  const held = sessionsOf(state, account.id).map(id => state.sessions.get(id)?.credential)
  const own = state.sessions.get(session)?.credential
  const listed = [...account.credentials.values()].map(({ id, label, since, used, proof }) => ({
    ...{ id, kind: proof.kind, label, since, used },
    ...{ sessions: held.filter(one => one === id).length, current: own === id },
  }))
  const pushed = [...state.pushes.values()].filter(one => one.account === account.id).map(({ hash }) => hash)
  const push = pushKey === undefined ? {} : { push: { key: pushKey, devices: pushed } }
  return { type: 'devices', at, n, name: account.name.text, devices: listed, ...push }
}

function account(typed: string | undefined, asking: QueryContext): Outgoing {
  const { state, n, at } = asking
  const id =
    typed === undefined ? memberOf(state, asking)?.id : holderOfKey(state, nameKey(typed.slice(0, TYPED_MAX)))?.id
  const [known, member] = [state.accounts.get(id ?? ''), state.members.get(id ?? '')]
  const name = known?.name ?? member?.name
  if (id === undefined || !name) return rejected(asking, 'member-unknown', flatten(typed ?? '').slice(0, TYPED_MAX))
  return { type: 'account', at, n, name: name.text, id, since: known?.since ?? null, here: member !== undefined }
}

/** Characters of a typed name that are looked at. */
const TYPED_MAX = 64

function past(query: QueryOf<'history'>, asking: QueryContext): Outgoing {
  const member = memberOf(asking.state, asking)
  if (query.room === null) return direct(query, asking, member?.id ?? '')
  return inRoom(query.room, asking, room =>
    may(asking.state, asking.session, 'read', { room })
      ? page(asking, { room }, room, query)
      : rejected(asking, 'not-in-room', room),
  )
}

/** All direct messages of the member, or those with one other member. */
function direct(query: QueryOf<'history'>, asking: QueryContext, member: MemberId): Outgoing {
  const { with: name, id = name === undefined ? undefined : idOfName(asking.state, name.slice(0, NAME_SHOWN)) } = query
  if (name !== undefined && id === undefined) {
    return rejected(asking, 'member-unknown', flatten(name).slice(0, NAME_SHOWN))
  }
  return page(asking, { direct: member, ...(id === undefined ? {} : { with: id }) }, null, query)
}

const NAME_SHOWN = 64

async function conversations({ history, state, session, n }: QueryContext): Promise<Outgoing> {
  const member = memberOf(state, { session })
  const reads = new ReadPositions(history, error => {
    throw error
  })
  const all = member ? await inPieces(reads.conversations(state, member.id)) : []
  return { type: 'conversations', seq: state.seq, n, conversations: all }
}

function page(
  { history, state, n, at }: QueryContext,
  part: Part,
  room: string | null,
  query: QueryOf<'history'>,
): Outgoing {
  const range = rangeOf(query)
  const found = history.page(part, range, Math.min(query.limit, HISTORY_PAGE_MAX))
  const messages = withEditing(state, found.messages)
  const gone = 'after' in range ? goneBefore(history, part, range.after, found.messages) : 0
  return { type: 'past', seq: state.seq, at, n, room, words: null, gap: null, gone, ...found, messages }
}

const rangeOf = ({ before, after, since }: QueryOf<'history'>): HistoryRange =>
  after !== null ? { after } : since !== null ? { since } : { before: before ?? Number.MAX_SAFE_INTEGER }

async function search(
  { words: typed, room, before, limit }: QueryOf<'search'>,
  asking: QueryContext,
): Promise<Outgoing> {
  const words = flatten(typed).trim()
  const { history, state, session, n, at } = asking
  const member = memberOf(state, asking)
  const all = may(state, session, 'read') ? 'all' : (member?.rooms.toArray() ?? [])
  const find = async (rooms: readonly string[] | 'all', own: string | null): Promise<Outgoing> => {
    const most = Math.min(limit, HISTORY_PAGE_MAX)
    const found = await history.search(words, { rooms, member: own }, before ?? Number.MAX_SAFE_INTEGER, most)
    return { type: 'past', seq: state.seq, at, n, room: null, words, gap: null, gone: 0, ...found }
  }
  if (soughtIn(words).length === 0) return rejected(asking, 'words-empty', '')
  if (room === null) return find(all, member?.id ?? null)
  return inRoom(room, asking, one =>
    may(state, session, 'read', { room: one }) ? find([one], null) : rejected(asking, 'not-in-room', one),
  )
}
