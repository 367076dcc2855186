/** A short summary of a replay for people: the number of inputs, their results, and the inputs that were skipped. */
import type { Entry } from '../../../model/input.ts'
import type { State } from '../../../model/state.ts'
import { aligned } from '../../../model/text.ts'
import { current } from '../../../reducer/accounts/invites.ts'
import type { ReplayOutcome } from '../../../replay/replay.ts'

type QuarantinedInput = {
  readonly seq: number
  readonly type: string
  readonly session: string
  readonly reason: string
}

/** The most skipped inputs that are listed; the others are counted. */
const NAMED_MAX = 1000

export class Summary {
  #inputs = 0
  #first: Entry | null = null
  #last: Entry | null = null
  readonly #events = new Map<string, number>()
  readonly #asides = { quarantined: new Asides(), poisoned: new Asides() }

  add(entry: Entry, outcome: ReplayOutcome): void {
    this.#inputs += 1
    this.#first ??= entry
    this.#last = entry
    if (outcome.type !== 'folded') return this.#asides[outcome.type].add(entry, outcome.reason)
    for (const { event } of outcome.step.events) this.#events.set(event.type, (this.#events.get(event.type) ?? 0) + 1)
  }

  /** `ms` is how long the replay took; `base` is the input of the snapshot that it began with. */
  lines(state: State, base: number, ms: number): readonly string[] {
    const { quarantined, poisoned } = this.#asides
    const events = [...this.#events].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    return [
      ...aligned([
        ['inputs', `${this.#inputs}`],
        ...(base > 0 ? [['began at', `the snapshot after input ${base}`] as const] : []),
        ...(this.#first ? [['from', place(this.#first)] as const] : []),
        ...(this.#last ? [['to', place(this.#last)] as const] : []),
        ['members', `${state.members.size}`],
        ['rooms', `${state.rooms.size}`],
        ['sessions', `${state.sessions.size}`],
        ['accounts', `${state.accounts.size}`],
        ['invites', `${current(state).size}`],
        ...(state.erasing.size > 0 ? [['to erase', eraseText(state)] as const] : []),
        ['quarantined', `${quarantined.count}`],
        ['poisoned', poisoned.count === 0 ? '0' : `${poisoned.count}: they fail now, and were skipped`],
        ['speed', `${Math.round(this.#inputs / Math.max(ms / 1000, 0.001))} inputs per second`],
      ]),
      ...section('Events', aligned(events.map(([type, count]) => [type, `${count}`]))),
      ...section('Quarantined', quarantined.lines()),
      ...section('Poisoned', poisoned.lines()),
    ]
  }
}

class Asides {
  count = 0
  readonly #named: QuarantinedInput[] = []

  add({ seq, input: { type, session } }: Entry, reason: string): void {
    this.count += 1
    if (this.count <= NAMED_MAX) this.#named.push({ seq, type, session, reason })
  }

  lines(): readonly string[] {
    const more = this.count - this.#named.length
    const named = this.#named.map(
      ({ seq, type, session, reason }) => [`${seq}`, `${type} of ${session}: ${reason}`] as const,
    )
    return [...aligned(named), ...(more > 0 ? [`and ${more} more`] : [])]
  }
}

/** The next start of the server goes on with these. */
const eraseText = ({ erasing }: State): string =>
  erasing.size === 1 ? 'what one removed account wrote' : `what ${erasing.size} removed accounts wrote`

const place = ({ seq, input }: Entry): string => `${seq}, ${timeOf(input.at)}`

/** A time that no Date can hold is shown as a number. */
const timeOf = (at: number): string => (Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : String(at))

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map(line => `  ${line}`)]
