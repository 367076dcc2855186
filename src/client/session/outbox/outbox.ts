/**
 * The client's commands: those that wait to be sent and those that wait for their answer, each with its number. A
 * command gets its number when it's first sent. No other command ever gets that number, and a repeat carries it again.
 * However long the queue is, a step costs no more than PENDING_MAX items.
 */
import { List } from 'immutable'
import type { Request } from '../../../codec/native/schema.ts'
import { PENDING_MAX } from '../../../model/limits.ts'

type Numbered = Extract<Request, { n?: number | undefined }>
/** A request of a person or a script. The outbox adds the number. */
export type Asked = Numbered extends infer R ? (R extends Numbered ? Omit<R, 'n'> : never) : never

/**
 * The stage of a command: not sent; sent; sent on a connection that was lost, so that nobody knows whether it was
 * performed; sent again under the same number, so that it's performed once.
 */
type Stage = 'new' | 'sent' | 'unsure' | 'repeated'

/**
 * `id` is the client's own, given when the command was asked; null for a question of the client itself, without anybody
 * waiting for its outcome. `n` is the number on the wire, null while the command is new.
 */
export type Item = {
  readonly id: number | null
  readonly n: number | null
  readonly stage: Stage
  readonly asked: Asked
}

export type Outbox = {
  /** Sent and not answered, in the order of their numbers. */
  readonly inHand: readonly Item[]
  /** New commands that go before the queue: older commands that are sent again, and the client's own questions. */
  readonly ahead: readonly Item[]
  readonly queue: List<Item>
  readonly lastId: number
  readonly lastN: number
}

export const emptyOutbox: Outbox = { inHand: [], ahead: [], queue: List(), lastId: 0, lastN: 0 }

export function ask(outbox: Outbox, asked: Asked): Outbox {
  const id = outbox.lastId + 1
  return { ...outbox, lastId: id, queue: outbox.queue.push({ id, n: null, stage: 'new', asked }) }
}

/**
 * Adds a question of the client itself. It goes before everything else that's new, and is dropped with its connection.
 */
export const askFirst = (outbox: Outbox, asked: Asked): Outbox =>
  goingAhead(outbox, { id: null, n: null, stage: 'new', asked })

const goingAhead = (outbox: Outbox, item: Item): Outbox => ({
  ...outbox,
  ahead: [...outbox.ahead, item].sort((a, b) => (a.id ?? 0) - (b.id ?? 0)),
})

type Sending = { readonly outbox: Outbox; readonly item: Item }

/**
 * The next command to send. Repeats come first, by number; then a new command, which gets the next number. Null: there
 * is none, or too many are unanswered. `mayLogIn`: everything that came for the guest is shown.
 */
export function sendNext(outbox: Outbox, mayLogIn = true): Sending | null {
  if (loginIn(outbox)) return null
  const unsure = outbox.inHand.find(({ stage }) => stage === 'unsure')
  if (unsure) {
    const item: Item = { ...unsure, stage: 'repeated' }
    return { item, outbox: { ...outbox, inHand: outbox.inHand.map(one => (one === unsure ? item : one)) } }
  }
  const [first = outbox.queue.first(), ...ahead] = outbox.ahead
  if (!first || outbox.inHand.length >= PENDING_MAX) return null
  if (isLogin(first) && (!mayLogIn || outbox.inHand.length > 0)) return null
  const n = outbox.lastN + 1
  const item: Item = { ...first, n, stage: 'sent' }
  const queue = outbox.ahead.length > 0 ? outbox.queue : outbox.queue.shift()
  return { item, outbox: { ...outbox, ahead, queue, lastN: n, inHand: [...outbox.inHand, item] } }
}

const isLogin = ({ asked }: Item): boolean => asked.type === 'login'

/**
 * The login that waits for its answer. It's sent when everything before it is answered, and everything after it waits:
 * so no command goes out under a name that its author didn't mean.
 */
export const loginIn = ({ inHand }: Outbox): Item | undefined => inHand.find(isLogin)

/**
 * A login has failed or its outcome is unknown. It isn't sent again automatically, and neither are the commands after
 * it: their author expected another name.
 */
export function withoutLogin(outbox: Outbox): { readonly outbox: Outbox; readonly behind: readonly Item[] } {
  const after = loginIn(outbox)?.id ?? Number.POSITIVE_INFINITY
  const isBehind = (item: Item): boolean => (item.id ?? 0) > after && !isQuestion(item)
  return {
    behind: [...outbox.ahead, ...outbox.queue].filter(isBehind),
    outbox: {
      ...outbox,
      inHand: outbox.inHand.filter(item => !isLogin(item)),
      ahead: outbox.ahead.filter(item => !isBehind(item)),
      queue: outbox.queue.filterNot(isBehind),
    },
  }
}

/** Takes out the command with number `n`. */
export function settle(outbox: Outbox, n: number): { readonly outbox: Outbox; readonly item: Item | undefined } {
  const item = outbox.inHand.find(one => one.n === n)
  return { outbox: item ? { ...outbox, inHand: outbox.inHand.filter(one => one !== item) } : outbox, item }
}

const anew = (item: Item): Item => ({ ...item, n: null, stage: 'new' })

/** The command with number `n` was certainly not performed. It goes again, first, under a new number. */
export function renumber(before: Outbox, n: number): Outbox {
  const { outbox, item } = settle(before, n)
  return item ? goingAhead(outbox, anew(item)) : before
}

/**
 * The server didn't look at the command with number `n`, so it goes again. If an earlier copy may have been performed,
 * it keeps its number.
 */
export function postpone(outbox: Outbox, n: number): Outbox {
  if (!outbox.inHand.some(item => item.n === n && item.stage === 'repeated')) return renumber(outbox, n)
  return { ...outbox, inHand: outbox.inHand.map(item => (item.n === n ? { ...item, stage: 'unsure' } : item)) }
}

const isOurs = ({ id }: Item): boolean => id === null

/** The connection was lost: everything sent and not answered must be repeated. */
export const doubt = (outbox: Outbox): Outbox => ({
  ...outbox,
  ahead: outbox.ahead.filter(item => !isOurs(item)),
  inHand: outbox.inHand.filter(item => !isOurs(item)).map(item => ({ ...item, stage: 'unsure' })),
})

const QUESTIONS: ReadonlySet<Asked['type']> = new Set([
  ...(['rooms', 'who', 'history', 'search', 'devices', 'account', 'conversations', 'list', 'try'] as const),
  ...(['messages', 'reactions', 'pins', 'output', 'cursors'] as const),
])

/** Commands that carry a secret or its proof. They're neither listed nor stored. */
const SECRETS: ReadonlySet<Asked['type']> = new Set([
  ...(['register', 'login', 'password', 'keep', 'add-key', 'passkey', 'add-passkey', 'push', 'unpush'] as const),
])

export const isSecret = ({ asked }: Item): boolean => SECRETS.has(asked.type) || hasRoomKey(asked)

/** The key of a room, to join it or to set it. */
const hasRoomKey = (asked: Asked): boolean =>
  asked.type === 'join' ? asked.key !== undefined : asked.type === 'mode' && typeof asked.value === 'string'

const isQuestion = ({ asked }: Item): boolean => QUESTIONS.has(asked.type)

/**
 * A new session doesn't know the old one's numbers, so commands that were sent and not answered have an unknown
 * outcome. Questions change nothing, so they are asked again.
 */
export function abandonSent(outbox: Outbox): { readonly outbox: Outbox; readonly abandoned: readonly Item[] } {
  const again = outbox.inHand.filter(isQuestion).map(anew)
  return {
    outbox: again.reduce(goingAhead, { ...outbox, lastN: 0, inHand: [] }),
    abandoned: outbox.inHand.filter(item => !isQuestion(item)),
  }
}

/** How many commands are not answered. */
export const unanswered = ({ inHand, ahead, queue }: Outbox): number =>
  [...inHand, ...ahead].filter(item => !isOurs(item)).length + queue.size

/** The wire form of a sent command. */
export const toRequest = ({ asked, n }: Item): object => ({ ...asked, n })
