/**
 * What a webhook has yet to get: messages from the history, acts of moderation, and what becomes of messages. Acts and changes
 * that happen while the server runs are kept here. Earlier acts are in the logs of the state, earlier changes nowhere.
 */
import type { Outgoing } from '../../codec/codec.ts'
import { living, nativeEncoding } from '../../codec/native/encoding.ts'
import type { EventOf } from '../../model/event.ts'
import { HOOK_ACTS_MAX } from '../../model/limits.ts'
import { type Message, marksOf } from '../../model/message/message.ts'
import type { Hook } from '../../model/state/hook.ts'
import type { Act } from '../../model/state/keeping.ts'
import type { State } from '../../model/state.ts'
import type { Step, StepEvent } from '../../model/step.ts'
import type { History, Part } from '../../port/history.ts'

/** `part`: which of the deliveries of its input it is, from 0 on; `last`: there is no other. */
export type Deliverable = {
  readonly seq: number
  readonly part: number
  readonly last: boolean
  readonly body: string
}

/** `next`: the first one that the receiver hasn't taken. `passed`: up to there nothing is left to be delivered. */
export type Following = { readonly next: Deliverable | null; readonly passed: number }

type PlacedAct = Act & { readonly seq: number; readonly at: number }
type Change = EventOf<'edited' | 'reacted' | 'pinned' | 'answered' | 'concluded' | 'hands' | 'finished'>
type PlacedChange = { readonly seq: number; readonly at: number; readonly room: string; readonly event: Change }

/** Messages that are read from the history at once. */
const PAGE = 20

export class Deliverables {
  readonly #history: History
  readonly #epoch: string
  /** The latest, oldest first. */
  #acts: PlacedAct[] = []
  /** In rooms, oldest first. */
  #changes: PlacedChange[] = []
  #logs: State['rules'] | null = null
  /** The last input that may have been a message, and an act; null: not known yet. */
  #said: number | null = null
  #acted: number | null = null
  #changed = 0

  constructor(history: History, epoch: string) {
    this.#history = history
    this.#epoch = epoch
  }

  /** The state that the server began with has acts that were done before. */
  begin({ seq, rules }: State): void {
    if (this.#said !== null) return
    this.#said = seq
    this.#acted = seq
    this.#logs = rules
  }

  /** Whether anything came that may have to be delivered. */
  hear(steps: readonly Step[]): boolean {
    let isNew = false
    for (const { seq, at, events } of steps) {
      for (const { event } of events) {
        if (event.type === 'said') this.#said = seq
        else if (event.type === 'moderated') {
          const { type: _, to: __, ...act } = event
          this.#acted = seq
          this.#keep([{ ...act, seq, at }])
        } else if (isChange(event) && event.room !== null) {
          this.#changed = seq
          this.#changes.push({ seq, at, room: event.room, event })
          if (this.#changes.length > 2 * HOOK_ACTS_MAX) this.#changes = this.#changes.slice(-HOOK_ACTS_MAX)
        } else continue
        isNew = true
      }
    }
    return isNew
  }

  /** How far a hook has to come. */
  end({ events }: Hook): number {
    const [said, acted] = [events === 'acts' ? 0 : this.#said, events === undefined ? 0 : this.#acted]
    return Math.max(said ?? 0, acted ?? 0, events === 'all' ? this.#changed : 0)
  }

  /** What comes after the receiver has taken `taken` deliveries of the input after `cursor`. Throws if the history is damaged. */
  following(hook: Hook, cursor: number, taken: number): Following {
    const message = hook.events === 'acts' ? { found: null, passed: cursor } : this.#message(hook, cursor)
    const acts = hook.events === undefined ? [] : this.#actsAfter(hook, cursor)
    const changes = hook.events === 'all' ? firstAfter(this.#changes, hook, cursor) : []
    const seq = Math.min(...[message.found, acts[0], changes[0]].map(one => one?.seq ?? Number.POSITIVE_INFINITY))
    if (seq === Number.POSITIVE_INFINITY) return { next: null, passed: message.passed }
    const bodies = [
      ...(message.found?.seq === seq ? [messageBody(message.found, this.#epoch)] : []),
      ...acts.filter(one => one.seq === seq).map((act, part) => actBody(act, part, this.#epoch)),
      ...changes.filter(one => one.seq === seq).map(change => this.#changeBody(change)),
    ]
    const body = bodies[taken]
    if (body !== undefined)
      return { next: { seq, part: taken, last: taken + 1 === bodies.length, body }, passed: cursor }
    return this.following(hook, seq, 0)
  }

  /** Deleted messages are passed over. */
  #message({ room }: Hook, cursor: number): { readonly found: Message | null; readonly passed: number } {
    const part: Part = room === null ? { everywhere: true } : { room }
    for (let passed = cursor; ; ) {
      const { messages, more } = this.#history.page(part, { after: passed }, PAGE)
      const found = messages.find(({ text }) => text !== null)
      if (found || !more) return { found: found ?? null, passed }
      passed = messages.at(-1)?.seq ?? passed
    }
  }

  /** Those of the next input that has any. */
  #actsAfter(hook: Hook, cursor: number): readonly PlacedAct[] {
    this.#readLogs()
    return firstAfter(this.#acts, hook, cursor)
  }

  /** The text of an edit is that of the message now: it may have been edited again, or deleted. */
  #changeBody({ seq, at, event }: PlacedChange): string {
    const text = this.#textNow(event)
    return withEpoch({ ...{ type: 'event', seq, at, i: 0, last: true, text }, event }, this.#epoch)
  }

  #textNow(event: Change): string | null {
    if (event.type === 'edited') return this.#history.find(event.target)?.text ?? null
    return event.type === 'finished' ? (this.#history.find(event.target)?.live?.tail ?? null) : null
  }

  /** Once, when they are needed: most servers forward no acts. */
  #readLogs(): void {
    const logs = this.#logs
    if (logs === null) return
    this.#logs = null
    const earlier = [...logs.values()].flatMap(({ log }) => log.toArray())
    const acts = this.#acts
    this.#acts = earlier.sort((a, b) => a.seq - b.seq).slice(-HOOK_ACTS_MAX)
    this.#keep(acts)
  }

  #keep(acts: readonly PlacedAct[]): void {
    this.#acts.push(...acts)
    // By halves, so that each is moved once on average.
    if (this.#acts.length > 2 * HOOK_ACTS_MAX) this.#acts = this.#acts.slice(-HOOK_ACTS_MAX)
  }
}

/** As in the native protocol, with the epoch of the journal that the number belongs to. */
const messageBody = ({ seq, at, room, from, author: id, text, action, ...marks }: Message, epoch: string): string =>
  JSON.stringify({
    type: 'said',
    seq,
    at,
    room,
    from,
    text,
    ...(action ? { action } : {}),
    id,
    ...marksOf(marks),
    ...living(marks),
    epoch,
  })

const CHANGES: ReadonlySet<string> = new Set<Change['type']>([
  ...(['edited', 'reacted', 'pinned', 'answered', 'concluded', 'hands', 'finished'] as const),
])

const isChange = (event: StepEvent['event']): event is Change => CHANGES.has(event.type)

/** All of the first input after `cursor` that the hook is for. */
function firstAfter<T extends { readonly seq: number; readonly room: string | null }>(
  all: readonly T[],
  { room }: Hook,
  cursor: number,
): readonly T[] {
  const isMeant = (one: T): boolean => one.seq > cursor && (room === null || one.room === room)
  const first = all.findIndex(isMeant)
  return first < 0 ? [] : all.slice(first).filter(one => one.seq === all[first]?.seq && isMeant(one))
}

const actBody = ({ seq, at, ...act }: PlacedAct, i: number, epoch: string): string =>
  withEpoch({ ...{ type: 'event', seq, at, i, last: true, text: null }, event: { type: 'moderated', ...act } }, epoch)

function withEpoch(outgoing: Outgoing, epoch: string): string {
  const [line] = nativeEncoding.encode(outgoing)
  return `${String(line).trimEnd().slice(0, -1)},"epoch":${JSON.stringify(epoch)}}`
}
