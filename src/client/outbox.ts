/**
 * What a client has to say: commands that wait to be sent and commands that wait for their answer, each with its
 * number. A number is given when a command is first sent and never again to another; a repeat carries the same one.
 */
import type { Request } from '../codec/native/schema.ts'
import { PENDING_MAX } from '../model/limits.ts'

type Numbered = Extract<Request, { n?: number | undefined }>
/** What a person or a script asks for; the number is the outbox's affair. */
export type Asked = Numbered extends infer R ? (R extends Numbered ? Omit<R, 'n'> : never) : never

/** `id` is the client's own, given when it was asked; `n` the number on the wire, null until it is sent. */
export type Item = { readonly id: number; readonly n: number | null; readonly asked: Asked }

export type Outbox = { readonly items: readonly Item[]; readonly lastId: number; readonly lastN: number }

export const emptyOutbox: Outbox = { items: [], lastId: 0, lastN: 0 }

export function ask(outbox: Outbox, asked: Asked): Outbox {
  const id = outbox.lastId + 1
  return { ...outbox, lastId: id, items: [...outbox.items, { id, n: null, asked }] }
}

export const sent = (outbox: Outbox): readonly Item[] => outbox.items.filter(item => item.n !== null)

/** Gives the next unsent command its number. Null: there is none, or as many as allowed are waiting for an answer. */
export function sendNext(outbox: Outbox): { readonly outbox: Outbox; readonly item: Item } | null {
  const next = outbox.items.find(item => item.n === null)
  if (!next || sent(outbox).length >= PENDING_MAX) return null
  const n = outbox.lastN + 1
  const item = { ...next, n }
  return { outbox: { ...outbox, lastN: n, items: outbox.items.map(one => (one === next ? item : one)) }, item }
}

/** Takes the command with number `n` out. */
export function settle(outbox: Outbox, n: number): { readonly outbox: Outbox; readonly item: Item | undefined } {
  const item = outbox.items.find(one => one.n === n)
  return { outbox: item ? { ...outbox, items: outbox.items.filter(one => one !== item) } : outbox, item }
}

/** The command with number `n` was refused for now: it goes again, first, under a new number. */
export const postpone = (outbox: Outbox, n: number): Outbox => ({
  ...outbox,
  items: outbox.items.map(item => (item.n === n ? { ...item, n: null } : item)),
})

/** A new session knows nothing of the old one's numbers: what was sent and not answered has an unknown outcome. */
export function abandonSent(outbox: Outbox): { readonly outbox: Outbox; readonly abandoned: readonly Item[] } {
  return {
    outbox: { ...outbox, lastN: 0, items: outbox.items.filter(item => item.n === null) },
    abandoned: sent(outbox),
  }
}

/** What goes over the wire for a sent command. */
export const toRequest = ({ asked, n }: Item): object => ({ ...asked, n })
