/** The state that the console's screen draws: the members, and a timeline of events and of answers to the host. */
import { BehaviorSubject, type Subscription } from 'rxjs'
import { newConversation } from '../../../../client/chat/conversation/conversation.ts'
import { type Entry, insert, lastSeq, ownPlace } from '../../../../client/chat/conversation/timeline.ts'
import type { Step } from '../../../../model/step.ts'
import type { Server } from '../../../../server/server.ts'
import { alteredIn, type ConsoleState, erasedFrom, type Person } from '../../../../tui/console/state.ts'
import { editedBy, entriesOf, note as noteEntry } from './live-entries.ts'

/** How often the list of members is updated, in milliseconds. */
const PEOPLE_MS = 1000

export class ScreenState {
  readonly state$: BehaviorSubject<ConsoleState>
  readonly #server: Server
  readonly #isQuiet: boolean
  readonly #steps: Subscription
  readonly #members: Subscription
  #here = 0
  #seq = 0
  #looking: NodeJS.Timeout | undefined

  /** `isQuiet`: no events are shown, only answers to the host. */
  constructor(server: Server, isQuiet: boolean) {
    this.#server = server
    this.#isQuiet = isQuiet
    this.state$ = new BehaviorSubject<ConsoleState>({
      life: newConversation('#life'),
      ...{ past: null, found: null, here: 0, people: [], address: '', startedAt: Date.now() },
    })
    this.#members = server.state$.subscribe(({ seq, members }) => {
      this.#seq = seq
      this.#here = members.size
    })
    this.#steps = server.outbound$.subscribe(step => this.#follow(step))
  }

  change(by: Partial<ConsoleState>): void {
    this.state$.next({ ...this.state$.value, ...by })
  }

  /** An answer to the host, or news for it. */
  note(line: string, tone: 'plain' | 'error'): void {
    const { timeline } = this.state$.value.life
    this.#add(noteEntry(ownPlace(timeline, Date.now(), Math.max(this.#seq, lastSeq(timeline))), line, tone))
  }

  /** Keeps the list of members up to date, until `close`. */
  watchPeople(): void {
    const look = (): void => this.change({ people: peopleOf(this.#server) })
    look()
    this.#looking = setInterval(look, PEOPLE_MS)
  }

  close(): void {
    clearInterval(this.#looking)
    this.#steps.unsubscribe()
    this.#members.unsubscribe()
  }

  #follow(step: Step): void {
    const entries = this.#isQuiet ? [] : entriesOf(step, this.#server.isOwn(step))
    for (const entry of entries) this.#add(entry)
    for (const { event } of step.events) {
      if (event.type === 'deleted') this.state$.next(erasedFrom(this.state$.value, event.target))
      if (event.type === 'edited') this.state$.next(alteredIn(this.state$.value, event.target, editedBy(step)))
    }
    if (this.state$.value.here !== this.#here) this.change({ here: this.#here })
  }

  #add(entry: Entry): void {
    const { life } = this.state$.value
    this.change({ life: { ...life, timeline: insert(life.timeline, [entry]) } })
  }
}

/** A member with several sessions is listed once, by the one that was heard last. It's away when all of them are. */
export function peopleOf({ connections }: Pick<Server, 'connections'>): readonly Person[] {
  const people = new Map<string, Person>()
  for (const { name, protocol, since, heardAt, state } of connections()) {
    if (name === null) continue
    const one: Person = { name, protocol: protocol ?? '', since, heardAt, away: state === 'away' }
    const known = people.get(name)
    people.set(name, known ? together(known, one) : one)
  }
  return [...people.values()]
}

function together(a: Person, b: Person): Person {
  if (a.away !== b.away) return a.away ? b : a
  const last = b.heardAt > a.heardAt ? b : a
  return { ...last, since: Math.min(a.since, b.since) }
}
