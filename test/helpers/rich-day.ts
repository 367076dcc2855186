/**
 * A day in a chat room, from the first hello to the last goodbye, with everything that can happen in between. It goes
 * through the real server in virtual time, so its inputs are those that ingress makes. A seed decides each person's
 * acts, and two runs give the same journal. A new kind of input gets a row in DEEDS.
 */
import { memoryJournal } from '../../src/journal/memory.ts'
import type { Entry } from '../../src/model/input.ts'
import { PENDING_MAX, ROOMS_PER_MEMBER } from '../../src/model/limits.ts'
import type { Journal } from '../../src/port/journal.ts'
import { classic, line, native, object } from './actors.ts'
import { entriesIn } from './recorded.ts'
import { seededEntropy } from './seeded-entropy.ts'
import { POISON, troubledJournal } from './troubled-journal.ts'
import { virtualClock } from './virtual-clock.ts'
import { createWorld, type Wire, type World } from './world.ts'

const NAMES = [
  ...['Alice', 'ALICE', 'AIice', 'bob', 'b0b', 'Ian', 'lan', 'Mary', 'rnary', '田中', 'Zoë', 'O_o', 'ci', 'logs'],
  ...['__proto__', 'dora', 'emil', 'frida', 'gustav', 'hanna', 'Страж', 'مريم', '이순신', 'x'.repeat(32)],
] as const
const ROOMS = ['lobby', 'ops', 'tea', 'rxjs', '__proto__', 'küche'] as const
const WORDS = [
  'hello everybody',
  'who is there?',
  'deploy done',
  'good morning 🌞',
  '/slash',
  '  blanks  ',
  '你好',
  'x'.repeat(400),
]

const PEOPLE = 14
const TURNS = 1500
const RESTARTS = 3
const START = Date.UTC(2026, 4, 4, 6)

export const EPOCH = 'rich-day'

/** The journal of the day, from its first input on. */
export async function richDay(seed = 20_260_504): Promise<readonly Entry[]> {
  const chance = generator(seed)
  // A stopping server closes its journal; this one stays open for the next start.
  const kept: Journal = { ...memoryJournal(EPOCH), close: async () => {} }
  let now = START
  for (let run = 0; run <= RESTARTS; run++) {
    const clock = virtualClock(now)
    const world = await createWorld(
      { rate: null },
      troubledJournal(kept),
      { entropy: seededEntropy(`run${run}-`) },
      clock,
    )
    await clock.settle()
    const day = new Day(world, chance)
    for (let turn = 0; turn < TURNS / (RESTARTS + 1); turn++) await day.turn()
    if (run === 1) await day.rarities()
    if (run === 2) await day.programs()
    await world.close()
    now = clock.now() + chance.below(90_000)
  }
  return entriesIn(kept)
}

type Chance = {
  /** A whole number from 0 to below `most`. */
  readonly below: (most: number) => number
  readonly of: <T>(values: readonly T[]) => T
}

/** The mulberry32 generator: the same numbers for the same seed, on every machine. */
function generator(seed: number): Chance {
  let state = seed
  const below = (most: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * most)
  }
  return { below, of: values => values[below(values.length)] as never }
}

type Person = {
  readonly protocol: 'native' | 'line' | 'classic'
  name: string
  wire: Wire | null
  token: unknown
  n: number
}

/** How often each kind of action comes. */
const DEEDS: readonly (readonly [weight: number, (day: Day, who: Person) => Promise<void>])[] = [
  [30, (day, who) => day.ask(who, { type: 'say', text: day.word(), room: day.room() })],
  [8, (day, who) => day.ask(who, { type: 'say', text: day.word() })],
  [3, (day, who) => day.ask(who, { type: 'say', text: 'waves', action: true })],
  [8, (day, who) => day.ask(who, { type: 'tell', to: day.name(), text: day.word() })],
  [14, (day, who) => day.ask(who, { type: 'join', room: day.room() })],
  [6, (day, who) => day.ask(who, { type: 'part', room: day.room(), reason: day.chance.of(['', 'tea', 'meeting']) })],
  [4, (day, who) => day.ask(who, { type: 'topic', room: day.room(), topic: day.chance.of(['', 'Release at four']) })],
  [6, (day, who) => day.ask(who, { type: 'nick', name: day.name() })],
  [5, (day, who) => day.ask(who, { type: 'away', note: day.chance.of([null, 'lunch', 'tea', 'asleep']) })],
  [2, (day, who) => day.ask(who, { type: 'kick', name: day.name() })],
  [2, (day, who) => day.ask(who, { type: 'bye', reason: day.chance.of(['', 'good night']) })],
  [4, (day, who) => day.ask(who, { type: 'delete', room: day.room() })],
  [4, (day, who) => day.repeat(who)],
  [6, (day, who) => day.vanish(who)],
  [2, day => day.kick()],
  [2, day => day.hostSays()],
  [3, day => day.pause()],
]

class Day {
  readonly chance: Chance
  readonly #world: World
  readonly #people: readonly Person[]

  constructor(world: World, chance: Chance) {
    this.#world = world
    this.chance = chance
    this.#people = Array.from({ length: PEOPLE }, (_, index) => ({
      protocol: index % 5 === 3 ? 'line' : index % 5 === 4 ? 'classic' : 'native',
      name: NAMES[index] as string,
      wire: null,
      token: null,
      n: 0,
    }))
  }

  name = (): string => (this.chance.below(12) === 0 ? 'nobody' : this.chance.of(NAMES))
  room = (): string => this.chance.of(ROOMS)
  word = (): string => this.chance.of(WORDS)

  async turn(): Promise<void> {
    const who = this.chance.of(this.#people)
    if (!who.wire || who.wire.closed()) await this.#arrive(who)
    let draw = this.chance.below(DEEDS.reduce((sum, [weight]) => sum + weight, 0))
    const effect = DEEDS.find(([weight]) => {
      draw -= weight
      return draw < 0
    })
    await effect?.[1](this, who)
    await this.#world.clock.advance(this.chance.below(2000))
    await this.#pong()
  }

  async #arrive(who: Person): Promise<void> {
    if (this.chance.below(3) === 0) who.name = this.name()
    if (who.protocol === 'line') who.wire = await line(this.#world, who.name)
    else if (who.protocol === 'classic') who.wire = await classic(this.#world, who.name)
    else if (who.token !== null && this.chance.below(4) > 0) {
      who.wire = this.#world.dial()
      const name = this.chance.below(3) === 0 ? { name: who.name, room: this.room() } : {}
      await who.wire.send(object({ type: 'hello', token: who.token, cursor: 0, epoch: EPOCH, ...name }))
      if (who.wire.objects().some(({ type, resumed }) => type === 'welcome' && resumed === false)) who.n = 0
      if (who.wire.closed()) who.token = null
    } else {
      who.wire = await native(this.#world, who.name, { room: this.room() })
      who.token = who.wire.objects().find(({ type }) => type === 'welcome')?.['token'] ?? null
      who.n = 0
    }
  }

  /** As a line of JSON; in the other protocols as the text that means the same. */
  async ask(who: Person, command: Record<string, unknown>): Promise<void> {
    if (who.protocol !== 'native') return who.wire?.send(slash(command))
    const numbered = this.chance.below(3) > 0
    if (numbered) who.n += 1
    await who.wire?.send(object({ ...command, ...(numbered ? { n: who.n } : {}) }))
  }

  /** Repeats a number that was used before: the last one, or an earlier one. */
  async repeat(who: Person): Promise<void> {
    if (who.protocol !== 'native' || who.n === 0) return
    const n = Math.max(1, who.n - this.chance.of([0, 0, 1, 5]))
    await who.wire?.send(object({ type: 'say', text: 'again', n }))
  }

  async vanish(who: Person): Promise<void> {
    who.wire?.peer.vanish()
    who.wire = null
    await this.#world.clock.settle()
  }

  async kick(): Promise<void> {
    this.#world.server.host({ type: 'kick', name: this.name(), reason: this.chance.of([null, 'spam']) })
    await this.#world.clock.settle()
  }

  async hostSays(): Promise<void> {
    this.#world.server.host({ type: 'say', room: this.room(), text: 'Lunch is ready', action: false })
    await this.#world.clock.settle()
  }

  /** Long enough for lost sessions to lapse. */
  async pause(): Promise<void> {
    for (let spent = 0; spent < 75_000; spent += 5000) {
      await this.#world.clock.advance(5000)
      await this.#pong()
    }
  }

  /**
   * Events that would rarely happen by chance: numbers long forgotten or refused, too many rooms, and an input that is
   * quarantined.
   */
  async rarities(): Promise<void> {
    const wire = await native(this.#world, 'mallory')
    const ask = (command: object): Promise<void> => wire.send(object(command))
    for (let n = 1; n <= PENDING_MAX + 2; n++) await ask({ type: 'say', text: n === PENDING_MAX ? '' : 'on and on', n })
    for (const n of [1, PENDING_MAX, PENDING_MAX + 2]) await ask({ type: 'say', text: 'again', n })
    for (let room = 0; room < ROOMS_PER_MEMBER; room++) await ask({ type: 'join', room: `room${room}` })
    await ask({ type: 'say', text: POISON })
    await ask({ type: 'bye', reason: 'enough' })
  }

  /** Tokens that the host gives to programs, posts of programs, and webhooks, which send nothing here. */
  async programs(): Promise<void> {
    const { clock, server } = this.#world
    const tokens: string[] = []
    const add = async (name: string, room: string | null): Promise<void> => {
      server.grants.add({ name, room, read: true, write: true }, token => tokens.push(token))
      await clock.settle()
    }
    await add('deployer', null)
    await add('dep1oyer', null)
    await add('watcher', 'ops')
    const [deployer, watcher] = tokens.map(token => server.api.grantOf(token))
    if (!deployer || !watcher) throw new Error('the day has no programs')
    server.hooks.add('https://hooks.example/', { room: null }, () => {})
    const say = async (grant: typeof deployer, room: string, text: string, key: string | null): Promise<void> => {
      const answer = server.api.post(grant, { room, text, action: false, key })
      await clock.settle()
      await answer
    }
    await say(deployer, 'lobby', 'deploy done', 'build 1')
    await say(deployer, 'lobby', 'deploy done', 'build 1')
    await say(deployer, 'lobby', 'another', 'build 1')
    await say(deployer, 'empty', 'nobody hears this', null)
    await say(watcher, 'lobby', 'not my room', null)
    const [{ id = 0 } = {}] = server.hooks.list()
    server.hooks.resume(id, () => {})
    await clock.settle()
    for (const hook of [id, 0]) server.hooks.remove(hook, () => {})
    for (const name of ['watcher', 'nobody']) server.grants.revoke(name, () => {})
    await clock.settle()
    await say(watcher, 'ops', 'too late', null)
  }

  async #pong(): Promise<void> {
    for (const { protocol, wire } of this.#people) {
      if (protocol === 'native' && wire && !wire.closed()) await wire.send(object({ type: 'pong' }))
    }
  }
}

function slash(command: Record<string, unknown>): string {
  const { type, text = '', room = '', name = '', to = '', topic = '', note, reason = '' } = command
  const said: Readonly<Record<string, string>> = {
    say: `${text}`.trim(),
    tell: `/msg ${to} ${text}`,
    join: `/join ${room}`,
    part: `/part ${room} ${reason}`,
    topic: `/topic ${topic}`,
    nick: `/nick ${name}`,
    away: note === null ? '/back' : `/away ${note}`,
    kick: `/kick ${name}`,
    bye: '/quit',
    delete: '/delete',
  }
  return `${said[`${type}`]}\n`
}
