/**
 * What a client has to say: commands that wait to be sent and commands that wait for their answer, each with its
 * number. A number is given when a command is first sent and never again to another; a repeat carries the same one.
 */
import type { Request } from '../codec/native/schema.ts'
import { PENDING_MAX } from '../model/limits.ts'

type Numbered = Extract<Request, { n?: number | undefined }>
/** What a person or a script asks for; the number is the outbox's affair. */
export type Asked = Numbered extends infer R ? (R extends Numbered ? Omit<R, 'n'> : never) : never

/**
 * Where a command stands: not sent yet; sent; sent to a connection that was lost, so that nobody knows whether it was
 * performed; and sent once more, under the same number, which makes that harmless.
 */
type Stage = 'new' | 'sent' | 'unsure' | 'repeated'

/** `id` is the client's own, given when it was asked; `n` the number on the wire, null while it is new. */
export type Item = { readonly id: number; readonly n: number | null; readonly stage: Stage; readonly asked: Asked }

export type Outbox = { readonly items: readonly Item[]; readonly lastId: number; readonly lastN: number }

export const emptyOutbox: Outbox = { items: [], lastId: 0, lastN: 0 }

export function ask(outbox: Outbox, asked: Asked): Outbox {
  const id = outbox.lastId + 1
  return { ...outbox, lastId: id, items: [...outbox.items, { id, n: null, stage: 'new', asked }] }
}

type Sending = { readonly outbox: Outbox; readonly item: Item }

/**
 * The next command to send: first those to be repeated, by their numbers, then a new one, which gets the next number.
 * Null: there is none, or as many as allowed are waiting for an answer.
 */
export function sendNext(outbox: Outbox): Sending | null {
  const unsure = outbox.items.filter(item => item.stage === 'unsure')
  const [first] = unsure.sort((a, b) => (a.n ?? 0) - (b.n ?? 0))
  if (first) return sending(outbox, first, { ...first, stage: 'repeated' })
  const next = outbox.items.find(item => item.stage === 'new')
  if (!next || numbered(outbox).length >= PENDING_MAX) return null
  const n = outbox.lastN + 1
  return sending({ ...outbox, lastN: n }, next, { ...next, n, stage: 'sent' })
}

const sending = (outbox: Outbox, before: Item, item: Item): Sending => ({
  item,
  outbox: { ...outbox, items: outbox.items.map(one => (one === before ? item : one)) },
})

const numbered = (outbox: Outbox): readonly Item[] => outbox.items.filter(item => item.n !== null)

/** Takes the command with number `n` out. */
export function settle(outbox: Outbox, n: number): { readonly outbox: Outbox; readonly item: Item | undefined } {
  const item = outbox.items.find(one => one.n === n)
  return { outbox: item ? { ...outbox, items: outbox.items.filter(one => one !== item) } : outbox, item }
}

const change = (outbox: Outbox, n: number, to: (item: Item) => Item): Outbox => ({
  ...outbox,
  items: outbox.items.map(item => (item.n === n ? to(item) : item)),
})

/** The command with number `n` is certain not to have been performed: it goes again, first, under a new number. */
export const renumber = (outbox: Outbox, n: number): Outbox =>
  change(outbox, n, item => ({ ...item, n: null, stage: 'new' }))

/** The command with number `n` was not looked at: it goes again. One that may have been performed keeps its number. */
export const postpone = (outbox: Outbox, n: number): Outbox =>
  change(outbox, n, item =>
    item.stage === 'repeated' ? { ...item, stage: 'unsure' } : { ...item, n: null, stage: 'new' },
  )

/** The connection was lost: whatever was sent and not answered is to be repeated. */
export const doubt = (outbox: Outbox): Outbox => ({
  ...outbox,
  items: outbox.items.map(item => (item.n === null ? item : { ...item, stage: 'unsure' })),
})

/** A new session knows nothing of the old one's numbers: what was sent and not answered has an unknown outcome. */
export function abandonSent(outbox: Outbox): { readonly outbox: Outbox; readonly abandoned: readonly Item[] } {
  return {
    outbox: { ...outbox, lastN: 0, items: outbox.items.filter(item => item.n === null) },
    abandoned: numbered(outbox),
  }
}

/** What goes over the wire for a sent command. */
export const toRequest = ({ asked, n }: Item): object => ({ ...asked, n })
