/** Journals in which a few people mostly ask, answer, vote, buzz and raise hands, and now and then go, come or are silenced. */
import fc from 'fast-check'
import { FORMAT } from '../../src/model/format.ts'
import { type Ask, type Body, type Entry, HOST_SESSION } from '../../src/model/input.ts'
import { LOBBY } from '../../src/model/name/standing.ts'
import { ASKED_ROLES, QUESTION_KINDS } from '../../src/model/question.ts'
import { entryOf, nameOf, targetOf } from './arbitrary-inputs.ts'

/** Two of them are in #ops, too. */
const CAST = ['Spider-Man', '田中', 'a|b', 'José', 'Mr.Blue', '[x]_^'] as const
const IN_OPS = 2
const GRANT = 'robot'

type Move = {
  readonly who: number
  readonly after: number
  /** `question`: counted from the latest. */
  readonly does:
    | { readonly is: 'ask'; readonly ask: Ask; readonly room: string }
    | { readonly is: 'answer' | 'say' | 'react'; readonly question: number; readonly choice: number | null }
    | { readonly is: 'close' | 'delete'; readonly question: number }
    | { readonly is: 'hand'; readonly act: 'raise' | 'lower' | 'next'; readonly room: string }
    | { readonly is: 'tick' | 'quit' | 'part' | 'hello' | 'nick' | 'mute' | 'op' | 'post' | 'clock' }
}

const anyRoom = fc.constantFrom(LOBBY, LOBBY, 'ops')

const anyAsk: fc.Arbitrary<Ask> = fc
  .record({
    kind: fc.constantFrom(...QUESTION_KINDS),
    count: fc.integer({ min: 2, max: 4 }),
    to: fc.oneof(
      { weight: 5, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.record({ role: fc.constantFrom(...ASKED_ROLES) }) },
      { weight: 1, arbitrary: fc.constantFrom('east1.4', 'east1.5', GRANT).map(id => ({ id, name: id })) },
    ),
    ms: fc.constantFrom(1, 1000, 60_000, 600_000),
    key: fc.constantFrom(null, 'k1', 'k2', 'k3'),
    print: fc.constantFrom('p1', 'p1', 'p1', 'p2'),
  })
  .map(({ kind, count, to, ms, key, print }) => ({
    ...{ kind, choices: kind === 'buzz' ? [] : ['yes', 'no', 'later', 'never'].slice(0, count), ms },
    ...(to && { to }),
    ...(key !== null && { key: { hash: key, print } }),
  }))

const anyMove: fc.Arbitrary<Move> = fc.record({
  who: fc.nat(CAST.length),
  after: fc.oneof({ weight: 8, arbitrary: fc.nat(500) }, { weight: 1, arbitrary: fc.nat(100_000) }),
  does: fc.oneof(
    { weight: 4, arbitrary: fc.record({ is: fc.constant('ask' as const), ask: anyAsk, room: anyRoom }) },
    {
      weight: 12,
      arbitrary: fc.record({
        is: fc.constantFrom(...(['answer', 'answer', 'answer', 'say', 'react'] as const)),
        question: fc.nat(3),
        choice: fc.option(fc.nat(3), { freq: 3 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ is: fc.constantFrom('close' as const, 'delete' as const), question: fc.nat(3) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        ...{ is: fc.constant('hand' as const), room: anyRoom },
        act: fc.constantFrom(...(['raise', 'raise', 'lower', 'next'] as const)),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        is: fc.constantFrom(
          ...(['tick', 'tick', 'quit', 'part', 'hello', 'nick', 'mute', 'op', 'post', 'clock'] as const),
        ),
      }),
    },
  ),
})

class Writer {
  readonly entries: Entry[] = []
  readonly #asked: { readonly seq: number; readonly room: string }[] = []
  readonly #numbers = new Map<string, number>()
  #sessions = CAST.map((_, k) => `s${k}`)
  #at = 1_000_000
  #set = 0

  constructor() {
    this.#host({ type: 'format', format: FORMAT })
    this.#host({ type: 'started', until: 0 })
    const grant = { grant: GRANT, name: nameOf('ci'), secret: 'hash of a token', room: null, read: true, write: true }
    this.#host({ type: 'grant', ...grant })
    for (const [k] of CAST.entries()) this.#enter(k)
    for (const k of [0, 1]) this.#write(`s${k}`, { type: 'join', room: 'ops' })
  }

  play({ who, after, does }: Move): void {
    this.#at += after
    // The last one is the host.
    const session = this.#sessions[who] ?? HOST_SESSION
    switch (does.is) {
      case 'ask':
        this.#asked.push({ seq: this.entries.length + 1, room: does.room })
        return this.#write(session, { type: 'say', room: does.room, action: false, ask: does.ask }, true)
      case 'answer':
        return this.#write(session, { type: 'answer', ...this.#answer(does) }, true)
      case 'say':
        return this.#write(session, {
          type: 'say',
          room: this.#room(does.question),
          action: false,
          answers: this.#answer(does),
        })
      case 'react': {
        const where = { target: this.#question(does.question), room: this.#room(does.question), members: [] }
        const emoji = ['1️⃣', '👎', '3️⃣', '👍'][does.choice ?? 3] ?? '🔔'
        return this.#write(session, { type: 'react', ...where, everyone: false, emoji, off: false })
      }
      case 'close':
        return this.#write(session, { type: 'close', question: this.#question(does.question) })
      case 'delete': {
        const where = { target: this.#question(does.question), room: this.#room(does.question), members: [] }
        return this.#write(session, { type: 'delete', ...where, everyone: false })
      }
      case 'hand':
        return this.#write(session, { type: 'hand', room: does.room, act: does.act })
      case 'tick':
        return this.#host({ type: 'tick' })
      case 'quit':
        return this.#write(session, { type: 'quit', reason: null })
      case 'part':
        return this.#write(session, { type: 'part', room: LOBBY, reason: null })
      case 'hello':
        if (who < CAST.length) this.#enter(who)
        return
      case 'nick':
        return this.#write(session, { type: 'nick', name: nameOf(`other-${this.entries.length}`) })
      case 'mute': {
        const muting = { kind: 'mute', room: null, who: targetOf(CAST[who] ?? ''), keys: [], ms: 1000 } as const
        return this.#host({ type: 'restrict', ...muting, reason: null })
      }
      case 'op':
        return this.#host({ type: 'role', room: LOBBY, role: 'operator', who: targetOf(CAST[who] ?? ''), off: false })
      case 'post':
        return this.#write(GRANT, { type: 'answer', question: this.#question(0), choice: 0 })
      case 'clock':
        this.#set = (who - 2) * 40_000
        this.#at += this.#set
    }
  }

  #answer({ question, choice }: { readonly question: number; readonly choice: number | null }) {
    return { question: this.#question(question), ...(choice !== null && { choice }) }
  }

  #question(back: number): number {
    return this.#asked.at(-1 - back)?.seq ?? 9999
  }

  #room(back: number): string {
    return this.#asked.at(-1 - back)?.room ?? LOBBY
  }

  #enter(who: number): void {
    const session = this.#sessions[who] ?? ''
    const anew = this.entries.some(({ input }) => input.session === session) ? `${session}'` : session
    this.#sessions = this.#sessions.with(who, anew)
    const name = nameOf(CAST[who] ?? '')
    this.#write(anew, { type: 'hello', name, room: who < IN_OPS ? 'ops' : LOBBY, protocol: 'native', token: null })
    this.#write(anew, { type: 'join', room: LOBBY })
  }

  #host(body: Body): void {
    this.#write(HOST_SESSION, body)
  }

  #write(session: string, body: Body, isNumbered = false): void {
    const seq = this.entries.length + 1
    const n = isNumbered && session !== HOST_SESSION ? (this.#numbers.get(session) ?? 0) + 1 : null
    if (n !== null) this.#numbers.set(session, n)
    const clock = { offset: this.#set }
    const text = body.type === 'say' ? `text ${seq}` : null
    const stamp = { id: `east1.${seq}`, at: this.#at, ...(body.type === 'started' || this.#set !== 0 ? clock : {}) }
    this.entries.push(entryOf({ ...body, ...stamp, origin: 'east', session, n }, seq, text))
  }
}

export const askingJournals: fc.Arbitrary<readonly Entry[]> = fc
  .array(anyMove, { minLength: 1, maxLength: 80, size: 'max' })
  .map(moves => {
    const writer = new Writer()
    for (const move of moves) writer.play(move)
    return writer.entries
  })
