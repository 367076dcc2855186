/**
 * evolveMessage: how an event changes a message that was sent before. The history and every client fold with this one
 * function, and ignore a change that no longer applies: so all of them agree (docs/spec.md, Y14).
 */
import type { MessageChange, ReactedEvent } from '../event.ts'
import type { MemberId } from '../ids.ts'
import { REACTION_KINDS_MAX, REACTIONS_MAX } from '../limits.ts'
import { type PastAsked, resultOf } from '../question.ts'

export type Reaction = {
  readonly emoji: string
  /** In the order in which they reacted, with the names that they had. */
  readonly people: readonly Reactor[]
}
export type Reactor = { readonly id: MemberId; readonly name: string }

/** Parts of a message that may change, besides its text. */
export type Living = {
  /** When it was edited last, milliseconds since the epoch. Absent: never. */
  readonly edited?: number
  /** The kind that came first is first. Absent: none. */
  readonly reactions?: readonly Reaction[]
  readonly mentions: readonly MemberId[]
  /** The question that it asks, and how that ended. Absent: none. */
  readonly ask?: PastAsked
}

/**
 * `at`: milliseconds since the epoch. `isGone`: its text was erased. The same message: the event doesn't apply. Otherwise,
 * after `edited` its text is the new one, and after `deleted` there is none.
 */
export function evolveMessage<M extends Living>(message: M, event: MessageChange, at: number, isGone: boolean): M {
  if (isGone) return message
  switch (event.type) {
    case 'edited':
      return { ...message, edited: at, mentions: event.mentions ?? NOBODY }
    case 'deleted':
      return withReactions(withoutAsk({ ...message, mentions: NOBODY }), NONE)
    case 'concluded':
      return message.ask ? { ...message, ask: { ...message.ask, ...resultOf(event) } } : message
    case 'reacted': {
      const before = message.reactions ?? NONE
      const after = event.off ? without(before, event) : withReaction(before, event)
      return after === before ? message : withReactions(message, after)
    }
  }
}

function withReactions<M extends Living>(message: M, reactions: readonly Reaction[]): M {
  const { reactions: _, ...rest } = message
  return (reactions.length === 0 ? rest : { ...rest, reactions }) as M
}

const withoutAsk = <M extends Living>({ ask: _, ...message }: M): M => message as unknown as M

const NOBODY: readonly MemberId[] = []
const NONE: readonly Reaction[] = []

function withReaction(all: readonly Reaction[], { emoji, member: id, by: name }: ReactedEvent): readonly Reaction[] {
  const known = all.find(one => one.emoji === emoji)
  if (known ? known.people.some(one => one.id === id) : all.length >= REACTION_KINDS_MAX) return all
  if (all.reduce((sum, { people }) => sum + people.length, 0) >= REACTIONS_MAX) return all
  if (!known) return [...all, { emoji, people: [{ id, name }] }]
  return all.map(one => (one === known ? { emoji, people: [...one.people, { id, name }] } : one))
}

function without(all: readonly Reaction[], { emoji, member }: ReactedEvent): readonly Reaction[] {
  const known = all.find(one => one.emoji === emoji)
  if (!known?.people.some(({ id }) => id === member)) return all
  const people = known.people.filter(({ id }) => id !== member)
  return all.flatMap(one => (one !== known ? one : people.length === 0 ? [] : { emoji, people }))
}
