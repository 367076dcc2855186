/**
 * A model of questions and hands that follows the events of a journal in their order, apart from the code that is
 * tried: the entitled members, their answers, and the outcome of each question.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Event, EventOf } from '../../src/model/event.ts'
import {
  ANSWERS_SHOWN,
  HANDS_MAX,
  QUESTION_KEPT_MS,
  QUESTIONS_MAX,
  QUESTIONS_PER_ROOM,
} from '../../src/model/limits.ts'
import type { State } from '../../src/model/state.ts'
import type { Step } from '../../src/model/step.ts'

type Open = {
  readonly seq: number
  readonly room: string
  readonly ask: NonNullable<EventOf<'said'>['ask']>
  /** The latest choice of each, in the order in which they answered first. */
  readonly votes: Map<string, number | undefined>
}

/** `rule`: the rule that must hold. */
export type Must = (rule: string, holds: boolean, detail: () => string) => void

/** The roles, from the highest to the lowest, written down once more. */
const RANKS = ['host', 'administrator', 'founder', 'operator', 'voice', 'account', 'guest']

export class QuestionModel {
  readonly #must: Must
  readonly #note: (what: string) => void
  readonly #open = new Map<number, Open>()
  readonly #hands = new Map<string, readonly { readonly id: string; readonly name: string }[]>()
  /** By the hash of the key: the question, and when it ended; null: it's open. */
  readonly #keys = new Map<string, { readonly seq: number; ended: number | null }>()

  /** `note` gets the cases that the model comes across. */
  constructor(must: Must, note: (what: string) => void) {
    this.#must = must
    this.#note = note
  }

  follow(done: Step): void {
    const { before, after, events } = done
    let decided: number | null = null
    for (const { event } of events) {
      if (event.type === 'answered' && event.kind === 'ask') decided = event.target
      this.#event(event, done, decided)
    }
    this.#must('an answer decides at once', decided === null || !this.#open.has(decided), () => `${decided}`)
    if (before.questions !== after.questions || before.rooms !== after.rooms) this.#compare(after)
  }

  #event(event: Event, { seq, before }: Step, decided: number | null): void {
    switch (event.type) {
      case 'said':
        return event.ask && this.#asked(event, event.ask, seq, before)
      case 'answered':
        return this.#answered(event, before)
      case 'concluded':
        return this.#concluded(event, before, decided)
      case 'hands':
        return this.#raised(event)
      case 'parted':
        return this.#lowers(event.name, [event.room])
      case 'quit':
        return this.#lowers(event.name, event.rooms)
      case 'renamed':
        return this.#renames(event)
    }
  }

  #asked({ room, key }: EventOf<'said'>, ask: Open['ask'], seq: number, { format, at }: State): void {
    this.#must('before format 9 nothing is asked', format >= 9, () => `${seq}`)
    const known = key && this.#keys.get(key.hash)
    const isFree = !known || (known.ended !== null && known.ended + QUESTION_KEPT_MS <= at)
    this.#must('a key asks once', isFree, () => `${seq} and ${known?.seq}`)
    this.#open.set(seq, { seq, room, ask, votes: new Map() })
    if (key) this.#keys.set(key.hash, { seq, ended: null })
    this.#note(`asks: ${ask.kind}`)
  }

  #answered(event: EventOf<'answered'>, before: State): void {
    const { target, member, choice, label, place, counts } = event
    const question = this.#open.get(target)
    this.#must('only an open question is answered', question !== undefined, () => `${target} by ${member}`)
    if (!question) return
    const { ask, votes } = question
    const isRight = isFor(before, question, member) && isThere(before, question, member)
    this.#must('only those who are entitled answer', isRight, () => `${target} by ${member}`)
    const until = before.ends.get(`question:${target}`) ?? Number.NEGATIVE_INFINITY
    this.#must('a question whose time is over takes no answers', until > before.at, () => `${target}`)
    if (ask.kind === 'buzz') this.#must('each buzzes once', !votes.has(member), () => `${target} by ${member}`)
    else this.#must('an answer is one of the choices', ask.choices[choice ?? -1] === label, () => `${choice}`)
    this.#note(votes.has(member) ? 'votes anew' : `answers: ${ask.kind}${votes.size > 0 ? ', after others' : ''}`)
    votes.set(member, choice)
    const own = [...votes.keys()].indexOf(member) + 1
    this.#must('the order of answers is that of the journal', place === own, () => `${place}, not ${own}`)
    if (ask.kind === 'poll') this.#mustCount(question, counts)
  }

  #mustCount(question: Open, counts: readonly number[] | undefined): void {
    const own = question.ask.choices.map((_, at) => [...question.votes.values()].filter(one => one === at).length)
    this.#must('the latest vote of each counts', isDeepStrictEqual(counts, own), () => `${counts}, not ${own}`)
  }

  #concluded(event: EventOf<'concluded'>, { at }: State, decided: number | null): void {
    const { target, outcome, counts, order } = event
    const question = this.#open.get(target)
    this.#must('only an open question ends', question !== undefined, () => `${target}: ${outcome}`)
    if (!question) return
    const { kind } = question.ask
    this.#must('an answer decides', (outcome === 'decided') === (decided === target), () => `${target}: ${outcome}`)
    if (kind === 'poll') this.#mustCount(question, counts)
    const own = [...question.votes.keys()].slice(0, ANSWERS_SHOWN)
    if (kind === 'buzz') {
      const theirs = order?.map(({ id }) => id)
      this.#must('the order of answers is that of the journal', isDeepStrictEqual(theirs, own), () => `${theirs}`)
    }
    this.#open.delete(target)
    for (const known of this.#keys.values()) if (known.seq === target) known.ended = at
    this.#note(`${kind}: ${outcome}`)
  }

  #raised({ room, hands, change, who, whoId }: EventOf<'hands'>): void {
    const before = this.#hands.get(room) ?? []
    const own = { id: whoId, name: who }
    const left = before.filter(({ id }) => id !== whoId)
    const after = change === 'raised' ? [...left, own] : left
    const isNext = change !== 'called' || before[0]?.id === whoId
    this.#must('hands are called in their order', isNext, () => `${who}, before ${before[0]?.name}`)
    this.#must('hands keep the order of the journal', isDeepStrictEqual(hands, after), () => JSON.stringify(hands))
    this.#hands.set(room, after)
    this.#note(`a hand is ${change}`)
  }

  #lowers(name: string, rooms: readonly string[]): void {
    for (const room of rooms) {
      const left = this.#hands.get(room)?.filter(one => one.name !== name)
      if (left) this.#hands.set(room, left)
    }
  }

  #renames({ from, to }: EventOf<'renamed'>): void {
    for (const [room, hands] of this.#hands) {
      this.#hands.set(
        room,
        hands.map(one => (one.name === from ? { ...one, name: to } : one)),
      )
    }
  }

  /** The state has the questions that are open, with their answers, and the hands that are up. */
  #compare({ questions, rooms, ends }: State): void {
    const same = (a: unknown, b: unknown, rule: string): void =>
      this.#must(rule, isDeepStrictEqual(a, b), () => `${JSON.stringify(a)}, not ${JSON.stringify(b)}`)
    same([...questions.keys()].sort(), [...this.#open.keys()].sort(), 'the state has the open questions')
    for (const [seq, { votes }] of this.#open) {
      const kept = [...(questions.get(seq)?.answers.values() ?? [])].map(({ id, choice }) => [id, choice])
      same(kept, [...votes], 'the state has the answers')
      this.#must('a question ends by itself', ends.has(`question:${seq}`), () => `${seq}`)
    }
    this.#must('not too many questions are open', questions.size <= QUESTIONS_MAX, () => `${questions.size}`)
    for (const room of new Set([...this.#open.values()].map(one => one.room))) {
      const count = [...this.#open.values()].filter(one => one.room === room).length
      this.#must('not too many questions are open', count <= QUESTIONS_PER_ROOM, () => `${count} in ${room}`)
    }
    for (const [room, view] of rooms) {
      const own = this.#hands.get(room) ?? []
      if (own.length > 0 || view.hands) same(view.hands ?? [], own, 'the state has the hands')
      this.#must('not too many hands are up', own.length <= HANDS_MAX, () => `${own.length} in ${room}`)
    }
    for (const room of this.#hands.keys()) if (!rooms.has(room)) this.#hands.delete(room)
  }
}

function rankOf(state: State, id: string, room: string): number {
  if (id === 'host') return 0
  if (state.administrators.has(id)) return 1
  const role = state.rooms.get(room)?.roles.get(id)
  return RANKS.indexOf(role ?? (state.accounts.has(id) ? 'account' : 'guest'))
}

const isFor = (state: State, { ask: { to }, room }: Open, id: string): boolean =>
  to === undefined || ('id' in to ? to.id === id : rankOf(state, id, room) <= RANKS.indexOf(to.role))

const isThere = (state: State, { room }: Open, id: string): boolean =>
  id === 'host' || state.members.get(id)?.rooms.has(room) === true || isGranted(state, room, id)

function isGranted({ grants }: State, room: string, id: string): boolean {
  const grant = grants.get(id)
  return grant?.write === true && (grant.room ?? room) === room
}
