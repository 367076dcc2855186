/**
 * Journals as the world might write them: several people on several servers, with colliding names, lost links, repeated
 * numbers and clocks that go back. A light model makes them rich: usually people talk after a hello, and come back
 * after a lost link. The model does not ask the reducer, so a hello may be refused and the commands go on regardless.
 */
import fc from 'fast-check'
import type { Protocol } from '../../src/model/command.ts'
import { FORMAT } from '../../src/model/format.ts'
import {
  type Ask,
  type Body,
  type Entry,
  HOST_SESSION,
  type Input,
  type MemberId,
  type SessionId,
  type Target,
  textsOf,
} from '../../src/model/input.ts'
import { type Name, nameKey, readName } from '../../src/model/name/name.ts'
import { LOBBY } from '../../src/model/name/standing.ts'
import { ASKED_ROLES, QUESTION_KINDS } from '../../src/model/question.ts'
import { HOOK_KINDS, type HookKind } from '../../src/model/state/hook.ts'
import type { CommandInput } from '../../src/reducer/decide.ts'

type CommandBody = Extract<Body, { type: CommandInput['type'] }>
/** Inputs of programs, and of the host for programs. A grant is named by its number, counted from the latest. */
type ProgramMove =
  | {
      readonly does: 'grant'
      readonly name: string
      readonly room: string | null
      readonly may: 'read' | 'write' | 'both'
    }
  | { readonly does: 'revoke'; readonly name: string }
  | {
      readonly does: 'post'
      readonly which: number
      readonly room: string
      readonly key: string | null
      readonly print: string
    }
  | { readonly does: 'hook'; readonly room: string | null; readonly kinds: readonly HookKind[] | null }
  | { readonly does: 'rotate-hook'; readonly which: number; readonly isNew: boolean; readonly ms: number | null }
  | { readonly does: 'unhook' | 'forward'; readonly which: number; readonly paused: boolean }

/** A name as ingress reads it. Throws if it is invalid. */
export function nameOf(raw: string): Name {
  const read = readName(raw)
  if (!read.ok) throw new Error(`${raw} is no name: ${read.reason}`)
  return read.name
}

/** The target of a command in which `raw` was typed. */
export const targetOf = (raw: string): Target => ({ key: nameKey(raw), text: raw })

/** Each list holds names that look alike; names of different lists do not. */
export const LOOKALIKES = [
  ['Alice', 'ALICE', 'AIice', '\u0410lice'],
  ['bob', 'b0b', '\u0412ob'],
  ['Ian', 'lan'],
  ['Mary', 'rnary'],
  ['田中'],
  ['__proto__', '__PROTO__'],
] as const

const ROOMS = [LOBBY, 'ops', 'tea', '__proto__', 'constructor'] as const
const ORIGINS = ['east', 'west'] as const

/** The people, each with a name that looks like nobody else's. */
const PEOPLE: readonly Person[] = [
  { home: 'Alice', protocol: 'native', origin: 'east' },
  { home: 'bob', protocol: 'native', origin: 'west' },
  { home: 'Ian', protocol: 'native', origin: 'east' },
  { home: 'Mary', protocol: 'line', origin: 'east' },
  { home: '田中', protocol: 'classic', origin: 'east' },
  { home: '__proto__', protocol: 'native', origin: 'west' },
]
type Person = { readonly home: string; readonly protocol: Protocol; readonly origin: string }

const GRACE_MS = 60_000

const anyName = fc.constantFrom(...LOOKALIKES.flat())
const anyRoom = fc.oneof({ weight: 2, arbitrary: fc.constant(LOBBY) }, fc.constantFrom(...ROOMS))
const anyTarget = fc.oneof({ weight: 6, arbitrary: anyName }, fc.constantFrom('nobody', 'Host', '')).map(targetOf)
const anyNote = fc.constantFrom(null, 'lunch', 'tea')
const anyFlag = fc.boolean()
/** Those after the first. */
const FORMATS = Array.from({ length: FORMAT - 1 }, (_, k) => k + 2)
const anyFormat = fc.constantFrom(...FORMATS)
/** A member as the session that it began with: the scribe writes the member's id. */
const anyMember = fc
  .tuple(fc.nat(PEOPLE.length - 1), fc.integer({ min: 1, max: 2 }))
  .map(([who, connection]) => `s${who}.${connection}`)

const anyPlace = fc.constantFrom(null, ...ROOMS)
const anyTime = fc.constantFrom(null, 1000, GRACE_MS)
const anySanction = fc.constantFrom(...(['ban', 'mute', 'mute', 'exception'] as const))

/** Acts of moderation, whether the asker may do them or not. */
const anyAct: fc.Arbitrary<CommandBody> = fc.oneof(
  fc.record({
    ...{ type: fc.constant('restrict' as const), kind: anySanction, room: anyPlace, who: anyTarget },
    ...{ keys: fc.constant([]), ms: anyTime, reason: anyNote },
  }),
  fc.record({
    ...{ type: fc.constant('restrict-network' as const), kind: anySanction, room: anyPlace },
    ...{ ms: anyTime, reason: anyNote },
  }),
  fc.record({
    ...{ type: fc.constant('lift' as const), kind: anySanction, room: anyPlace },
    ...{ who: fc.option(anyTarget), sanction: fc.option(fc.integer({ min: 1, max: 50 })) },
  }),
  fc.record({
    ...{ type: fc.constant('role' as const), room: anyRoom, who: anyTarget, off: anyFlag },
    role: fc.constantFrom(...(['operator', 'voice', 'administrator'] as const)),
  }),
  fc.record({
    ...{ type: fc.constant('mode' as const), room: anyPlace, ms: anyTime },
    mode: fc.constantFrom(...(['moderated', 'lockdown', 'key', 'invite-only', 'secret'] as const)),
    ...{ value: fc.constantFrom(true as const, null, null), key: fc.constant('hash of a key') },
  }),
  fc.record({
    ...{ type: fc.constant('filter' as const), room: anyPlace, is: fc.constant('words' as const) },
    pattern: fc.constantFrom('rude', 'spam'),
    action: fc.constantFrom(...(['warn', 'hold', 'refuse'] as const)),
  }),
  fc.record({ type: fc.constant('unfilter' as const), room: anyPlace, filter: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ type: fc.constant('admit' as const), room: anyRoom, who: anyTarget }),
  fc.record({ type: fc.constant('purge' as const), room: anyPlace, who: anyTarget, ms: fc.nat(GRACE_MS) }),
  fc.record({ type: fc.constantFrom('release' as const, 'drop' as const), target: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ type: fc.constant('ignore' as const), who: anyTarget, off: anyFlag }),
)

const anyCursor = fc.constantFrom('etl', 'etl', 'mail')
const anySeq = fc.integer({ min: 0, max: 60 })

/** Few names and turns, so that some of them are right. */
const anyOfCursor: fc.Arbitrary<CommandBody> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ type: fc.constant('cursor-claim' as const), cursor: anyCursor, room: anyRoom, from: fc.option(anySeq) },
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('cursor-move' as const), cursor: anyCursor, turn: anySeq, seq: anySeq }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('cursor-leave' as const), cursor: anyCursor }) },
  {
    weight: 1,
    arbitrary: fc.record(
      { type: fc.constant('cursor-set' as const), cursor: anyCursor, owner: anyTarget, seq: fc.option(anySeq) },
      { requiredKeys: ['type', 'cursor', 'seq'] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      { type: fc.constant('cursor-remove' as const), cursor: anyCursor, owner: anyTarget },
      { requiredKeys: ['type', 'cursor'] },
    ),
  },
)

/** Short enough that some end by themselves. Few keys, so that some are repeated. */
const anyAsk: fc.Arbitrary<Ask> = fc
  .record({
    kind: fc.constantFrom(...QUESTION_KINDS),
    count: fc.integer({ min: 2, max: 3 }),
    to: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.record({ role: fc.constantFrom(...ASKED_ROLES) }) },
      { weight: 1, arbitrary: anyMember.map(id => ({ id, name: id })) },
    ),
    ms: fc.integer({ min: 1, max: 4 * GRACE_MS }),
    key: fc.constantFrom(null, null, 'k1', 'k2'),
    print: fc.constantFrom('p1', 'p1', 'p2'),
  })
  .map(({ kind, count, to, ms, key, print }) => ({
    ...{ kind, choices: kind === 'buzz' ? [] : ['yes', 'no', 'later'].slice(0, count), ms },
    ...(to && { to }),
    ...(key !== null && { key: { hash: key, print } }),
  }))

/** A question is a recent input, mostly. */
const anyQuestion = fc.integer({ min: 1, max: 60 })
const anyChoice = fc.option(fc.nat(3), { freq: 4 })

/** Asks, answers in every way, closes, and raises hands, whether it's possible or not. */
const anyAsking: fc.Arbitrary<CommandBody> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ type: fc.constant('say' as const), room: anyRoom, action: fc.constant(false), ask: anyAsk },
    }),
  },
  {
    weight: 8,
    arbitrary: fc
      .record({ question: anyQuestion, choice: anyChoice })
      .map(({ question, choice }) => ({ type: 'answer' as const, question, ...(choice !== null && { choice }) })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ room: anyRoom, question: anyQuestion, choice: fc.nat(2) })
      .map(({ room, ...answers }) => ({ type: 'say' as const, room, action: false, answers })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ room: anyRoom, target: anyQuestion, emoji: fc.constantFrom('👍', '👎', '1️⃣', '3️⃣', '🔔') })
      .map(react => ({ type: 'react' as const, ...react, members: [], everyone: false, off: false })),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('close' as const), question: anyQuestion }) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ type: fc.constant('hand' as const), room: anyRoom },
      act: fc.constantFrom(...(['raise', 'raise', 'lower', 'next'] as const)),
    }),
  },
)

const anyCommand: fc.Arbitrary<CommandBody> = fc.oneof(
  { weight: 6, arbitrary: anyOfCursor },
  { weight: 6, arbitrary: anyAsking },
  { weight: 4, arbitrary: anyAct },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('say' as const), room: anyRoom, action: anyFlag }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('say' as const),
      room: anyRoom,
      action: anyFlag,
      live: fc.constant(true as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ type: fc.constant('grow' as const), target: anyQuestion, begin: fc.constantFrom(0, 0, 4, 8) },
      size: fc.constant(4),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ type: fc.constant('finish' as const), target: anyQuestion },
      ...{ status: fc.constantFrom(null, 0, 2), ms: fc.constantFrom(null, 1000) },
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('tell' as const), to: anyTarget, action: anyFlag }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('join' as const), room: fc.constantFrom(...ROOMS) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('part' as const), room: anyRoom, reason: anyNote }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('topic' as const), room: anyRoom, topic: fc.constantFrom('', 'rust') }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('nick' as const), name: anyName.map(nameOf) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('away' as const), note: anyNote }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('kick' as const), who: anyTarget, reason: anyNote }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('quit' as const), reason: anyNote }) },
  {
    weight: 3,
    arbitrary: fc
      .record({
        type: fc.constant('delete' as const),
        target: fc.integer({ min: 1, max: 50 }),
        room: fc.option(fc.constantFrom(...ROOMS), { freq: 2 }),
        members: fc.uniqueArray(anyMember, { minLength: 1, maxLength: 2 }),
        everyone: anyFlag,
      })
      .map(body => ({ ...body, everyone: body.everyone && body.room === LOBBY })),
  },
)

/** How a command is numbered: `old` goes back by that many from the last. */
type Numbering = 'none' | 'next' | 'skip' | { readonly old: number }
const anyNumbering: fc.Arbitrary<Numbering> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('none' as const) },
  { weight: 6, arbitrary: fc.constantFrom('next' as const, 'next' as const, 'skip' as const) },
  { weight: 2, arbitrary: fc.nat(6).map(old => ({ old })) },
)

type Ticket = 'own' | 'earlier' | 'of another' | 'made up' | 'made by oneself'
/** The name that comes with a token: none, the person's usual one, or any. */
type Entering = null | 'home' | { readonly name: string; readonly room: string }

/** The next move of a person. `rash`: made regardless of the state that the model believes that person to be in. */
type Move = { readonly after: number } & (
  | {
      readonly move: 'hello'
      readonly who: number
      readonly name: string | null
      readonly room: string
      /** Its token is a known one, the person's own or another's; never under format 1. */
      readonly known?: 'own' | 'earlier' | 'of another'
    }
  | { readonly move: 'format'; readonly format: number }
  /** The clock is set. If it is `told`, the next input says so. */
  | { readonly move: 'clock'; readonly set: number; readonly told: boolean }
  | {
      readonly move: 'command'
      readonly who: number
      readonly body: CommandBody
      readonly number: Numbering
      readonly rash: boolean
    }
  | { readonly move: 'resume'; readonly who: number; readonly token: Ticket; readonly enter: Entering }
  | { readonly move: 'lost'; readonly who: number; readonly stale: boolean; readonly grace: number | null }
  | { readonly move: 'host'; readonly body: CommandBody }
  | { readonly move: 'program'; readonly program: ProgramMove }
  | { readonly move: 'tick' }
  | { readonly move: 'started' | 'stopped'; readonly origin: string }
  /** `late`: of a run before the current one. */
  | { readonly move: 'down'; readonly origin: string; readonly late: boolean }
)

const anyone = fc.nat(PEOPLE.length - 1)
const rarely = fc.nat(9).map(draw => draw === 9)
const aGrace = fc.integer({ min: GRACE_MS / 2, max: 2 * GRACE_MS })
/** Milliseconds since the move before: usually few, now and then past a grace, now and then backwards. */
const after = fc.oneof(
  { weight: 18, arbitrary: fc.nat(1000) },
  { weight: 1, arbitrary: fc.integer({ min: -GRACE_MS, max: -1 }) },
  { weight: 1, arbitrary: aGrace },
)

const aRoomOrAll = fc.constantFrom(null, null, ...ROOMS)
const anyProgram: fc.Arbitrary<ProgramMove> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('grant' as const),
      name: fc.oneof(anyName, fc.constantFrom('ci', 'logs', 'CI')),
      room: aRoomOrAll,
      may: fc.constantFrom(...(['read', 'write', 'both', 'both'] as const)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('revoke' as const),
      name: fc.constantFrom('ci', 'logs', 'Alice', 'nobody'),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      does: fc.constant('post' as const),
      which: fc.nat(1),
      room: anyRoom,
      key: fc.constantFrom(null, 'k1', 'k1', 'k1'),
      print: fc.constantFrom('p1', 'p1', 'p1', 'p2'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('hook' as const),
      room: aRoomOrAll,
      kinds: fc.option(fc.subarray([...HOOK_KINDS], { minLength: 1 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('rotate-hook' as const),
      which: fc.nat(1),
      isNew: fc.constantFrom(true, true, false),
      ms: fc.constantFrom(null, 1000, 100_000_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constantFrom('unhook' as const, 'forward' as const, 'forward' as const),
      which: fc.nat(2),
      paused: anyFlag,
    }),
  },
)

const anyMove: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      move: fc.constant('hello' as const),
      after,
      who: anyone,
      name: fc.option(anyName),
      room: anyRoom,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      move: fc.constant('hello' as const),
      after,
      who: anyone,
      name: fc.option(anyName),
      room: anyRoom,
      known: fc.constantFrom(...(['own', 'earlier', 'of another'] as const)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ move: fc.constant('format' as const), format: anyFormat, after }) },
  {
    weight: 1,
    arbitrary: fc.record({
      move: fc.constant('clock' as const),
      after,
      set: fc.integer({ min: -10 * GRACE_MS, max: 10 * GRACE_MS }),
      told: anyFlag,
    }),
  },
  {
    weight: 40,
    arbitrary: fc.record({
      move: fc.constant('command' as const),
      after,
      who: anyone,
      body: anyCommand,
      number: anyNumbering,
      rash: rarely,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      move: fc.constant('resume' as const),
      after,
      who: anyone,
      token: fc.constantFrom(...(['own', 'own', 'earlier', 'of another', 'made up', 'made by oneself'] as const)),
      enter: fc.oneof(
        fc.constantFrom(null, 'home' as const, 'home' as const),
        fc.record({ name: anyName, room: anyRoom }),
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      move: fc.constant('lost' as const),
      after,
      who: anyone,
      stale: rarely,
      grace: fc.constantFrom(GRACE_MS, GRACE_MS, GRACE_MS, GRACE_MS / 2, null),
    }),
  },
  { weight: 3, arbitrary: fc.record({ move: fc.constant('host' as const), after, body: anyCommand }) },
  { weight: 9, arbitrary: fc.record({ move: fc.constant('program' as const), after, program: anyProgram }) },
  { weight: 3, arbitrary: fc.record({ move: fc.constant('tick' as const), after: fc.oneof(after, aGrace) }) },
  {
    weight: 2,
    arbitrary: fc.record({ move: fc.constant('started' as const), after, origin: fc.constantFrom(...ORIGINS) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ move: fc.constant('stopped' as const), after, origin: fc.constantFrom(...ORIGINS) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      move: fc.constant('down' as const),
      after,
      origin: fc.constantFrom(...ORIGINS),
      late: rarely,
    }),
  },
)

const otherThan = (origin: string): string => (origin === 'east' ? 'west' : 'east')

/** The model's belief about a person. */
type Belief = {
  readonly person: Person
  readonly id: string
  connections: number
  /** The session id of the connection in use, or of the last one. */
  via: string
  /** The session, as long as it may go on. */
  session: string | null
  attached: boolean
  /** When its absence becomes an exit. */
  until: number
  earlier: string | null
  n: number
}

/** The hash of the token of a session: ingress makes a fresh one for each. */
const tokenOf = (session: string): string => `hash of ${session}`

/** Writes the journal of people's acts. */
class Scribe {
  readonly entries: Entry[] = []
  readonly #people: readonly Belief[]
  #now = 1_000_000
  /** By how much the clock was set, for the next input of each server to say. */
  readonly #set = new Map<string, number>()
  /** All that the clock was set by, as far as it was told. */
  #offset = 0
  #grants = 0
  #format = 1
  /** The inputs that ask, whether they were refused or not. */
  readonly #asked: number[] = []
  readonly #lives: number[] = []
  /** The member that began with each session, if its id is another. */
  readonly #members = new Map<SessionId, MemberId>()
  readonly #said = new Set<string>()
  readonly #hooks: number[] = []
  /** How often each server has started. */
  readonly #starts = new Map<string, number>()
  /** Servers that have stopped, or are said to be down. */
  readonly #ended = new Set<string>()
  readonly #shares: boolean

  /** `shares`: two sessions may share a token under format 1, as format 1 allows. */
  constructor(shares = false) {
    this.#shares = shares
    this.#people = PEOPLE.map((person, index) => ({
      person,
      id: `s${index}`,
      connections: 0,
      via: `s${index}.0`,
      session: null,
      attached: false,
      until: 0,
      earlier: null,
      n: 0,
    }))
  }

  play(move: Move): void {
    this.#now += move.after
    switch (move.move) {
      case 'hello':
        return this.#hello(this.#who(move.who), move.name, move.room, move.known)
      case 'format':
        this.#format = Math.max(this.#format, move.format)
        return this.#write(HOST_SESSION, 'east', null, { type: 'format', format: move.format })
      case 'clock':
        this.#now += move.set
        if (move.told) this.#offset += move.set
        if (move.told) for (const origin of ORIGINS) this.#set.set(origin, (this.#set.get(origin) ?? 0) + move.set)
        return
      case 'command':
        return this.#command(this.#who(move.who), move.body, move.number, move.rash)
      case 'resume':
        return this.#resume(this.#who(move.who), move.token, move.enter)
      case 'lost':
        return this.#lost(this.#who(move.who), move.stale, move.grace)
      case 'host':
        return this.#write(HOST_SESSION, 'east', null, move.body)
      case 'program':
        return this.#program(move.program)
      case 'tick':
        return this.#tick()
      case 'started':
        return this.#started(move.origin)
      case 'stopped':
        return this.#end(move.origin, move.origin, { type: 'stopped', until: this.#now + GRACE_MS })
      case 'down': {
        const { origin: node, late } = move
        const run = this.#runOf(node, late ? 1 : 0)
        const until = this.#now + GRACE_MS
        return this.#end(node, otherThan(node), { type: 'down', node, run, until })
      }
    }
  }

  #program(program: ProgramMove): void {
    switch (program.does) {
      case 'grant': {
        const { name, room, may } = program
        this.#grants += 1
        const [grant, read, write] = [`g${this.#grants}`, may !== 'write', may !== 'read']
        const named = { name: nameOf(name), secret: tokenOf(grant) }
        return this.#write(HOST_SESSION, 'east', null, { type: 'grant', grant, ...named, room, read, write })
      }
      case 'revoke':
        return this.#write(HOST_SESSION, 'east', null, { type: 'revoke', who: targetOf(program.name) })
      case 'post': {
        const { which, room, key, print } = program
        const known = key === null ? null : { hash: key, print }
        return this.#write(`g${this.#grants - which}`, 'east', null, { type: 'post', room, action: false, key: known })
      }
      case 'hook': {
        this.#hooks.push(this.entries.length + 1)
        const { room, kinds } = program
        return this.#write(HOST_SESSION, 'east', null, {
          type: 'hook',
          url: 'https://example.com/',
          room,
          salt: 'salt',
          ...(kinds && { kinds }),
        })
      }
      case 'rotate-hook': {
        const { which, isNew, ms } = program
        return this.#write(HOST_SESSION, 'east', null, {
          type: 'rotate-hook',
          hook: this.#hooks.at(-1 - which) ?? 0,
          salt: isNew ? `salt ${this.entries.length}` : null,
          until: ms === null ? null : this.#now + ms,
        })
      }
      case 'unhook':
        return this.#write(HOST_SESSION, 'east', null, {
          type: 'unhook',
          hook: this.#hooks.at(-1 - program.which) ?? 0,
        })
      case 'forward': {
        const { which, paused } = program
        const body = { type: 'forward' as const, hook: this.#hooks.at(-1 - which) ?? 0, cursor: this.entries.length }
        return this.#write(HOST_SESSION, 'east', null, { ...body, paused })
      }
    }
  }

  #who = (index: number): Belief => this.#people[index] as Belief

  #hello(who: Belief, name: string | null, room: string, known?: 'own' | 'earlier' | 'of another'): void {
    if (known && (this.#format > 1 || this.#shares)) return this.#repeat(who, name, room, known)
    const session = who.session ?? this.#dial(who)
    if (session !== who.session) who.n = 0
    who.session = session
    who.attached = true
    const { home, protocol, origin } = who.person
    const token = protocol === 'native' ? this.#fresh(tokenOf(session)) : null
    this.#write(session, origin, null, { type: 'hello', name: nameOf(name ?? home), room, protocol, token })
  }

  /** Under format 1 a token that was used before would be shared. */
  #fresh(token: string): string {
    if (this.#format > 1 || this.#shares || !this.#said.has(token)) return token
    return `${token}, and of input ${this.entries.length + 1}`
  }

  /** A hello whose token ingress did not know when it came: another hello with the same token was under way. */
  #repeat(who: Belief, name: string | null, room: string, known: 'own' | 'earlier' | 'of another'): void {
    const next = this.#people[(this.#people.indexOf(who) + 1) % this.#people.length]
    const session = { own: who.session, earlier: who.earlier, 'of another': next?.session ?? null }[known]
    const via = this.#dial(who)
    const { home, origin } = who.person
    const token = tokenOf(session ?? 'nobody')
    who.session ??= via
    who.attached = true
    this.#write(via, origin, null, { type: 'hello', name: nameOf(name ?? home), room, protocol: 'native', token })
  }

  /**
   * A hello without a token; or, for a person who had a session, every other time with its token: most of those have
   * lapsed.
   */
  #arrive(who: Belief): void {
    if (who.earlier === null || who.connections % 2 === 0) this.#hello(who, null, LOBBY)
    else this.#resume(who, 'earlier', null)
  }

  #command(who: Belief, body: CommandBody, number: Numbering, rash: boolean): void {
    if (!rash && who.session === null) this.#arrive(who)
    if (!rash && !who.attached) this.#resume(who, 'own', null)
    // Its former server may write late.
    const origin = rash && this.#format > 4 ? otherThan(who.person.origin) : who.person.origin
    this.#write(who.session ?? who.via, origin, this.#number(who, number), body)
    if (body.type === 'quit') this.#gone(who)
  }

  #number(who: Belief, numbering: Numbering): number | null {
    if (numbering === 'none') return null
    if (typeof numbering === 'object') return Math.max(1, who.n - numbering.old)
    who.n += numbering === 'skip' ? 2 : 1
    return who.n
  }

  #resume(who: Belief, which: Ticket, entering: Entering): void {
    const next = this.#people[(this.#people.indexOf(who) + 1) % this.#people.length]
    const session = {
      own: who.session,
      earlier: who.earlier,
      'of another': next?.session,
      'made up': null,
      'made by oneself': `${who.id} itself`,
    }[which]
    const via = this.#dial(who)
    who.attached = true
    if (which === 'earlier') who.session ??= who.earlier
    if (entering !== null) who.session ??= via
    const { home, protocol, origin } = who.person
    const { name, room } = entering === null || entering === 'home' ? { name: home, room: LOBBY } : entering
    const enter = entering === null ? null : { name: nameOf(name), room, protocol }
    this.#write(via, origin, null, { type: 'resume', token: tokenOf(session ?? 'nobody'), enter })
  }

  #lost(who: Belief, stale: boolean, grace: number | null): void {
    if (who.session === null) return
    const via = stale ? `${who.id}.${who.connections - 1}` : who.via
    const until = who.person.protocol === 'native' && grace !== null ? this.#now + grace : null
    this.#write(who.session, who.person.origin, null, { type: 'lost', via, until })
    if (stale) return
    if (until === null) this.#gone(who)
    else this.#absent(who, until)
  }

  #tick(): void {
    this.#write(HOST_SESSION, 'east', null, { type: 'tick' })
    for (const who of this.#people) if (!who.attached && who.until <= this.#now) this.#gone(who)
  }

  #started(origin: string): void {
    const until = this.#now + GRACE_MS
    this.#starts.set(origin, (this.#starts.get(origin) ?? 0) + 1)
    this.#ended.delete(origin)
    this.#write(HOST_SESSION, origin, null, { type: 'started', until })
    this.#lose(origin, until)
  }

  /** `by` says that the server is gone. */
  #end(node: string, by: string, body: Extract<Body, { type: 'stopped' | 'down' }>): void {
    this.#write(HOST_SESSION, by, null, body)
    this.#ended.add(node)
    this.#lose(node, body.until)
  }

  #lose(origin: string, until: number): void {
    for (const who of this.#people) {
      if (who.person.origin !== origin) continue
      if (who.person.protocol === 'native') this.#absent(who, until)
      else this.#gone(who)
    }
  }

  /** The current run of a server, or the one so many starts before. */
  #runOf = (origin: string, before = 0): string => `${origin}${(this.#starts.get(origin) ?? 0) - before}`

  /**
   * A server takes part before it writes, except that now and then one writes that is gone, or does so as the run before.
   */
  #runFor(origin: string): string {
    const isRash = this.entries.length % 9 === 0
    if (!isRash && (!this.#starts.has(origin) || this.#ended.has(origin))) this.#started(origin)
    return this.#runOf(origin, isRash && this.entries.length % 2 === 0 ? 1 : 0)
  }

  #absent(who: Belief, until: number): void {
    who.attached = false
    who.until = until
  }

  #dial(who: Belief): string {
    who.connections += 1
    who.via = `${who.id}.${who.connections}`
    return who.via
  }

  #gone(who: Belief): void {
    who.earlier = who.session ?? who.earlier
    who.session = null
    who.attached = false
  }

  #memberOf = (session: SessionId): MemberId => this.#members.get(session) ?? session

  #write(session: string, origin: string, n: number | null, body: Body): void {
    if ('token' in body && body.token !== null) this.#said.add(body.token)
    const isFree = this.#format < 5 || body.type === 'started' || body.type === 'format'
    const run = isFree ? this.#runOf(origin) : this.#runFor(origin)
    const seq = this.entries.length + 1
    const text = WITH_TEXT.has(body.type) ? `text ${seq}` : null
    const said = this.#set.get(origin) ?? 0
    const where = said === 0 && body.type !== 'started' ? {} : { offset: this.#offset }
    const set = said === 0 ? where : { set: said, ...(this.#format < 5 ? {} : where) }
    this.#set.delete(origin)
    // Under earlier rules each server's word counts.
    if (this.#format < 5) this.#set.clear()
    const id = `${run}.${seq}`
    if (this.#format > 2 && (body.type === 'hello' || body.type === 'resume')) this.#members.set(session, id)
    if ('ask' in body && body.ask) this.#asked.push(seq)
    if ('live' in body && body.live) this.#lives.push(seq)
    const written = this.#aimed(body)
    this.entries.push(entryOf({ ...written, id, at: this.#now, ...set, origin, session, n }, seq, text))
  }

  /** At members and questions that there are. */
  #aimed(body: Body): Body {
    if (body.type === 'delete') {
      const members = body.members.map(this.#memberOf)
      return { ...body, members, target: body.target > 45 ? this.#question(body.target) : body.target }
    }
    if (body.type === 'answer' || body.type === 'close') return { ...body, question: this.#question(body.question) }
    if (body.type === 'react') return { ...body, target: this.#question(body.target) }
    if (body.type === 'grow' || body.type === 'finish') {
      return { ...body, target: this.#lives.at(-1 - (body.target % 2)) ?? body.target }
    }
    if ((body.type !== 'say' && body.type !== 'post') || !body.answers) return body
    return { ...body, answers: { ...body.answers, question: this.#question(body.answers.question) } }
  }

  /** Mostly one of the latest, from a number up to 60. */
  #question(number: number): number {
    return number > 55 ? number : (this.#asked.at(-1 - (number % 4)) ?? number)
  }
}

/** An entry of the journal. */
export const entryOf = (input: Input, seq: number, text: string | null = null): Entry => ({
  seq,
  input,
  texts: textsOf(text),
  quarantined: null,
})

/** A journal from its first entry on, of up to some hundred entries. Two of three begin with a later format. */
export const journals: fc.Arbitrary<readonly Entry[]> = written(false)

/** The same, but under format 1 two sessions may share a token. */
export const journalsThatShare: fc.Arbitrary<readonly Entry[]> = written(true)

function written(shares: boolean): fc.Arbitrary<readonly Entry[]> {
  const moves = fc.array(anyMove, { minLength: 1, maxLength: 105, size: 'max' })
  return fc
    .tuple(fc.constantFrom(1, ...FORMATS), fc.subarray([...PEOPLE.keys()]), moves)
    .map(([format, early, later]) => {
      const scribe = new Scribe(shares)
      if (format > 1) scribe.play({ move: 'format', format, after: 0 })
      for (const who of early) scribe.play({ move: 'hello', after: 0, who, name: null, room: LOBBY })
      for (const move of later) scribe.play(move)
      return scribe.entries
    })
}

const WITH_TEXT: ReadonlySet<Body['type']> = new Set(['say', 'tell', 'post', 'grow', 'finish'])
