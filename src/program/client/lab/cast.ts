/** The people of a recorded day, as clients of the lab's chat. Each enters before its first act. */
import { type Client, connect } from '../../../client/session/connection.ts'
import type { Asked } from '../../../client/session/outbox/outbox.ts'
import { LOBBY } from '../../../model/name/standing.ts'
import type { LabChat } from './chat.ts'
import type { Act } from './day/day.ts'
import { random } from './random.ts'

type Person = { readonly client: Client; readonly rooms: Set<string>; readonly asked: Map<number, number> }

/** Another name, if the server refuses one: that of a host, or one that somebody has. */
const OTHER_NAMES = 3

/** How long people may take to be back after a restart, in virtual milliseconds. */
const BACK_MS = 20_000

export class Cast {
  readonly #chat: LabChat
  readonly #random = random('cast')
  readonly #people = new Map<string, Person>()
  /** The number of each message here, by its number in the record. */
  readonly #messages = new Map<number, number>()
  #count = 0

  constructor(chat: LabChat) {
    this.#chat = chat
  }

  /** Resolves when the server has done it. `bot`: the name that the bot has here. */
  async perform(act: Act, recordedBot: string, bot: string): Promise<void> {
    const { clock } = this.#chat
    if (act.type === 'quit' && !this.#people.has(act.who)) return
    const person = await this.#person(act.who, 'room' in act ? act.room : LOBBY)
    if (!person) return
    if ('room' in act && act.type !== 'part' && !person.rooms.has(act.room)) {
      person.rooms.add(act.room)
      person.client.ask({ type: 'join', room: act.room })
      await clock.settle()
    }
    const command = this.#commandOf(act, name => (name === recordedBot ? bot : name))
    if (command) person.asked.set(person.client.ask(command), act.seq)
    if (act.type === 'quit') person.client.leave()
    if (act.type === 'part') person.rooms.delete(act.room)
    await clock.settle()
    if (act.type === 'quit') this.#people.delete(act.who)
    if (act.type === 'nick') this.#renamed(act.who, act.name)
  }

  /** Waits until everybody is back. */
  async back(): Promise<void> {
    const isBack = ({ client }: Person): boolean => client.status$.value.state !== 'waiting'
    for (let ms = 0; ms < BACK_MS && ![...this.#people.values()].every(isBack); ms += 500) {
      await this.#chat.clock.advance(500)
    }
  }

  close(): void {
    for (const { client } of this.#people.values()) client.close()
  }

  #renamed(from: string, to: string): void {
    const person = this.#people.get(from)
    if (!person) return
    this.#people.delete(from)
    this.#people.set(to, person)
  }

  async #person(name: string, room: string): Promise<Person | null> {
    const there = this.#people.get(name)
    if (there && there.client.status$.value.state !== 'ended') return there
    for (let tries = 0; tries < OTHER_NAMES; tries++) {
      const person = await this.#enter(`${name}${'_'.repeat(tries)}`, room)
      if (person.client.status$.value.state === 'ended') continue
      this.#people.set(name, person)
      return person
    }
    return null
  }

  async #enter(name: string, room: string): Promise<Person> {
    const { clock, dial } = this.#chat
    const address = `192.0.2.${1 + (this.#count++ % 250)}`
    const secret = (): string => `person${String(this.#count).padStart(40, '0')}`
    const client = connect(
      { dial: () => dial(address), clock, random: this.#random.next, secret },
      { name, room, history: 0, reconnect: true, catchUp: false },
    )
    const asked = new Map<number, number>()
    client.outcome$.subscribe(outcome => {
      const seq = asked.get(outcome.id)
      if (outcome.is === 'done' && seq !== undefined) this.#messages.set(seq, outcome.seq)
    })
    await clock.settle()
    return { client, rooms: new Set([room]), asked }
  }

  /** Null: its target isn't here, or it was done by entering. */
  #commandOf(act: Act, named: (name: string) => string): Asked | null {
    switch (act.type) {
      case 'say':
        return { type: 'say', room: act.room, text: act.text, action: act.action }
      case 'tell':
        return { type: 'tell', to: named(act.to), text: act.text, action: act.action }
      case 'part':
        return { type: 'part', room: act.room, reason: null }
      case 'nick':
        return { type: 'nick', name: act.name }
      case 'away':
        return { type: 'away', note: act.note }
      case 'topic':
        return { type: 'topic', room: act.room, topic: act.topic }
      case 'edit':
      case 'react':
      case 'delete': {
        const seq = this.#messages.get(act.target)
        if (seq === undefined) return null
        if (act.type === 'edit') return { type: 'edit', seq, room: LOBBY, text: act.text }
        if (act.type === 'delete') return { type: 'delete', seq, room: LOBBY }
        return { type: 'react', seq, room: LOBBY, emoji: act.emoji, off: act.off }
      }
      case 'join':
      case 'quit':
        return null
    }
  }
}
