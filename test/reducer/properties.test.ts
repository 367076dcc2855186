/** Properties of every journal: the reducer's rules in docs/spec.md, each tried on some hundred of them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../src/model/error.ts'
import {
  type DeletedEvent,
  type Event,
  isPublic,
  type ModeratedEvent,
  type RoomEvent,
  type RoutedEvent,
} from '../../src/model/event.ts'
import { type Body, type Entry, HOST_SESSION, type SessionId } from '../../src/model/input.ts'
import {
  CLOCK_AHEAD_MS,
  HOOK_EVENTS_MAX,
  LAPSED_MAX,
  PENDING_MAX,
  ROOMS_MAX,
  ROOMS_PER_MEMBER,
  TOPICS_KEPT_MAX,
} from '../../src/model/limits.ts'
import { LOBBY } from '../../src/model/name/standing.ts'
import { isFor } from '../../src/model/state/hook-event.ts'
import { runOf } from '../../src/model/state/node.ts'
import { initialState, type Lapsed, type State } from '../../src/model/state.ts'
import type { Step, StepEvent } from '../../src/model/step.ts'
import { emptyRoom, type RoomView } from '../../src/model/view.ts'
import { audience } from '../../src/reducer/audience.ts'
import { decide } from '../../src/reducer/decide.ts'
import { nextDue } from '../../src/reducer/due.ts'
import { evolve } from '../../src/reducer/evolve.ts'
import { evolveRoom } from '../../src/reducer/evolve-room.ts'
import { memberOf } from '../../src/reducer/rules/lookup.ts'
import { isFenced, wardenOf } from '../../src/reducer/rules/nodes.ts'
import { step } from '../../src/reducer/step.ts'
import { entryOf, journals, LOOKALIKES, nameOf } from '../helpers/arbitrary-inputs.ts'
import { runs } from '../helpers/seeds.ts'

const check = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void): void =>
  fc.assert(fc.property(arbitrary, property))

/** The steps of a journal from the empty room on. */
function fold(entries: readonly Entry[]): readonly Step[] {
  const steps: Step[] = []
  let state = initialState
  for (const entry of entries) {
    const done = step(state, entry)
    state = done.after
    steps.push(done)
  }
  return steps
}

const finalState = (entries: readonly Entry[]): State => fold(entries).reduce((_, done) => done.after, initialState)

const eventsOf = (done: Step): readonly Event[] => done.events.map(({ event }) => event)
/** A session that is lost or gone may have held one. */
const withoutCursors = (events: readonly Event[]): readonly Event[] =>
  events.filter(({ type }) => type !== 'cursored' && type !== 'turned')
const statesOf = ({ before, events }: Step): readonly State[] => [before, ...events.map(({ after }) => after)]
const stepsOf = (entries: readonly Entry[]) => fold(entries).map((done, k) => ({ done, entry: entries[k] as Entry }))

/** A next input to `state`, from `session`, by its server, which takes part. */
function ask(state: State, session: SessionId, body: Body, n: number | null = null, at = state.at): Step {
  const origin = state.sessions.get(session)?.origin ?? 'east'
  const nodes = state.format < 5 ? state.nodes : state.nodes.set(origin, { run: 'next', since: 0, offset: null })
  return step({ ...state, nodes }, entryOf({ ...body, id: 'next.1', at, origin, session, n }, state.seq + 1))
}

/** All of a state as plain lists in their order; plain objects would lose a member called `__proto__`. */
const plain = ({ rooms, topics, members, sessions, names, tokens, due, lapsed, grants, hooks, ...rest }: State) => ({
  ...rest,
  topics: [...topics],
  rooms: [...rooms].map(([key, room]) => [key, room.room, room.topic, [...room.members]]),
  members: [...members].map(([key, m]) => [key, { ...m, rooms: [...m.rooms], sessions: [...m.sessions] }]),
  sessions: [...sessions],
  names: [...names],
  tokens: [...tokens],
  due: [...due],
  lapsed: [...lapsed],
  grants: [...grants].map(([key, grant]) => [key, { ...grant, posted: [...grant.posted] }]),
  hooks: [...hooks],
})
const image = (state: State): string => JSON.stringify(plain(state))

const byFirst = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

function expectUnchanged(now: State, then: State): void {
  for (const part of [
    'rooms',
    'topics',
    'members',
    'sessions',
    'names',
    'tokens',
    'due',
    'lapsed',
    'grants',
    'hooks',
  ] as const) {
    expect(now[part], part).toBe(then[part])
  }
}

describe('the journals of these tests hold', () => {
  // Those of keeping order are in the days of test/reducer/keeping.
  test('every event of a chat, and every refusal that some people can bring about', () => {
    const events = new Set<Event['type']>()
    const codes = new Set<ErrorCode>()
    for (const entries of fc.sample(journals, 400)) {
      for (const event of fold(entries).flatMap(eventsOf)) {
        events.add(event.type)
        if (event.type === 'rejected') codes.add(event.code)
      }
    }
    expect([...events]).toEqual(
      expect.arrayContaining([
        ...['joined', 'parted', 'quit', 'renamed', 'away', 'topic', 'said', 'told', 'deleted'],
        ...['welcomed', 'resumed', 'returned', 'done', 'rejected', 'repeated', 'detached', 'lapsed', 'ended'],
        ...['granted', 'revoked', 'posted', 'reposted', 'hooked', 'unhooked', 'forwarded', 'formatted', 'rotated'],
        ...['node-started', 'node-ended', 'moderated'],
      ]),
    )
    expect([...codes]).toEqual(
      expect.arrayContaining([
        ...['name-taken', 'not-entered', 'already-entered', 'session-unknown', 'room-unknown', 'not-in-room'],
        ...['member-unknown', 'member-gone', 'host-only', 'number-refused'],
        ...['token-unknown', 'not-granted', 'key-reused', 'grant-unknown', 'hook-unknown'],
        ...['storage', 'role-needed', 'internal'],
      ]),
    )
  })

  test('mostly acts of people who are in', () => {
    const steps = fc.sample(journals).flatMap(entries => fold(entries))
    const refused = steps.filter(done => eventsOf(done).some(event => event.type === 'rejected'))
    const inside = steps.filter(done => done.after.members.size > 1)
    expect(refused.length / steps.length).toBeLessThan(0.5)
    expect(inside.length / steps.length).toBeGreaterThan(0.7)
  })
})

describe('[R1] the same inputs give the same state', () => {
  test('[R1] folded twice, and folded from what JSON keeps of them', () => {
    check(journals, entries => {
      const once = image(finalState(entries))
      expect(image(finalState(entries))).toBe(once)
      expect(image(finalState(JSON.parse(JSON.stringify(entries))))).toBe(once)
    })
  })

  test('[R1] the texts beside the inputs change nothing', () => {
    check(journals, entries => {
      const erased = entries.map(entry => ({ ...entry, texts: {} }))
      expect(fold(erased).flatMap(eventsOf)).toEqual(fold(entries).flatMap(eventsOf))
      expect(image(finalState(erased))).toBe(image(finalState(entries)))
    })
  })

  test('[R1] a step changes neither its input nor any state before it', () => {
    check(journals, entries => {
      const images: string[] = []
      let state = initialState
      const states = entries.map(entry => {
        const given = JSON.stringify(entry)
        images.push(image(state))
        const from = state
        state = step(state, entry).after
        expect(JSON.stringify(entry)).toBe(given)
        return from
      })
      expect(states.map(image)).toEqual(images)
    })
  })
})

describe('[R2] bad input is refused, to the asker alone, and nothing throws', () => {
  test('[R2] an answer goes to the session that asked, and to the number that it gave', () => {
    check(journals, entries => {
      for (const { done, entry } of stepsOf(entries)) {
        for (const { kind, event } of done.events) {
          if (event.type !== 'rejected' && event.type !== 'done' && event.type !== 'repeated') continue
          expect(kind).toBe('session')
          expect(event.session).toBe(entry.input.session)
          const n = isFenced(done.before, entry.input) ? null : entry.input.n
          expect(event.type === 'repeated' ? event.result.n : event.n).toBe(n)
        }
      }
    })
  })

  test('[R2] a refused input changes nothing but what is kept of its number', () => {
    check(journals, entries => {
      for (const done of fold(entries)) {
        if (!eventsOf(done).some(event => event.type === 'rejected')) continue
        // Nobody needs the text of a refused input.
        expect(eventsOf(done).filter(event => event.type !== 'unneeded')).toHaveLength(1)
        const then = done.before
        expectUnchanged({ ...done.after, sessions: then.sessions }, then)
      }
    })
  })

  test('[R2] an input that is folded where it does not belong is decided all the same', () => {
    check(fc.tuple(journals, journals), ([entries, others]) => {
      const state = finalState(entries)
      for (const { input } of others) for (const event of decide(state, input)) evolve(state, event)
    })
  })

  test('[R2] an event that is folded where it does not belong leaves a state', () => {
    check(fc.tuple(journals, journals), ([entries, others]) => {
      const strange = fold(others).flatMap(eventsOf).reduce(evolve, finalState(entries))
      expect(strange.rooms.has(LOBBY)).toBe(true)
    })
  })
})

const SAID_BY_PROGRAMS: ReadonlySet<string> = new Set(['said', 'answered', 'concluded', 'hands'])

describe('[R3] an event reaches the entitled sessions', () => {
  test('[R3] rooms hear only of what people in them do, of the host, and of programs that may write there', () => {
    check(journals, entries => {
      for (const { done, entry } of stepsOf(entries)) {
        for (const one of done.events) {
          const { kind, event } = one
          if (kind !== 'public' || event.type === 'told' || event.type === 'deleted' || event.type === 'held') continue
          if (event.type === 'edited' || event.type === 'reacted' || event.type === 'finished') continue
          // Some acts are for keepers.
          if (event.type === 'moderated' && typeof event.to === 'object') continue
          const to = audience(event)
          if (to.to === 'sessions') expect.fail(`${event.type} is for sessions`)
          const rooms = to.to === 'rooms' ? to.rooms : [to.room]
          const own = ownRooms(one, event, entry)
          expect(own === null ? [] : rooms.filter(room => !own.has(room))).toEqual([])
          if (to.to === 'everyone') expect([entry.input.session, to.room]).toEqual([HOST_SESSION, LOBBY])
        }
      }
    })

    /**
     * The rooms that the event's member is or was in, or may write in; null for the host, and if that is every room.
     */
    function ownRooms(around: StepEvent, event: RoomEvent | ModeratedEvent, entry: Entry): Set<string> | null {
      const { before: then, after: now } = around
      const id = 'member' in event ? event.member : memberOf(then, entry.input)?.id
      // A question whose time is over, one that a keeper of all rooms closes, and the host's hands and answers.
      const isFromOutside = entry.input.session === HOST_SESSION || then.administrators.has(id ?? '')
      if (isFromOutside && ['answered', 'concluded', 'hands'].includes(event.type)) return null
      const grant = then.grants.get(entry.input.session)
      if (grant) {
        expect([SAID_BY_PROGRAMS.has(event.type), grant.write]).toEqual([true, true])
        return grant.room === null ? null : new Set([grant.room])
      }
      if (id === undefined) {
        expect(entry.input.session).toBe(HOST_SESSION)
        return null
      }
      return new Set([...(then.members.get(id)?.rooms ?? []), ...(now.members.get(id)?.rooms ?? [])])
    }
  })

  test('[R3] everybody in the rooms of a member hears that it went, was renamed or is away', () => {
    check(journals, entries => {
      for (const done of fold(entries)) {
        for (const { event, before } of done.events) {
          if (event.type !== 'quit' && event.type !== 'renamed' && event.type !== 'away') continue
          const rooms = before.members.get(event.member)?.rooms.toArray().sort() ?? []
          expect(audience(event)).toMatchObject({ to: 'rooms', rooms })
          if (event.type !== 'quit') expect(audience(event)).toMatchObject({ member: event.member })
        }
      }
    })
  })

  test('[R3] a direct message reaches all sessions of its two parties, and no other', () => {
    check(journals, entries => {
      for (const { done, entry } of stepsOf(entries)) {
        for (const event of eventsOf(done)) {
          if (event.type !== 'told') continue
          const { members } = done.before
          const parties = [
            members.find(member => member.name.text === event.to),
            memberOf(done.before, entry.input),
          ].flatMap(member => member?.sessions.toArray() ?? [])
          expect(audience(event)).toEqual({ to: 'sessions', sessions: event.sessions })
          expect([...event.sessions].sort()).toEqual([...new Set(parties)].sort())
        }
      }
    })
  })

  test('[R3] a tombstone reaches the room in which the message was said, or all sessions of its parties', () => {
    let [inRooms, alone] = [0, 0]
    check(journals, entries => {
      for (const { done, entry } of stepsOf(entries)) {
        for (const event of eventsOf(done)) {
          if (event.type !== 'deleted' || entry.input.type !== 'delete') continue
          const { target, room, members, everyone } = entry.input
          expect(event).toMatchObject({ target, room })
          if (room !== null) {
            expect(audience(event)).toEqual(
              everyone ? { to: 'everyone', room } : { to: 'rooms', rooms: [room], member: null },
            )
            inRooms++
            continue
          }
          const parties = members.flatMap(id => done.before.members.get(id)?.sessions.toArray() ?? [])
          expect(audience(event)).toEqual({ to: 'sessions', sessions: parties.sort() })
          if (parties.length > 0) alone++
        }
      }
    })
    expect(Math.min(inRooms, alone)).toBeGreaterThan(15)
  })

  test('[R3] an event for one session is for the one that asked, or that it happened to', () => {
    check(journals, entries => {
      for (const { done, entry } of stepsOf(entries)) {
        for (const { kind, event, before } of done.events) {
          if (kind === 'public') continue
          if (event.type === 'welcomed') expect(event.session).toBe(entry.input.session)
          if (event.type === 'resumed') {
            expect(event.via).toBe(entry.input.session)
            expect(entry.input).toMatchObject({ token: before.sessions.get(event.session)?.token })
          }
          if (event.type === 'returned') {
            const lapsed = before.lapsed.get(event.session)?.session
            expect([event.via, lapsed?.token]).toEqual([
              entry.input.session,
              'token' in entry.input && entry.input.token,
            ])
          }
          const { sessions, lapsed } = before
          if (event.type === 'lapsed') expect(sessions.has(event.session)).toBe(true)
          if (event.type === 'ended')
            expect(sessions.has(event.session) || (event.code === 'kicked' && lapsed.has(event.session))).toBe(true)
        }
      }
    })
  })
})

describe('[R10] no two sessions share a token', () => {
  test('[R10] also where a hello says one that is known, and where sessions have lapsed', () => {
    let known = 0
    check(journals, entries => {
      for (const { done, entry } of stepsOf(entries)) {
        const { sessions, lapsed } = done.after
        const tokens = [...sessions.values(), ...[...lapsed.values()].map(({ session }) => session)].flatMap(
          ({ token }) => token ?? [],
        )
        expect(new Set(tokens).size).toBe(tokens.length)
        if (entry.input.type === 'hello' && done.before.tokens.has(entry.input.token ?? '')) known++
      }
    })
    expect(known).toBeGreaterThan(20)
  })
})

describe('[R4] a name has one bearer, and so has every name that looks like it', () => {
  test('[R4] no two members or tokens share a key, and the index holds every key of every name and no other', () => {
    check(journals, entries => {
      for (const done of fold(entries)) {
        for (const { members, grants, names } of statesOf(done)) {
          const keys = [...members.values(), ...grants.values()].flatMap(({ id, name }) =>
            name.keys.map(key => [key, id] as const),
          )
          expect(new Set(keys.map(([key]) => key)).size).toBe(keys.length)
          expect([...names].sort(byFirst)).toEqual(keys.sort(byFirst))
        }
      }
    })
  })

  test('[R4] of two who say hello with one name at once, the first enters, if nobody has it', () => {
    const twins = fc
      .constantFrom(...LOOKALIKES)
      .chain(alike => fc.tuple(fc.constantFrom(...alike), fc.constantFrom(...alike)))
    check(fc.tuple(journals, twins), ([entries, [one, other]]) => {
      const state = finalState(entries)
      const taken = [...state.members.values(), ...state.grants.values()].some(({ name }) =>
        collide(name.keys, nameOf(one).keys),
      )
      const first = ask(state, 'new.1', hello(one))
      const second = ask(first.after, 'new.2', hello(other))
      expect(entered(first)).toBe(!taken)
      expect(eventsOf(second)).toMatchObject([{ type: 'rejected', code: 'name-taken', session: 'new.2' }])
    })
  })

  const hello = (name: string): Body => ({
    type: 'hello',
    name: nameOf(name),
    room: LOBBY,
    protocol: 'line',
    token: null,
  })
  const entered = (done: Step): boolean => eventsOf(done).some(event => event.type === 'welcomed')
  const collide = (some: readonly string[], others: readonly string[]) => some.some(key => others.includes(key))
})

describe('[R5] a client that folds its events has the server’s list', () => {
  test('[R5] from the empty lobby on', () => {
    check(journals, entries => {
      let lobby = initialState.rooms.get(LOBBY) as RoomView
      for (const done of fold(entries)) {
        for (const { event } of done.events) {
          const seen = seenIn(LOBBY, event)
          if (seen) lobby = evolveRoom(lobby, seen, done.at)
        }
        expectSame(lobby, done.after.rooms.get(LOBBY))
      }
    })
  })

  test('[R5] and from the room as it was when one joined, in each of its rooms', () => {
    check(journals, entries => {
      const observers = new Map<string, Map<string, RoomView>>()
      for (const done of fold(entries)) {
        for (const { event, after: now } of done.events) {
          if (!isPublic(event)) continue
          for (const [member, views] of observers) observe(member, views, event, done.at)
          if (event.type === 'joined') viewsOf(event.member).set(event.room, now.rooms.get(event.room) as RoomView)
          if (event.type === 'parted') viewsOf(event.member).delete(event.room)
          if (event.type === 'quit') observers.delete(event.member)
        }
        for (const [member, views] of observers) {
          expect([...views.keys()].sort()).toEqual(done.after.members.get(member)?.rooms.toArray().sort())
          for (const [room, view] of views) expectSame(view, done.after.rooms.get(room))
        }
      }

      function viewsOf(member: string): Map<string, RoomView> {
        const views = observers.get(member) ?? new Map<string, RoomView>()
        observers.set(member, views)
        return views
      }
    })

    /** A client folds an event once into each of its rooms, whichever of them brought it. */
    function observe(member: string, views: Map<string, RoomView>, event: RoutedEvent, at: number): void {
      const to = audience(event)
      const rooms = to.to === 'rooms' ? to.rooms : to.to === 'everyone' ? [...views.keys()] : []
      const reaches = rooms.some(room => views.has(room)) || (to.to === 'rooms' && to.member === member)
      const seen = reaches ? publicPart(event) : null
      if (seen) for (const [room, view] of views) views.set(room, evolveRoom(view, seen, at))
    }
  })

  test('[R5] an event that a room does not hear changes nothing in it', () => {
    check(journals, entries => {
      for (const done of fold(entries)) {
        for (const { event, before, after } of done.events) {
          for (const [room, view] of before.rooms) {
            if (!seenIn(room, event)) expect(after.rooms.get(room)).toBe(view)
          }
        }
      }
    })
  })

  function seenIn(room: string, event: Event): RoomEvent | DeletedEvent | ModeratedEvent | null {
    if (!isPublic(event)) return null
    const to = audience(event)
    const rooms = to.to === 'rooms' ? to.rooms : to.to === 'everyone' ? [to.room] : []
    return rooms.includes(room) ? publicPart(event) : null
  }

  /** The part on the wire: without fields that only the server's state needs. */
  function publicPart(event: RoutedEvent): RoomEvent | DeletedEvent | ModeratedEvent | null {
    switch (event.type) {
      case 'joined':
        return { type: 'joined', room: event.room, name: event.name, away: event.away, member: event.member }
      case 'parted':
        return { type: 'parted', room: event.room, name: event.name, reason: event.reason, member: event.member }
      case 'quit':
        return (({ type, name, cause, by, reason, member }) => ({ type, name, cause, by, reason, member }))(event)
      case 'renamed':
        return { type: 'renamed', from: event.from, to: event.to, member: event.member }
      case 'away':
        return { type: 'away', name: event.name, note: event.note, member: event.member }
      case 'topic':
      case 'said':
      case 'pinned':
      case 'hands':
      case 'deleted':
      case 'moderated':
        return event
      case 'pictured':
        return (({ type, name, member, picture }) => ({ type, name, member, picture }))(event)
      default:
        return null
    }
  }

  function expectSame(client: RoomView, server: RoomView | undefined): void {
    expect({ ...client, members: [...client.members].sort(byFirst) }).toEqual(
      server && { ...server, members: [...server.members].sort(byFirst) },
    )
  }
})

describe('[R6] the parts of a state agree, and their bounds hold', () => {
  test('[R6] after every input', () => {
    check(journals, entries => {
      for (const done of fold(entries)) expect(disagreements(done.after)).toEqual([])
    })
  })

  test('[R6] after every event, a member has the sessions that there are, and no other', () => {
    check(journals, entries => {
      for (const done of fold(entries)) {
        for (const { members, sessions } of statesOf(done)) {
          const behind = [...members.values()].flatMap(({ id, sessions: own }) =>
            own.toArray().map(s => [s, id] as const),
          )
          const here = [...sessions.values()].map(({ id, member }) => [id, member] as const)
          expect(behind.sort(byFirst)).toEqual(here.sort(byFirst))
        }
      }
    })
  })

  test('[R6] however many rooms people go to', () => {
    const steps = fc.tuple(fc.nat(1), fc.nat(ROOMS_PER_MEMBER + 8))
    const walks = fc.array(steps, { minLength: 100, maxLength: 200, size: 'max' })
    let refused = 0
    check(fc.tuple(journals, walks), ([entries, walk]) => {
      let state = finalState(entries)
      for (const [who, room] of walk) {
        const session = [...state.sessions.keys()][who] ?? 'nobody'
        const joining = ask(state, session, { type: 'join', room: `room-${room}` })
        if (eventsOf(joining).some(event => event.type === 'rejected' && event.code === 'too-many-rooms')) refused++
        state = joining.after
      }
      expect(disagreements(state)).toEqual([])
    })
    expect(refused).toBeGreaterThan(100)
  })

  test('[R6] a state out of joint is told from one that is not', () => {
    const entries =
      fc.sample(journals, { numRuns: runs(1000) }).find(some => {
        const { due, lapsed, grants, hooks } = finalState(some)
        return due.size > 0 && lapsed.size > 0 && grants.size > 0 && hooks.size > 0
      }) ?? []
    const state = finalState(entries)
    const { rooms, members, sessions, names, tokens, due, lapsed } = state
    for (const broken of [
      { ...state, rooms: rooms.delete(LOBBY) },
      { ...state, rooms: rooms.set('empty', emptyRoom('empty')) },
      { ...state, members: members.rest() },
      { ...state, sessions: sessions.rest() },
      { ...state, tokens: tokens.rest() },
      { ...state, tokens: tokens.set('spare', 'nobody') },
      { ...state, due: due.set('nobody', 0) },
      { ...state, names: names.rest() },
      { ...state, topics: state.topics.set(LOBBY, { topic: { text: 't', by: 'b', at: 0 }, until: 0 }) },
      { ...state, grants: state.grants.clear() },
      { ...state, hooks: state.hooks.mapKeys(hook => hook + 1) },
      { ...state, hooks: state.hooks.map(hook => ({ ...hook, old: { salt: 'salt' } })) },
      { ...state, lapsed: lapsed.clear() },
      { ...state, lapsed: lapsed.concat([['gone', { ...(lapsed.first() as Lapsed), until: 0 }]]) },
    ] as State[]) {
      expect(disagreements(broken)).not.toEqual([])
    }
  })

  function disagreements(state: State): readonly string[] {
    const { rooms, members, sessions, names, tokens, due, lapsed, grants, hooks, hookEvents } = state
    const wrong: string[] = []
    const must = (holds: boolean, what: string) => {
      if (!holds) wrong.push(what)
    }
    must(rooms.has(LOBBY), 'there is a lobby')
    must(rooms.size <= ROOMS_MAX, 'there are not too many rooms')
    for (const [id, session] of sessions) {
      must(session.id === id, `session ${id} is kept under its id`)
      must(members.get(session.member)?.sessions.has(id) === true, `the member of session ${id} knows it`)
      must(session.token === null || tokens.get(session.token) === id, `the token of session ${id} leads to it`)
      must(session.results.list().length <= PENDING_MAX, `session ${id} keeps no more results than it may`)
      must(
        (session.results.list().at(-1)?.n ?? 0) === session.last,
        `the last number of session ${id} is its last result's`,
      )
      must(
        session.results.list().every(({ n, seq }, k, all) => n > (all[k - 1]?.n ?? 0) && seq <= state.seq),
        `the results of session ${id} are in order`,
      )
    }
    for (const [id, { session, rooms: former, until }] of lapsed) {
      must(session.id === id, `lapsed session ${id} is kept under its id`)
      must(!sessions.has(id) && !members.has(session.member), `session ${id}, which has lapsed, is nobody who is here`)
      must(session.token !== null && tokens.get(session.token) === id, `the token of lapsed session ${id} leads to it`)
      must(former.length <= ROOMS_PER_MEMBER, `lapsed session ${id} was in no more rooms than it might`)
      must(until >= (lapsed.first()?.until ?? 0), `no lapsed session is forgotten before ${lapsed.keySeq().first()}`)
    }
    must(lapsed.size <= LAPSED_MAX, 'not too many sessions that have lapsed are kept')
    for (const [token, id] of tokens) {
      const session = sessions.get(id) ?? lapsed.get(id)?.session
      must(session?.token === token, `token ${token} is that of a session`)
    }
    for (const id of due.keys()) {
      must(typeof sessions.get(id)?.token === 'string', `${id}, which is due, is a session that may come back`)
    }
    for (const [id, member] of members) {
      must(member.id === id, `member ${id} is kept under its id`)
      must(member.sessions.size > 0, `member ${id} has a session`)
      must(
        member.sessions.every(session => sessions.get(session)?.member === id),
        `the sessions of ${id} are its own`,
      )
      must(member.rooms.size <= ROOMS_PER_MEMBER, `member ${id} is in no more rooms than it may`)
      must(
        member.name.keys.every(key => names.get(key) === id),
        `the names lead to member ${id}`,
      )
      for (const room of member.rooms) {
        const seen = rooms.get(room)?.members.get(member.name.text)
        must(seen?.name === member.name.text && seen.away === member.away, `room ${room} lists member ${id} as it is`)
      }
    }
    for (const [key, id] of names) {
      must((members.get(id) ?? grants.get(id))?.name.keys.includes(key) === true, `${key} is a key of ${id}`)
    }
    for (const [id, grant] of grants) {
      must(grant.id === id && !members.has(id), `grant ${id} is kept under its id, and is no member`)
      must(
        grant.name.keys.every(key => names.get(key) === id),
        `the names lead to grant ${id}`,
      )
      must(
        grant.posted.every(({ seq }) => seq <= state.seq),
        `what grant ${id} has posted was said already`,
      )
    }
    for (const [id, hook] of hooks) {
      must(hook.id === id && id <= state.seq, `hook ${id} is kept under its number`)
      must(state.ends.has(`hook:${id}`) === (hook.old !== undefined), `the old secret of hook ${id} ends`)
    }
    const owed = hookEvents.map(one => hooks.some(hook => hook.cursor < one.seq && isFor(hook, one)))
    must(owed.first() !== false, 'the first event that is kept for hooks is one that a hook has yet to get')
    must(hookEvents.size <= HOOK_EVENTS_MAX, 'not too many events are kept for hooks')
    must(
      hookEvents.every(({ seq }, k) => seq <= state.seq && (k === 0 || seq >= (hookEvents.get(k - 1)?.seq ?? 0))),
      'events for hooks are in order',
    )
    must(state.topics.size <= TOPICS_KEPT_MAX, 'not too many topics of empty rooms are kept')
    for (const room of state.topics.keys()) must(!rooms.has(room), `room ${room}, whose topic is kept, is empty`)
    for (const [key, view] of rooms) {
      must(view.room === key, `room ${key} is kept under its name`)
      must(view.members.size > 0 || key === LOBBY, `somebody is in room ${key}`)
      for (const [name, { since }] of view.members) {
        const member = members.find(({ name: { text } }) => text === name)
        must(member?.rooms.has(key) === true, `${name}, listed in room ${key}, is in it`)
        must(since <= state.at || state.format > 1, `${name} has joined room ${key} already`)
      }
    }
    return wrong
  }
})

describe('[R7] time', () => {
  test('[R7] never runs backwards under format 1, and is never behind the input', () => {
    let set = 0
    check(journals, entries => {
      let last = 0
      for (const { done, entry } of stepsOf(entries)) {
        for (const { seq, at } of statesOf(done)) expect({ seq, at }).toEqual({ seq: entry.seq, at: done.at })
        if (done.before.format === 1) expect(done.at).toBe(Math.max(last, entry.input.at))
        if (entry.input.at < last) set++
        last = done.at
      }
    })
    expect(set).toBeGreaterThan(100)
  })

  test('[R7] from format 2 on yields to a clock that was corrected, and to none that is a little behind', () => {
    let [yielded, stood] = [0, 0]
    check(journals, entries => {
      let last = 0
      for (const { done, entry } of stepsOf(entries)) {
        const { origin, set = 0, offset } = entry.input
        const node = done.before.nodes.get(origin)
        // An input that reports the setting of its clock isn't late.
        const late =
          offset === undefined && node && node.offset !== null ? (done.before.offset ?? node.offset) - node.offset : 0
        const at = entry.input.at + late
        if (isStranger(done, entry)) expect(done.at).toBe(last)
        else if (done.before.format > 1) {
          expect(done.at).toBeGreaterThanOrEqual(at)
          expect(done.at).toBeLessThanOrEqual(at + CLOCK_AHEAD_MS)
          const isSlow = set === 0 && last - at <= CLOCK_AHEAD_MS
          if (isSlow) expect(done.at).toBe(Math.max(last, at))
          if (isSlow && at < last) stood++
          if (done.at < last) yielded++
        }
        last = done.at
      }
    })
    expect(Math.min(yielded, stood)).toBeGreaterThan(30)
  })

  test('[R7] [R14] servers that share a clock move the time once by what it was set', () => {
    const clocks = fc.array(fc.record({ set: fc.integer({ min: -600_000, max: 600_000 }), first: fc.boolean() }))
    check(clocks, jumps => {
      const nodes = initialState.nodes.merge({ east: NODE, west: NODE })
      const due = initialState.due.set('s', 2_000_000)
      // Time stands still here, so a clock's offset is its time.
      let state: State = { ...initialState, format: 5, at: 1_000_000, offset: 1_000_000, nodes, due }
      const ask = (origin: string, at: number, set: number): void => {
        const said = set === 0 ? {} : { set, offset: at }
        const input = { type: 'away', note: null, id: 'next.1', at, origin, session: 'nobody', n: null } as const
        state = step(state, entryOf({ ...input, ...said }, state.seq + 1)).after
      }
      let now = 1_000_000
      for (const { set, first } of jumps) {
        const [one, other] = first ? ['east', 'west'] : ['west', 'east']
        const left = (state.due.get('s') ?? 0) - state.at
        ask(other, now, 0)
        ask(one, now + set, set)
        // It was on its way when the clock was set.
        ask(other, now, 0)
        ask(other, now + set, set)
        now += set
        expect([state.at, (state.due.get('s') ?? 0) - state.at]).toEqual([now, left])
      }
    })
  })

  const NODE = { run: 'next', since: 0, offset: 1_000_000 }

  /** Whether the server doesn't take part, so it has no time. */
  const isStranger = ({ before }: Step, { input }: Entry): boolean =>
    before.format > 4 &&
    input.type !== 'started' &&
    input.type !== 'format' &&
    before.nodes.get(input.origin)?.run !== runOf(input)
})

describe('[R8] each public event of an input has its place', () => {
  test('[R8] i counts from 0, and the last one says so', () => {
    let several = 0
    check(journals, entries => {
      for (const done of fold(entries)) {
        const places = done.events.filter(one => one.kind === 'public')
        expect(places.map(({ i }) => i)).toEqual(places.map((_, k) => k))
        expect(places.map(({ last }) => last)).toEqual(places.map((_, k) => k === places.length - 1))
        if (places.length > 1) several++
      }
    })
    expect(several).toBeGreaterThan(20)
  })

  test('[R8] every event has the states around it', () => {
    check(journals, entries => {
      for (const done of fold(entries)) {
        const states = statesOf(done)
        for (const [k, { before }] of done.events.entries()) expect(before).toBe(states[k])
        expect(done.after).toBe(states.at(-1))
      }
    })
  })
})

describe('[R14] servers on one journal', () => {
  test('[R14] inputs of a server that does not take part change nothing, and use up no number', () => {
    let [fenced, strangers] = [0, 0]
    check(journals, entries => {
      for (const { done, entry } of stepsOf(entries)) {
        const { before, after, events } = done
        const { origin, session, type, n } = entry.input
        if (before.format < 5 || type === 'started' || type === 'format') continue
        const current = before.nodes.get(origin)
        const home = before.sessions.get(session)?.origin ?? origin
        if (current?.run === runOf(entry.input) && home === origin) continue
        // A text beside it is erased.
        expect(events.map(({ event }) => event).filter(event => event.type !== 'unneeded')).toEqual([
          { type: 'rejected', session, n: null, code: 'storage', detail: '' },
        ])
        const { seq, at, obsolete } = after
        expect(image(after)).toBe(image({ ...before, seq, at, obsolete }))
        fenced += 1
        if (home !== origin && n !== null) strangers += 1
      }
    })
    expect(fenced).toBeGreaterThan(100)
    expect(strangers).toBeGreaterThan(10)
  })

  test('[R14] a session with a connection is at a server that takes part', () => {
    check(journals, entries => {
      for (const { after } of fold(entries)) {
        if (after.format < 5) continue
        for (const { id, origin, token } of after.sessions.values()) {
          // Sessions from before format 5 may be of any server.
          if (!after.nodes.has(origin) && !isOld(entries, id)) expect([token, after.due.has(id)]).toEqual([token, true])
        }
      }
    })
  })

  test('[R14] the warden is the one that has been here the longest, and there is one as long as any server is', () => {
    check(journals, entries => {
      const state = finalState(entries)
      const warden = wardenOf(state)
      expect(warden === null).toBe(state.nodes.size === 0)
      const since = state.nodes.get(warden ?? '')?.since ?? 0
      for (const [node, other] of state.nodes) if (node !== warden) expect(other.since).toBeGreaterThan(since)
    })
  })

  test('[R14] a server that is said to be down loses its sessions, and only once', () => {
    check(journals, entries => {
      const state = finalState(entries)
      for (const [node, { run }] of state.nodes) {
        const other = { ...state, nodes: state.nodes.set('warden', { run: 'next', since: 0, offset: null }) }
        const down = (run: string) => ({ type: 'down', node, run, until: state.at + 1 }) as const
        const say = (from: State, run: string) =>
          step(
            from,
            entryOf({ ...down(run), id: 'next.1', at: state.at, origin: 'warden', session: 'host', n: null }, 1),
          )
        expect(eventsOf(say(other, `${run} before`))).toEqual([])
        const gone = say(other, run)
        expect(withoutCursors(eventsOf(gone)).at(-1)).toEqual({ type: 'node-ended', node, run })
        const left = gone.after.sessions.filter(({ origin }) => origin === node)
        expect(left.every(({ id, token }) => token !== null && gone.after.due.get(id) === gone.at + 1)).toBe(true)
        expect(eventsOf(say(gone.after, run))).toEqual([])
      }
    })
  })

  /** Whether the session began, or went on, before the rules of several servers. */
  function isOld(entries: readonly Entry[], id: SessionId): boolean {
    const first = fold(entries).findIndex(({ after }) => after.format >= 5)
    return finalState(entries.slice(0, first + 1)).sessions.has(id)
  }
})

describe('[D3] a numbered command is performed once', () => {
  test('[D3] a repeated command is answered again, not performed again', () => {
    check(journals, entries => {
      for (const { done, entry } of stepsOf(entries)) {
        const answer = eventsOf(done).at(-1)
        if (answer?.type !== 'done' || !done.after.sessions.has(entry.input.session)) continue
        const input = { ...entry.input, set: 0 }
        const again = step(done.after, { ...entry, input, seq: entry.seq + 1 })
        const asked = answer.question === undefined ? {} : { question: answer.question }
        const result = { n: answer.n, seq: entry.seq, code: null, detail: '', ...asked }
        expect(eventsOf(again)).toEqual([{ type: 'repeated', session: entry.input.session, result }])
        expectUnchanged(again.after, done.after)
      }
    })
  })

  test('[D3] a refusal consumes the number, and is repeated too', () => {
    check(journals, entries => {
      for (const { done, entry } of stepsOf(entries)) {
        const [refusal] = eventsOf(done)
        const session = done.before.sessions.get(entry.input.session)
        if (refusal?.type !== 'rejected' || refusal.n === null || !session || refusal.n <= session.last) continue
        const { n, code, detail } = refusal
        // Under the same number even a possible command is not performed any more.
        const again = ask(done.after, session.id, { type: 'away', note: 'elsewhere' }, n)
        const result = { n, seq: entry.seq, code, detail }
        expect(eventsOf(again)).toEqual([{ type: 'repeated', session: session.id, result }])
        expectUnchanged(again.after, done.after)
      }
    })
  })

  test('[D3] any number up to the last is answered without an effect, any number after it is performed', () => {
    const numbers = fc.array(fc.integer({ min: 1, max: 12 * PENDING_MAX }), { maxLength: 30 })
    const strides = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 * PENDING_MAX, size: 'max' })
    check(fc.tuple(strides, numbers), ([steps, later]) => {
      const hello: Body = { type: 'hello', name: nameOf('Alice'), room: LOBBY, protocol: 'native', token: 'secret' }
      let state = ask(initialState, 'a', hello).after
      const done = new Map<number, number>()
      let last = 0
      for (const stride of steps) {
        last += stride
        const answered = ask(state, 'a', { type: 'say', room: LOBBY, action: false }, last)
        done.set(last, answered.seq)
        expect(eventsOf(answered)).toMatchObject([{ type: 'said' }, { type: 'done', n: last }])
        state = answered.after
      }
      const kept = [...done.keys()].slice(-PENDING_MAX)
      expect(
        state.sessions
          .get('a')
          ?.results.list()
          .map(({ n }) => n),
      ).toEqual(kept)
      for (const n of later) {
        const answered = ask(state, 'a', { type: 'say', room: LOBBY, action: false }, n)
        expect(eventsOf(answered)).toMatchObject(expected(n))
        if (n <= last) expectUnchanged(answered.after, state)
      }

      function expected(n: number): readonly object[] {
        if (n > last) return [{ type: 'said' }, { type: 'done', n }]
        if (kept.includes(n)) return [{ type: 'repeated', result: { n, seq: done.get(n), code: null } }]
        const isForgotten = kept.length === PENDING_MAX && n < (kept[0] ?? 0)
        return [{ type: 'rejected', n, code: isForgotten ? 'number-forgotten' : 'number-refused' }]
      }
    })
  })

  test('[D3] an unnumbered command is performed every time', () => {
    check(journals, entries => {
      for (const { done, entry } of stepsOf(entries)) {
        const { n, session } = entry.input
        if (n !== null) continue
        expect(eventsOf(done).filter(({ type }) => type === 'done' || type === 'repeated')).toEqual([])
        const [then, now] = [done.before.sessions.get(session), done.after.sessions.get(session)]
        if (then && now && entry.input.type !== 'hello') expect(now.results.list()).toEqual(then.results.list())
      }
    })
  })
})

describe('[P1] an absence becomes an exit when it is due', () => {
  test('[P1] nothing is due before the least due time, and is over after it', () => {
    let ended = 0
    check(journals, entries => {
      for (const done of fold(entries)) {
        const state = done.after
        // Sanctions, questions and held messages end by themselves, too.
        if (!state.ends.isEmpty()) continue
        const due = nextDue(state)
        expect(due).toBe(state.due.size === 0 ? null : Math.min(...state.due.values()))
        if (due === null) continue
        if (state.at < due) {
          const early = ask(state, HOST_SESSION, { type: 'tick' }, null, due - 1)
          expect(early.events).toEqual([])
          expectUnchanged(early.after, state)
        }
        const tick = ask(state, HOST_SESSION, { type: 'tick' }, null, Math.max(due, state.at))
        const over = [...state.due].filter(([, until]) => until <= tick.at).map(([session]) => session)
        const events = eventsOf(tick)
        const ends = events.flatMap(event => (event.type === 'lapsed' ? [event.session] : []))
        const quits = events.flatMap(event => (event.type === 'quit' ? [event.member] : []))
        expect(ends.toSorted()).toEqual(over.toSorted())
        expect(quits).toEqual(ends.map(session => state.sessions.get(session)?.member))
        // The turn of a session that is gone passes on.
        const others = withoutCursors(events).filter(
          ({ type }) => type !== 'lapsed' && type !== 'quit' && type !== 'finished',
        )
        expect(others.length === 0).toBe([...state.ends.values()].every(until => until > tick.at))
        expect(ends.filter(session => !tick.after.lapsed.has(session))).toEqual([])
        expect(nextDue(tick.after) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(tick.at)
        ended += over.length
      }
    })
    expect(ended).toBeGreaterThan(1000)
  })

  test('[P1] a session that has gone on from another connection stays when the one before it is lost', () => {
    check(journals, entries => {
      const state = finalState(entries)
      for (const { id, via, token } of state.sessions.values()) {
        const until = state.at + 1
        const stale = ask(state, id, { type: 'lost', via: 'elsewhere', until })
        expect(stale.events).toEqual([])
        expectUnchanged(stale.after, state)
        if (token === null) continue
        const resumed = ask(state, 'elsewhere', { type: 'resume', token, enter: null }).after
        expect(resumed.due.has(id)).toBe(false)
        const late = ask(resumed, id, { type: 'lost', via, until })
        expect(late.events).toEqual([])
        expectUnchanged(late.after, resumed)
        const lost = ask(resumed, id, { type: 'lost', via: 'elsewhere', until })
        expect(withoutCursors(eventsOf(lost))).toEqual([{ type: 'detached', session: id, until }])
      }
    })
  })
})
