/** Unanswered commands, as a screen shows them and as they survive a reload of the page. */
import { List } from 'immutable'
import { type Asked, type Item, isSecret, type Outbox } from './outbox.ts'

/**
 * `unsure`: it was sent on a connection that was lost, so it may have been performed. It's repeated under its number,
 * which makes that harmless.
 */
export type Pending = { readonly id: number; readonly asked: Asked; readonly state: 'unsent' | 'sent' | 'unsure' }

/** In the order of asking. */
export const pending = (outbox: Outbox): readonly Pending[] =>
  kept(outbox).map(({ id, asked, stage }) => ({ id, asked, state: STATES[stage] }))

const STATES = { new: 'unsent', sent: 'sent', repeated: 'sent', unsure: 'unsure' } as const

/** A command with its id and, once it was sent, its number. */
type KeptAsk = { readonly id: number; readonly n: number | null; readonly asked: Asked }

function kept({ inHand, ahead, queue }: Outbox): readonly (Item & KeptAsk)[] {
  const own = (item: Item): readonly (Item & KeptAsk)[] =>
    item.id === null || isSecret(item) ? [] : [{ ...item, id: item.id }]
  return [...inHand, ...ahead, ...queue].flatMap(own).sort((a, b) => a.id - b.id)
}

export type RememberedItems = { readonly items: readonly KeptAsk[]; readonly lastN: number }

export const rememberItems = (outbox: Outbox): RememberedItems => ({
  items: kept(outbox).map(({ id, n, asked }) => ({ id, n, asked })),
  lastN: outbox.lastN,
})

/** As after a lost connection: a command with a number was sent, and its outcome is unknown. */
export function recallItems({ items, lastN }: RememberedItems): Outbox {
  const sent = items.filter(({ n }) => n !== null)
  return {
    inHand: sent.sort((a, b) => (a.n ?? 0) - (b.n ?? 0)).map(item => ({ ...item, stage: 'unsure' })),
    ahead: [],
    queue: List(items.filter(({ n }) => n === null).map(item => ({ ...item, stage: 'new' }))),
    lastId: items.reduce((last, { id }) => Math.max(last, id), 0),
    lastN,
  }
}
