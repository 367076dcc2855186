/** Random journals of a small chat of one server: people who talk, join, leave and take names, and a host who keeps order. */
import fc from 'fast-check'
import { type Body, type Entry, HOST_SESSION, textsOf } from '../../../src/model/input.ts'
import { nameOf, targetOf } from '../../helpers/arbitrary-inputs.ts'

export const PEOPLE = ['Spider-Man', 'Mr.Blue', '田中', 'مريم', 'a_b', 'ЗОЯ'] as const
export const ROOMS = ['lobby', 'ops', 'tea'] as const
export const TEXTS = ['hello', 'buy SPAM now', 'no spam', 'spamming', 'good morning', 'sp am'] as const

type Move = { readonly after: number; readonly who: number; readonly body: Body; readonly text: string | null }

const aRoom = fc.constantFrom(...ROOMS)
const aText = fc.constantFrom(...TEXTS)
const aNote = fc.constantFrom(null, 'lunch', 'spam')
const someone = fc.constantFrom(...PEOPLE).map(targetOf)

const ofPeople: fc.Arbitrary<readonly [Body, string | null]> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(aRoom, aText)
      .map(([room, text]) => [{ type: 'say', room, action: false } as Body, text] as const),
  },
  { weight: 5, arbitrary: aRoom.map(room => [{ type: 'join', room } as Body, null] as const) },
  {
    weight: 2,
    arbitrary: fc.tuple(aRoom, aNote).map(([room, reason]) => [{ type: 'part', room, reason } as Body, null] as const),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(aRoom, aText).map(([room, topic]) => [{ type: 'topic', room, topic } as Body, null] as const),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(...PEOPLE, 'spam', 'Spam-Man')
      .map(name => [{ type: 'nick', name: nameOf(name) } as Body, null] as const),
  },
  { weight: 2, arbitrary: aNote.map(note => [{ type: 'away', note } as Body, null] as const) },
  { weight: 1, arbitrary: aNote.map(reason => [{ type: 'quit', reason } as Body, null] as const) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(someone, aText)
      .map(([to, text]) => [{ type: 'tell', to, action: false } as Body, text] as const),
  },
  {
    weight: 1,
    arbitrary: fc.constant([
      { type: 'register', credential: { id: 'c', label: '', proof: { kind: 'password', hash: 'hash' } } } as Body,
      null,
    ] as const),
  },
)

const ofHost: fc.Arbitrary<Body> = fc.oneof(
  fc.tuple(someone, aRoom).map(([who, room]): Body => ({ type: 'role', room, role: 'voice', who, off: false })),
  fc.tuple(someone, aRoom).map(([who, room]): Body => ({ type: 'role', room, role: 'operator', who, off: false })),
  fc
    .tuple(aRoom, fc.constantFrom(null, 2, 5))
    .map(([room, value]): Body => ({ type: 'mode', room, mode: 'slow', value, key: null, ms: null })),
  fc
    .tuple(someone, fc.constantFrom(null, ...ROOMS))
    .map(
      ([who, room]): Body => ({ type: 'restrict', kind: 'mute', room, who, keys: [who.key], ms: 30_000, reason: null }),
    ),
  fc.constant<Body>({ type: 'tick' }),
)

const HOST = -1

const aMove: fc.Arbitrary<Move> = fc
  .tuple(
    fc.nat(6000),
    fc.oneof(
      {
        weight: 9,
        arbitrary: fc.tuple(fc.nat(PEOPLE.length - 1), ofPeople).map(([who, [body, text]]) => ({ who, body, text })),
      },
      { weight: 1, arbitrary: ofHost.map(body => ({ who: HOST, body, text: null })) },
    ),
  )
  .map(([after, move]) => ({ after, ...move }))

/** Stands for a keeper's act that isn't done: the host asks for something that is refused. */
export const NOTHING: Body = { type: 'unhook', hook: 999_999 }

export type Journal = { readonly entries: readonly Entry[]; readonly at: number }

/** `at`: an entry in which nothing happens, where a rule could be set. */
export const aJournal: fc.Arbitrary<Journal> = fc
  .tuple(fc.array(aMove, { minLength: 20, maxLength: 120 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(60))
  .map(([moves, part]) => {
    const scribe = new Scribe()
    const at = Math.floor(part * moves.length)
    moves.forEach((move, index) => {
      if (index === at) scribe.mark()
      scribe.play(move)
    })
    if (scribe.marked === 0) scribe.mark()
    return { entries: scribe.entries, at: scribe.marked }
  })

class Scribe {
  readonly entries: Entry[] = []
  readonly #here = new Map<number, string>()
  #now = 1_000_000
  #sessions = 0
  marked = 0

  constructor() {
    this.#write(HOST_SESSION, { type: 'format', format: 7 }, null)
    this.#write(HOST_SESSION, { type: 'started', until: 0, reads: 7 }, null)
  }

  mark(): void {
    this.#now += 1
    this.#write(HOST_SESSION, NOTHING, null)
    this.marked = this.entries.length
    this.#now += 1
  }

  play({ after, who, body, text }: Move): void {
    this.#now += after
    if (who === HOST) return this.#write(HOST_SESSION, body, text)
    const session = this.#here.get(who)
    if (session === undefined) {
      this.#sessions += 1
      const [id, name] = [`s${this.#sessions}`, nameOf(PEOPLE[who] ?? '')]
      this.#here.set(who, id)
      this.#write(id, { type: 'hello', name, room: 'lobby', protocol: 'native', token: `token ${id}` }, null)
    }
    this.#write(this.#here.get(who) ?? '', body, text)
    if (body.type === 'quit') this.#here.delete(who)
  }

  #write(session: string, body: Body, text: string | null): void {
    const seq = this.entries.length + 1
    const input = { ...body, id: `run.${seq}`, at: this.#now, origin: 'local', session, n: null }
    this.entries.push({ seq, input, texts: textsOf(text), quarantined: null })
  }
}
