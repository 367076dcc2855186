/**
 * Journals of people with accounts: several sessions each, lost and resumed; credentials that are added, used and
 * revoked; invites, renames, removals, and months that pass. Unlike the journals of arbitrary-inputs.ts, each move is
 * chosen by the state so far: most requests are possible. Some are not any more, as when a credential is revoked
 * between the check at ingress and the fold.
 */
import fc from 'fast-check'
import { FORMAT } from '../../src/model/format.ts'
import { type Body, type Entry, HOST_SESSION, type SessionId } from '../../src/model/input.ts'
import { LOBBY } from '../../src/model/name/standing.ts'
import type { Account, CredentialDraft } from '../../src/model/state/account.ts'
import { initialState, type State } from '../../src/model/state.ts'
import type { Step } from '../../src/model/step.ts'
import { step } from '../../src/reducer/step.ts'
import { random } from '../simulation/random.ts'
import { entryOf, LOOKALIKES, nameOf, targetOf } from './arbitrary-inputs.ts'
import { filtersOf, isKeepingMove, KEEPING_MOVES, type KeepingMove, keepingBody, netsOf } from './arbitrary-keeping.ts'

/** How often each move comes. */
const MOVES = {
  guest: 5,
  enter: 10,
  register: 6,
  'register at once': 2,
  'enter after a revocation': 2,
  resume: 6,
  lost: 8,
  quit: 3,
  add: 5,
  withdraw: 4,
  logout: 2,
  rehash: 1,
  push: 5,
  unpush: 1,
  'push-gone': 1,
  'carry-push': 1,
  say: 10,
  tell: 6,
  join: 6,
  part: 2,
  topic: 1,
  nick: 4,
  away: 1,
  read: 8,
  kick: 1,
  'account-add': 2,
  'account-reset': 1,
  'account-rename': 2,
  'account-remove': 2,
  'account-erased': 1,
  invite: 2,
  uninvite: 1,
  'room-remove': 1,
  grant: 1,
  started: 1,
  tick: 4,
} as const

type MoveKind = keyof typeof MOVES | KeepingMove
type Weights = Readonly<Partial<Record<MoveKind, number>>>
type Move = { readonly kind: MoveKind; readonly a: number; readonly b: number; readonly after: number }

const ROOMS = [LOBBY, 'ops', 'tea', 'constructor']
const NAMES = LOOKALIKES.flat()
const DAY_MS = 24 * 60 * 60 * 1000

const anyAfter = fc.oneof(
  { weight: 30, arbitrary: fc.nat(2000) },
  { weight: 3, arbitrary: fc.constantFrom(60_000, 3_600_000) },
  { weight: 3, arbitrary: fc.constantFrom(DAY_MS, 8 * DAY_MS, 31 * DAY_MS, 91 * DAY_MS) },
)
const anyMove = (weights: Weights): fc.Arbitrary<Move> =>
  fc.record({
    kind: fc.oneof(
      ...Object.entries(weights).map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind as MoveKind) })),
    ),
    a: fc.nat(1000),
    b: fc.nat(1000),
    after: anyAfter,
  })

/** The steps of a journal of up to 150 inputs. */
export const accountDays: fc.Arbitrary<readonly Step[]> = days(MOVES).map(({ steps }) => steps)

/** The journals alone. */
export const accountJournals: fc.Arbitrary<readonly Entry[]> = days(MOVES).map(({ entries }) => entries)

/** The same, of keepers and members who try to be, and of the targets of their acts. */
export const keepingDays: fc.Arbitrary<Pick<Scribe, 'steps' | 'entries'>> = days({
  ...MOVES,
  ...KEEPING_MOVES,
  grant: 3,
})

/** One journal of so many moves, always the same. */
export function accountDay(moves: number): readonly Entry[] {
  const chance = random('account day')
  const kinds = Object.entries(MOVES).flatMap(([kind, weight]) => Array<MoveKind>(weight).fill(kind as MoveKind))
  const scribe = new Scribe()
  for (let k = 0; k < moves; k++) {
    const after = chance.chance(0.9) ? chance.below(2000) : chance.pick([60_000, DAY_MS, 8 * DAY_MS, 31 * DAY_MS])
    scribe.play({ kind: chance.pick(kinds), a: chance.below(1000), b: chance.below(1000), after })
  }
  return scribe.entries
}

function days(weights: Weights): fc.Arbitrary<Pick<Scribe, 'steps' | 'entries'>> {
  return fc.array(anyMove(weights), { minLength: 1, maxLength: 150, size: 'max' }).map(moves => {
    const scribe = new Scribe()
    for (const move of moves) scribe.play(move)
    return scribe
  })
}

const pick = <T>(from: readonly T[], at: number): T | undefined => from[at % Math.max(1, from.length)]

class Scribe {
  readonly steps: Step[] = []
  readonly entries: Entry[] = []
  #state: State = initialState
  #now = 1_000_000
  #made = 0
  readonly #tokens: string[] = []

  constructor() {
    this.#write(HOST_SESSION, { type: 'format', format: FORMAT })
    this.#write(HOST_SESSION, { type: 'started', until: this.#now })
  }

  play(move: Move): void {
    this.#now += move.after
    const made = this.#bodyOf(move)
    if (made) this.#write(...made)
  }

  #bodyOf({ kind, a, b }: Move): readonly [SessionId, Body] | null {
    if (isKeepingMove(kind)) return keepingBody(kind, this.#state, { a, b, mark: this.#mark() })
    const { accounts, sessions, invites } = this.#state
    const account = pick([...accounts.values()], a)
    const session = pick([...sessions.keys()], a)
    const name = nameOf(pick(NAMES, b) ?? '')
    const room = pick(ROOMS, b) ?? LOBBY
    const invite = b % 3 === 0 ? pick([...invites.keys()], a) : undefined
    const invited = invite === undefined ? {} : { invite }
    switch (kind) {
      case 'guest':
        return [this.#id(), { ...this.#hello(name, room), ...invited }]
      case 'register at once':
        return [this.#id(), { ...this.#hello(name, room), ...invited, register: this.#draft('password') }]
      case 'enter':
        return account ? this.#enter(account, b, room) : null
      case 'enter after a revocation': {
        const credential = account && pick([...account.credentials.keys()], b)
        const owner = account && pick([...(this.#state.members.get(account.id)?.sessions ?? [])].sort(), b)
        if (!account || credential === undefined || owner === undefined) return null
        this.#write(owner, { type: 'withdraw', credential })
        const how = { id: account.id, credential, room: null }
        return [this.#id(), { ...this.#hello(account.name, room), account: how }]
      }
      case 'register':
        return session ? [session, { type: 'register', credential: this.#draft('password'), ...invited }] : null
      case 'resume':
        return [this.#id(), this.#resume(a, b, room)]
      case 'lost': {
        const via = sessions.get(session ?? '')?.via
        const until = b % 5 === 0 ? null : this.#now + 60_000
        return session && via ? [session, { type: 'lost', via, until }] : null
      }
      case 'add':
        return session ? [session, this.#add(session, b)] : null
      case 'withdraw': {
        const own = accounts.get(sessions.get(session ?? '')?.member ?? '') ?? account
        const credential = b % 9 === 0 ? 'gone' : own && pick([...own.credentials.keys()], b)
        return session && credential ? [session, { type: 'withdraw', credential }] : null
      }
      case 'rehash': {
        const credential = account?.credentials.first()
        return account && credential ? [HOST_SESSION, { type: 'rehash', account: account.id, credential }] : null
      }
      default:
        return this.#ofSession(kind, session, account, a, b)
    }
  }

  #ofSession(
    kind: MoveKind,
    session: SessionId | undefined,
    account: Account | undefined,
    a: number,
    b: number,
  ): readonly [SessionId, Body] | null {
    const name = nameOf(pick(NAMES, b) ?? '')
    const room = pick(ROOMS, b) ?? LOBBY
    const filters = a % 3 === 0 ? filtersOf(this.#state) : []
    const filtered = filters.length === 0 ? {} : { filters }
    const commands: Partial<Record<MoveKind, Body>> = {
      quit: { type: 'quit', reason: b % 2 === 0 ? null : this.#mark(), ...filtered },
      logout: { type: 'logout', everywhere: b % 2 === 0 },
      say: { type: 'say', room, action: false, mentions: account ? [account.id] : [] },
      tell: { type: 'tell', to: { ...targetOf(name.text), ...this.#targetId(b) }, action: false, ...filtered },
      join: { type: 'join', room, ...(a % 4 === 0 ? { key: `hash ${b % 3}` } : {}) },
      part: { type: 'part', room, reason: b % 2 === 0 ? null : this.#mark(), ...filtered },
      topic: { type: 'topic', room, topic: this.#mark(), ...filtered },
      nick: { type: 'nick', name, ...filtered },
      away: { type: 'away', note: b % 2 === 0 ? this.#mark() : null, ...filtered },
      push: { type: 'push', hash: `browser ${b % 20}`, preview: a % 2 === 0 },
      unpush: { type: 'unpush', hash: a % 2 === 0 ? `browser ${b % 20}` : null },
      read: { type: 'read', reads: [{ place: b % 2 === 0 ? { room } : { with: account?.id ?? 'x' }, seq: a }] },
    }
    const command = commands[kind]
    if (command) return session ? [session, command] : null
    const acts: Partial<Record<MoveKind, Body | null>> = {
      kick: { type: 'kick', who: targetOf(name.text), reason: null },
      tick: { type: 'tick' },
      started: { type: 'started', until: this.#now + 60_000 },
      'account-add': { type: 'account-add', name, credential: this.#draft('password') },
      'account-reset': account
        ? { type: 'account-reset', account: account.id, credential: this.#draft('password') }
        : null,
      'account-rename': account ? { type: 'account-rename', account: account.id, name } : null,
      'account-remove': account
        ? { type: 'account-remove', account: account.id, ...(b % 2 === 0 ? { erase: true } : {}) }
        : null,
      'push-gone': { type: 'push-gone', push: pick([...this.#state.pushes.keys()], a) ?? 1 },
      'carry-push': { type: 'carry-push', push: pick([...this.#state.pushes.keys()], a) ?? 1 },
      'account-erased': { type: 'account-erased', account: pick([...this.#state.erasing.keys()], a) ?? 'none' },
      invite: { type: 'invite', ...this.#invite(a, b) },
      uninvite: { type: 'uninvite', invite: pick([...this.#state.invites.keys()], a) ?? 'none' },
      'room-remove': { type: 'room-remove', room },
      grant: { type: 'grant', grant: this.#id(), name, secret: `s${a}`, room: null, read: true, write: true },
    }
    const act = acts[kind]
    return act ? [HOST_SESSION, act] : null
  }

  #targetId(b: number): { readonly id?: string } {
    const known = [...this.#state.accounts.keys(), ...this.#state.members.keys(), 'i1', 'nobody']
    const id = b % 2 === 0 ? pick(known, b) : undefined
    return id === undefined ? {} : { id }
  }

  #invite(a: number, b: number) {
    const uses = 1 + (a % 3)
    return { invite: this.#id(), hash: `hash ${a}`, room: null, uses, until: this.#now + (1 + (b % 7)) * DAY_MS }
  }

  #hello(name: ReturnType<typeof nameOf>, room: string) {
    const token = `hash ${this.#made + 1}`
    this.#tokens.push(token)
    return { type: 'hello', name, room, protocol: 'native', token, ...this.#found(this.#made * 7) } as const
  }

  #enter(account: Account, b: number, room: string): readonly [SessionId, Body] {
    const credential = pick([...account.credentials.keys()], b) ?? 'none'
    const how = { id: account.id, credential, room: b % 4 === 0 ? room : null }
    if (b % 5 === 0) {
      return [this.#id(), { type: 'hello', name: account.name, room, protocol: 'line', token: null, account: how }]
    }
    return [this.#id(), { ...this.#hello(account.name, room), account: how }]
  }

  #resume(a: number, b: number, room: string): Body {
    const token = pick(this.#tokens, a) ?? 'no such token'
    const name = nameOf(pick(NAMES, b) ?? '')
    const { nets, filters } = this.#found(a)
    const named = { name, room, protocol: 'native', ...(nets && { nets }), ...(filters && { filters }) } as const
    return { type: 'resume', token, enter: b % 2 === 0 ? null : named, ...(nets && { nets }) }
  }

  #add(session: SessionId, b: number): Body {
    const kind = pick(['password', 'key', 'kept'] as const, b) ?? 'key'
    const account = this.#state.accounts.get(this.#state.sessions.get(session)?.member ?? '')
    const before = account?.credentials.find(({ proof }) => proof.kind === 'password')
    const replaces = kind === 'password' && before && b % 7 !== 0 ? { replaces: before.id } : {}
    return { type: 'credential', add: this.#draft(kind), ...replaces }
  }

  #draft(kind: 'password' | 'key' | 'kept'): CredentialDraft {
    const id = `c${++this.#made}`
    const proof = kind === 'key' ? { kind, key: `key ${id}` } : { kind, hash: `hash ${id}` }
    return { id, label: `Label-${id}`, proof }
  }

  #id = (): string => `x${++this.#made}`

  /** A text that no other input has. */
  #mark = (): string => `mark-${this.#state.seq + 1}-`

  /** The networks of its address, and the filters that match its name, at ingress. */
  #found(at: number) {
    const [nets, filters] = [netsOf(this.#state, at), at % 5 === 0 ? filtersOf(this.#state) : []]
    return { ...(nets.length === 0 || at % 2 === 0 ? {} : { nets }), ...(filters.length === 0 ? {} : { filters }) }
  }

  #write(session: SessionId, body: Body): void {
    const seq = this.#state.seq + 1
    const entry: Entry = entryOf({ ...body, id: `i${seq}`, at: this.#now, origin: 'east', session, n: null }, seq)
    const done = step(this.#state, entry)
    this.steps.push(done)
    this.entries.push(entry)
    this.#state = done.after
  }
}
