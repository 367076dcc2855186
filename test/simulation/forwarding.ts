/**
 * The events that webhooks should get, from the events themselves and by a table of its own (docs/spec.md, A8 and HO3).
 */
import type { PublicEvent } from '../../src/model/event.ts'
import type { Hook } from '../../src/model/state/hook.ts'
import type { PublicStepEvent, Step } from '../../src/model/step.ts'

/** An input, and one of the events that it led to: the message is 0, the others follow by their place. */
export type Place = { readonly seq: number; readonly part: number }

/** `asks`: it's a message that asks, which is for hooks for questions, too. */
type Forwarded = Place & { readonly kind: string; readonly rooms: readonly string[] | null; readonly asks: boolean }

/** Kinds that a simulated hook may be for. */
export const KINDS = ['messages', 'edits', 'reactions', 'pins', 'joins', 'topics', 'moderation', 'questions'] as const

const KIND_OF: { readonly [T in PublicEvent['type']]?: (typeof KINDS)[number] } = {
  ...{ said: 'messages', edited: 'edits', deleted: 'edits', reacted: 'reactions', pinned: 'pins' },
  ...{ joined: 'joins', parted: 'joins', quit: 'joins', renamed: 'joins' },
  ...{ topic: 'topics', moderated: 'moderation' },
  ...{ answered: 'questions', concluded: 'questions', hands: 'questions' },
}

export class Forwarding {
  readonly #all: Forwarded[] = []
  /** Secrets that have replaced another one at once: by then, their host has told them to the receiver. */
  readonly toldAtOnce = new Set<string>()

  note({ seq, before, events }: Step): void {
    for (const one of events) {
      if (one.kind === 'public') this.#note(seq, before.format, one)
      const { event } = one
      if (event.type === 'rotated' && event.salt !== null && event.until === null) this.toldAtOnce.add(event.salt)
    }
  }

  /** The places that this hook should get between two. `isGone`: whether the text of a message is. */
  between(hook: Hook, after: Place, before: Place, isGone: (seq: number) => boolean): readonly Place[] {
    const kinds: readonly string[] = hook.kinds ?? ['messages']
    return this.#all.filter(
      one =>
        isBefore(after, one) &&
        isBefore(one, before) &&
        (kinds.includes(one.kind) || (one.asks && kinds.includes('questions'))) &&
        (hook.room === null || one.rooms?.includes(hook.room) === true) &&
        (one.part > 0 || !isGone(one.seq)),
    )
  }

  #note(seq: number, format: number, { event, i }: PublicStepEvent): void {
    const kind = KIND_OF[event.type]
    const isMessage = event.type === 'said'
    // Before format 9, messages alone are promised.
    if (kind === undefined || (!isMessage && format < 9)) return
    const rooms = 'rooms' in event ? event.rooms : 'room' in event && event.room !== null ? [event.room] : null
    // It's about a direct message.
    if (rooms === null && event.type !== 'moderated') return
    this.#all.push({ seq, part: isMessage ? 0 : i + 1, kind, rooms, asks: isMessage && event.ask !== undefined })
  }
}

export const isBefore = (one: Place, other: Place): boolean =>
  one.seq < other.seq || (one.seq === other.seq && one.part < other.part)
