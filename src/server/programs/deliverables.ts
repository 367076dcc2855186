/**
 * A webhook's waiting events: messages from the history, and the other events that the state keeps for hooks. Both are
 * there after a restart.
 */
import type { List } from 'immutable'
import type { Message } from '../../model/message/message.ts'
import { type Hook, kindsOf } from '../../model/state/hook.ts'
import { type ForwardedEvent, type HookEvent, isFor } from '../../model/state/hook-event.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { History, Part } from '../../port/history.ts'
import { editOf } from '../../reducer/messages/editing.ts'
import { eventBody, type Forwarded, messageBody } from './webhook-body.ts'

/** A place among the forwarded events: an input, and one of its events. */
export type Place = { readonly seq: number; readonly part: number }

/** `last`: its input led to nothing else for this hook. */
export type Deliverable = Forwarded & { readonly last: boolean }

/**
 * `next`: the first one that the receiver hasn't taken. `passed`: up to there nothing is left to be delivered. `waits`:
 * the next message is being edited, and has no text until the edit is shown.
 */
export type Following = { readonly next: Deliverable | null; readonly passed: number; readonly waits?: true }

/** Messages that are read from the history at once. */
const PAGE = 20

export class Deliverables {
  readonly #history: History
  readonly #epoch: string
  #events: List<HookEvent> | null = null
  #state: State | null = null
  /** The last input that may have been a message. */
  #said = 0

  constructor(history: History, epoch: string) {
    this.#history = history
    this.#epoch = epoch
  }

  /** The state that the server began with may have messages that were sent before. */
  follow(state: State): void {
    if (this.#events === null) this.#said = state.seq
    this.#events = state.hookEvents
    this.#state = state
  }

  /** Whether any message came. */
  hear(steps: readonly Step[]): boolean {
    const last = steps.findLast(({ events }) => events.some(({ event }) => event.type === 'said'))
    if (last) this.#said = last.seq
    return last !== undefined
  }

  /** How far a hook has to come. */
  end(hook: Hook): number {
    const kinds = kindsOf(hook)
    const said = kinds.includes('messages') ? this.#said : 0
    const isForOthers = kinds.some(kind => kind !== 'messages')
    return isForOthers ? Math.max(said, this.#events?.last()?.seq ?? 0) : said
  }

  /**
   * The next event after `cursor`, and after the events of its input that were taken. Throws if the history is damaged.
   */
  following(hook: Hook, cursor: number, taken: Place | null): Following {
    const isForMessages = kindsOf(hook).includes('messages')
    const { found, passed } = isForMessages ? this.#message(hook, cursor) : { found: null, passed: cursor }
    const events = this.#eventsAfter(hook, cursor)
    if (found?.text === null && found.seq <= (events[0]?.seq ?? found.seq)) return { next: null, passed, waits: true }
    const seq = Math.min(found?.seq ?? Number.POSITIVE_INFINITY, events[0]?.seq ?? Number.POSITIVE_INFINITY)
    if (seq === Number.POSITIVE_INFINITY) return { next: null, passed }
    const left = [
      ...(found?.seq === seq ? [messageBody(found, this.#epoch)] : []),
      ...(events[0]?.seq === seq ? events.flatMap(one => this.#body(one) ?? []) : []),
    ]
      .filter(({ part }) => taken?.seq !== seq || part > taken.part)
      // A message that asks comes first, also for a hook that is for questions alone.
      .sort((a, b) => a.part - b.part)
    const [next] = left
    if (!next) return this.following(hook, seq, null)
    return { next: { ...next, last: left.length === 1 }, passed: cursor }
  }

  /** How many messages and events are left, up to `most`. Throws if the history is damaged. */
  behind(hook: Hook, cursor: number, most: number): number {
    const messages = kindsOf(hook).includes('messages') ? this.#history.count(partOf(hook), { after: cursor }, most) : 0
    const events = this.#events?.skip(firstAfter(this.#events, cursor)).count(one => isFor(hook, one)) ?? 0
    return Math.min(messages + events, most)
  }

  /** Deleted messages are passed over. One without a text that is found is being edited. */
  #message(hook: Hook, cursor: number): { readonly found: Message | null; readonly passed: number } {
    for (let passed = cursor; ; ) {
      const { messages, more } = this.#history.page(partOf(hook), { after: passed }, PAGE)
      const found = messages.find(({ seq, text }) => text !== null || this.#isEdited(seq))
      if (found || !more) return { found: found ?? null, passed }
      passed = messages.at(-1)?.seq ?? passed
    }
  }

  #isEdited(seq: number): boolean {
    return this.#state !== null && editOf(this.#state, seq) !== undefined
  }

  /** Events of the next input that has any. */
  #eventsAfter(hook: Hook, cursor: number): readonly HookEvent[] {
    const found: HookEvent[] = []
    const all = this.#events
    if (!all) return found
    for (let k = firstAfter(all, cursor); k < all.size; k++) {
      const one = all.get(k)
      if (!one || (found[0] && one.seq !== found[0].seq)) break
      if (isFor(hook, one)) found.push(one)
    }
    return found
  }

  /** A message is read as it is now: it may have been edited again, or deleted. Null: nothing is left of it. */
  #body(one: HookEvent): Forwarded | null {
    const { event } = one
    switch (event.type) {
      case 'said': {
        const message = this.#history.find(one.seq)
        return message?.text == null ? null : messageBody(message, this.#epoch)
      }
      case 'edited':
        return eventBody(one, this.#history.find(event.target)?.text ?? null, this.#epoch)
      case 'finished':
        return eventBody(one, this.#history.find(event.target)?.live?.tail ?? null, this.#epoch)
      case 'answered':
      case 'concluded': {
        const choices = this.#history.find(event.target)?.ask?.choices ?? []
        return eventBody({ ...one, event: withChoices(event, choices) }, null, this.#epoch)
      }
      default:
        return eventBody(one, null, this.#epoch)
    }
  }
}

type AboutQuestion = Extract<ForwardedEvent, { type: 'answered' | 'concluded' }>

function withChoices(event: AboutQuestion, choices: readonly string[]): AboutQuestion {
  if (event.type === 'concluded') return { ...event, choices }
  const label = choices[event.choice ?? -1]
  return label === undefined ? event : { ...event, label }
}

const partOf = ({ room }: Hook): Part => (room === null ? { everywhere: true } : { room })

/** The index of the first after input `cursor`. */
function firstAfter(all: List<HookEvent>, cursor: number): number {
  let [from, to] = [0, all.size]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((all.get(middle)?.seq ?? 0) > cursor) to = middle
    else from = middle + 1
  }
  return from
}
