/** The events of each input, by example: rights, the view of others, and refusals. */
import { Set as ISet } from 'immutable'
import { describe, expect, test } from 'vitest'
import { type Event, isPublic } from '../../src/model/event.ts'
import { FORMAT } from '../../src/model/format.ts'
import { type Body, type Enter, HOST_SESSION, type SessionId } from '../../src/model/input.ts'
import {
  LAPSED_MAX,
  LAPSED_MS,
  PENDING_MAX,
  ROOMS_MAX,
  ROOMS_PER_MEMBER,
  TOPIC_KEPT_MS,
  TOPICS_KEPT_MAX,
} from '../../src/model/limits.ts'
import { LOBBY } from '../../src/model/name/standing.ts'
import { initialState, type State } from '../../src/model/state.ts'
import { audience } from '../../src/reducer/audience.ts'
import { isBeyond } from '../../src/reducer/format.ts'
import { wardenOf } from '../../src/reducer/rules/nodes.ts'
import { step } from '../../src/reducer/step.ts'
import { entryOf, nameOf, targetOf } from '../helpers/arbitrary-inputs.ts'

type How = { readonly n?: number; readonly at?: number; readonly origin?: string; readonly run?: string }

/** A room to which things happen one after another. */
class Chat {
  state: State = initialState

  /** The events of an input. */
  ask(session: SessionId, body: Body, { n, at, origin, run }: How = {}): readonly Event[] {
    const seq = this.state.seq + 1
    const stamp = {
      id: run === undefined ? `i${seq}` : `${run}.${seq}`,
      at: at ?? this.state.at,
      origin: origin ?? 'here',
      session,
      n: n ?? null,
    }
    const done = step(this.state, entryOf({ ...body, ...stamp }, seq))
    this.state = done.after
    return done.events.map(({ event }) => event)
  }

  hello(session: SessionId, name: string, room = LOBBY, how: How = {}): readonly Event[] {
    const token = `token of ${session}`
    return this.ask(session, { type: 'hello', name: nameOf(name), room, protocol: 'native', token }, how)
  }

  /** Somebody whose protocol knows no resume. */
  person(session: SessionId, name: string, how: How = {}): readonly Event[] {
    return this.ask(session, { type: 'hello', name: nameOf(name), room: LOBBY, protocol: 'line', token: null }, how)
  }

  host = (body: Body): readonly Event[] => this.ask(HOST_SESSION, body)

  names = (room = LOBBY): readonly string[] => [...(this.state.rooms.get(room)?.members.keys() ?? [])].sort()
}

/** Alice and Bob in the lobby, as sessions `a` and `b`. */
function chat(): Chat {
  const chat = new Chat()
  chat.hello('a', 'Alice')
  chat.hello('b', 'Bob')
  return chat
}

const say = (room = LOBBY): Body => ({ type: 'say', room, action: false })
const tell = (to: string): Body => ({ type: 'tell', to: targetOf(to), action: false })
const join = (room: string): Body => ({ type: 'join', room })
const part = (room: string, reason: string | null = null): Body => ({ type: 'part', room, reason })
const nick = (name: string): Body => ({ type: 'nick', name: nameOf(name) })
const away = (note: string | null): Body => ({ type: 'away', note })
const topic = (text: string, room = LOBBY): Body => ({ type: 'topic', room, topic: text })
const kick = (name: string, reason: string | null = null): Body => ({ type: 'kick', who: targetOf(name), reason })
const quit = (reason: string | null = null): Body => ({ type: 'quit', reason })
const resume = (token: string, enter: Enter | null = null): Body => ({ type: 'resume', token, enter })
const lost = (via: SessionId, until: number | null): Body => ({ type: 'lost', via, until })
const started = (until: number): Extract<Body, { type: 'started' }> => ({ type: 'started', until })
const tick: Body = { type: 'tick' }

const rejected = (session: SessionId, code: string, detail = '', n: number | null = null) => [
  { type: 'rejected', session, n, code, detail },
]

describe('hello', () => {
  test('a new name enters, and the room sees it', () => {
    const room = new Chat()
    expect(room.hello('a', 'Alice')).toEqual([
      {
        type: 'welcomed',
        session: 'a',
        member: 'a',
        name: nameOf('Alice'),
        origin: 'here',
        protocol: 'native',
        token: 'token of a',
      },
      { type: 'joined', room: LOBBY, name: 'Alice', away: null, member: 'a' },
    ])
    expect(room.names()).toEqual(['Alice'])
  })

  test('into a room of its own, which is made', () => {
    const room = chat()
    room.hello('c', 'Carol', 'ops')
    expect(room.names('ops')).toEqual(['Carol'])
    expect(room.names()).toEqual(['Alice', 'Bob'])
  })

  test('the name of somebody here is taken', () => {
    const room = chat()
    expect(room.hello('c', 'Alice')).toMatchObject(rejected('c', 'name-taken', 'somebody here'))
    expect(room.state.sessions.has('c')).toBe(false)
    expect(chat2().hello('c', 'Alice')).toMatchObject([{ holder: 'a' }])
  })

  test.each(['alice', 'AIice', '\u0410lice'])('so is %s, which reads like Alice', name => {
    expect(chat().hello('c', name)).toMatchObject(rejected('c', 'name-taken', `Alice, which reads like ${name}`))
  })

  test.each(['Ian', 'ian', 'lan'])('a guest that goes as Ian leaves the name to %s', name => {
    const room = chat()
    room.hello('c', 'Ian')
    expect(room.hello('d', name)).toMatchObject([{ type: 'rejected', code: 'name-taken' }])
    room.ask('c', quit())
    expect(room.hello('d', name)).toMatchObject([{ type: 'welcomed' }, { type: 'joined', name }])
  })

  test.each(['Ian', 'ian', 'lan'])('so does a guest that takes another name than Ian, to %s', name => {
    const room = chat()
    room.hello('c', 'Ian')
    room.ask('c', nick('Carol'))
    expect(room.hello('d', name)).toMatchObject([{ type: 'welcomed' }, { type: 'joined', name }])
  })

  test('a member that is in already does not enter again', () => {
    expect(chat().hello('a', 'Carol')).toEqual(rejected('a', 'already-entered'))
  })

  test('into no room more than a server may have', () => {
    const room = crowded()
    expect(room.hello('z', 'Zoe', 'one-more')).toEqual(rejected('z', 'rooms-full', `${ROOMS_MAX}`))
    expect(room.hello('z', 'Zoe')).toMatchObject([{ type: 'welcomed' }, { type: 'joined' }])
  })
})

describe('before hello', () => {
  test.each([
    say(),
    tell('Alice'),
    join('ops'),
    part(LOBBY),
    topic('tea'),
    nick('Carol'),
    away('lunch'),
    kick('Alice'),
    quit(),
  ])('nobody may $type', body => {
    expect(chat().ask('c', body, { n: 1 })).toEqual(rejected('c', 'not-entered', '', 1))
  })
})

describe('say', () => {
  test('the room hears it', () => {
    const [said] = chat().ask('a', say())
    expect(said).toEqual({ type: 'said', room: LOBBY, from: 'Alice', action: false, everyone: false, author: 'a' })
    expect(said && isPublic(said) && audience(said)).toEqual({ to: 'rooms', rooms: [LOBBY], member: null })
  })

  test('an action is said as such', () => {
    expect(chat().ask('a', { type: 'say', room: LOBBY, action: true })).toMatchObject([{ type: 'said', action: true }])
  })

  test('not into a room that one is not in, nor into none', () => {
    const room = chat()
    room.ask('b', join('ops'))
    expect(room.ask('a', say('ops'))).toEqual(rejected('a', 'not-in-room', 'ops'))
    expect(room.ask('a', say('tea'))).toEqual(rejected('a', 'room-unknown', 'tea'))
  })

  test('the host speaks to everyone in the lobby, and to any room', () => {
    const room = chat()
    room.ask('b', join('ops'))
    const reached = [LOBBY, 'ops'].flatMap(name => room.host(say(name)).filter(isPublic).map(audience))
    expect(reached).toEqual([
      { to: 'everyone', room: LOBBY },
      { to: 'rooms', rooms: ['ops'], member: null },
    ])
    expect(room.host(say())).toMatchObject([{ type: 'said', from: 'Host' }])
    expect(room.host(say('tea'))).toEqual(rejected(HOST_SESSION, 'room-unknown', 'tea'))
  })
})

describe('tell', () => {
  test('both parties hear it, and nobody else', () => {
    const room = chat()
    room.hello('c', 'Carol')
    expect(room.ask('a', tell('bob'))).toEqual([
      { type: 'told', from: 'Alice', to: 'Bob', action: false, sessions: ['a', 'b'], author: 'a', other: 'b' },
    ])
  })

  test('from the host, one does', () => {
    expect(chat().host(tell('Bob'))).toMatchObject([{ type: 'told', from: 'Host', to: 'Bob', sessions: ['b'] }])
  })

  test('to oneself, it is heard once', () => {
    expect(chat().ask('a', tell('ALICE'))).toMatchObject([{ to: 'Alice', sessions: ['a'] }])
  })

  test('there must be somebody', () => {
    expect(chat().ask('a', tell('Zoe'))).toEqual(rejected('a', 'member-unknown', 'Zoe'))
    expect(chat().ask('a', tell('Host'))).toEqual(rejected('a', 'member-unknown', 'Host'))
  })
})

describe('join and part', () => {
  test('the first member to join makes a room, and it is gone with the last one', () => {
    const room = chat()
    expect(room.ask('a', join('ops'))).toEqual([
      { type: 'joined', room: 'ops', name: 'Alice', away: null, member: 'a' },
    ])
    expect(room.names('ops')).toEqual(['Alice'])
    expect(room.ask('a', part('ops', 'tea'))).toEqual([
      { type: 'parted', room: 'ops', name: 'Alice', reason: 'tea', member: 'a' },
    ])
    expect(room.state.rooms.has('ops')).toBe(false)
  })

  test('the lobby is there even when nobody is in it', () => {
    const room = chat()
    room.ask('a', part(LOBBY))
    room.ask('b', part(LOBBY))
    expect(room.names()).toEqual([])
    expect(room.ask('a', join(LOBBY))).toMatchObject([{ type: 'joined' }])
  })

  test('a member that is in it joins again without an event', () => {
    expect(chat().ask('a', join(LOBBY))).toEqual([])
    expect(chat().ask('a', join(LOBBY), { n: 1 })).toEqual([{ type: 'done', session: 'a', n: 1 }])
  })

  test('a member that joins is seen to be away', () => {
    const room = chat()
    room.ask('a', away('lunch'))
    expect(room.ask('a', join('ops'))).toMatchObject([{ type: 'joined', away: 'lunch' }])
    expect(room.state.rooms.get('ops')?.members.get('Alice')).toMatchObject({ away: 'lunch' })
  })

  test('nobody parts a room without being in it', () => {
    expect(chat().ask('a', part('ops'))).toEqual(rejected('a', 'not-in-room', 'ops'))
  })

  test('the host is in no room', () => {
    expect(chat().host(join('ops'))).toEqual(rejected(HOST_SESSION, 'not-entered'))
    expect(chat().host(part(LOBBY))).toEqual(rejected(HOST_SESSION, 'not-in-room', LOBBY))
  })

  test('one may be in so many rooms', () => {
    const room = chat()
    for (let k = 1; k < ROOMS_PER_MEMBER; k++) expect(room.ask('a', join(`r${k}`))).toHaveLength(1)
    expect(room.ask('a', join('ops'))).toEqual(rejected('a', 'too-many-rooms', `${ROOMS_PER_MEMBER}`))
    room.ask('a', part(LOBBY))
    expect(room.ask('a', join('ops'))).toMatchObject([{ type: 'joined' }])
  })

  test('a server may have so many rooms', () => {
    const room = crowded()
    const [name] = [...room.state.rooms.keys()].filter(name => name !== LOBBY)
    room.hello('z', 'Zoe')
    expect(room.ask('z', join('one-more'))).toEqual(rejected('z', 'rooms-full', `${ROOMS_MAX}`))
    expect(room.ask('z', join(name ?? ''))).toMatchObject([{ type: 'joined', room: name }])
  })
})

describe('topic', () => {
  test('it is of the room, with its author and its time', () => {
    const room = chat()
    expect(room.ask('a', topic('tea'), { at: 5000 })).toEqual([
      { type: 'topic', room: LOBBY, topic: 'tea', by: 'Alice' },
    ])
    expect(room.state.rooms.get(LOBBY)?.topic).toEqual({ text: 'tea', by: 'Alice', at: 5000 })
    room.host(topic(''))
    expect(room.state.rooms.get(LOBBY)?.topic).toBeNull()
  })

  test('only members of the room set it, or the host', () => {
    const room = chat()
    room.ask('b', join('ops'))
    expect(room.ask('a', topic('tea', 'ops'))).toEqual(rejected('a', 'not-in-room', 'ops'))
    expect(room.ask('a', topic('tea', 'nowhere'))).toEqual(rejected('a', 'room-unknown', 'nowhere'))
    expect(room.host(topic('tea', 'ops'))).toMatchObject([{ type: 'topic', by: 'Host' }])
  })
})

describe('nick', () => {
  test('all rooms of the member see it', () => {
    const room = chat()
    room.ask('a', join('ops'))
    const [renamed] = room.ask('a', nick('Carol'))
    expect(renamed).toMatchObject({ type: 'renamed', from: 'Alice', to: 'Carol', rooms: [LOBBY, 'ops'] })
    expect([room.names(), room.names('ops')]).toEqual([['Bob', 'Carol'], ['Carol']])
  })

  test('the member is in the room since it joined, and still away', () => {
    const room = chat()
    room.ask('a', away('lunch'))
    room.ask('a', nick('Carol'), { at: 5000 })
    expect(room.state.rooms.get(LOBBY)?.members.get('Carol')).toEqual({
      ...{ id: 'a', name: 'Carol', since: 0, away: 'lunch' },
    })
  })

  test('a member that is in no room is told, too', () => {
    const room = chat()
    room.ask('a', part(LOBBY))
    expect(room.ask('a', nick('Carol')).filter(isPublic).map(audience)).toEqual([
      { to: 'rooms', rooms: [], member: 'a' },
    ])
  })

  test('to what one is called already, without an event', () => {
    expect(chat().ask('a', nick('Alice'))).toEqual([])
  })

  test('to a name that reads like its own', () => {
    const room = chat()
    expect(room.ask('a', nick('ALICE'))).toMatchObject([{ type: 'renamed', to: 'ALICE' }])
    expect(room.ask('a', nick('\u0410lice'))).toMatchObject([{ type: 'renamed', to: '\u0410lice' }])
    expect(room.ask('b', tell('alice'))).toMatchObject([{ type: 'told', to: '\u0410lice' }])
  })

  test('not to a name that somebody else has, or one that reads like it', () => {
    expect(chat().ask('a', nick('Bob'))).toMatchObject(rejected('a', 'name-taken', 'somebody here'))
    expect(chat().ask('a', nick('b0b'))).toMatchObject(rejected('a', 'name-taken', 'Bob, which reads like b0b'))
  })

  test('the host is called Host', () => {
    expect(chat().host(nick('Carol'))).toEqual(rejected(HOST_SESSION, 'not-entered'))
  })
})

describe('away', () => {
  test('all rooms of the member see it, once', () => {
    const room = chat()
    room.ask('a', join('ops'))
    expect(room.ask('a', away('lunch'))).toEqual([
      { type: 'away', name: 'Alice', note: 'lunch', member: 'a', rooms: [LOBBY, 'ops'] },
    ])
    expect(room.state.rooms.get('ops')?.members.get('Alice')).toMatchObject({ away: 'lunch' })
    expect(room.ask('a', away('lunch'))).toEqual([])
    expect(room.ask('a', away(null))).toMatchObject([{ type: 'away', note: null }])
    expect(room.ask('a', away(null))).toEqual([])
  })

  test('the host is not', () => {
    expect(chat().host(away('lunch'))).toEqual(rejected(HOST_SESSION, 'not-entered'))
  })
})

describe('kick', () => {
  test('the host forces somebody off, for a reason', () => {
    const room = chat()
    expect(room.host(kick('bob', 'spam'))).toEqual([
      { type: 'ended', session: 'b', code: 'kicked', detail: 'Host: spam' },
      { type: 'quit', name: 'Bob', cause: 'kicked', by: 'Host', reason: 'spam', member: 'b', rooms: [LOBBY] },
    ])
    expect(room.names()).toEqual(['Alice'])
    expect(room.ask('b', say())).toEqual(rejected('b', 'not-entered'))
    expect(room.ask('c', resume('token of b'))).toEqual(rejected('c', 'session-unknown'))
  })

  test('or for none', () => {
    expect(chat().host(kick('Bob'))).toMatchObject([
      { type: 'ended', detail: 'Host' },
      { type: 'quit', reason: null },
    ])
  })

  test('even somebody whose link is lost', () => {
    const room = chat()
    room.ask('b', lost('b', 5000))
    room.host(kick('Bob'))
    expect(room.state.due.size).toBe(0)
  })

  test('nobody else does', () => {
    const room = chat()
    expect(room.ask('a', kick('Bob'))).toEqual(rejected('a', 'host-only'))
    expect(room.names()).toEqual(['Alice', 'Bob'])
  })

  test('there must be somebody', () => {
    expect(chat().host(kick('Zoe'))).toEqual(rejected(HOST_SESSION, 'member-unknown', 'Zoe'))
  })
})

describe('quit', () => {
  test('the member goes from all its rooms, and its number is answered', () => {
    const room = chat()
    room.ask('a', join('ops'))
    expect(room.ask('a', quit('tea'), { n: 1 })).toEqual([
      { type: 'ended', session: 'a', code: 'bye', detail: '' },
      { type: 'quit', name: 'Alice', cause: 'quit', by: null, reason: 'tea', member: 'a', rooms: [LOBBY, 'ops'] },
      { type: 'done', session: 'a', n: 1 },
    ])
    expect([...room.state.rooms.keys()]).toEqual([LOBBY])
    expect(room.ask('a', quit())).toEqual(rejected('a', 'not-entered'))
  })

  test('the host stays', () => {
    expect(chat().host(quit())).toEqual(rejected(HOST_SESSION, 'not-entered'))
  })
})

describe('lost, tick and resume', () => {
  test('a member that may come back is missed only when the grace is over', () => {
    const room = chat()
    expect(room.ask('a', lost('a', 5000), { at: 1000 })).toEqual([{ type: 'detached', session: 'a', until: 5000 }])
    expect(room.host(tick)).toEqual([])
    expect(room.names()).toEqual(['Alice', 'Bob'])
    expect(room.ask(HOST_SESSION, tick, { at: 4999 })).toEqual([])
    expect(room.ask(HOST_SESSION, tick, { at: 5000 })).toEqual([
      { type: 'lapsed', session: 'a', until: 5000 + LAPSED_MS },
      { type: 'quit', name: 'Alice', cause: 'lost', by: null, reason: null, member: 'a', rooms: [LOBBY] },
    ])
  })

  test('several go in the order in which they are due', () => {
    const room = chat()
    room.hello('c', 'Carol')
    room.ask('a', lost('a', 3000))
    room.ask('c', lost('c', 2000))
    room.ask('b', lost('b', 2000))
    const gone = room.ask(HOST_SESSION, tick, { at: 9000 })
    expect(gone.flatMap(event => (event.type === 'quit' ? [event.name] : []))).toEqual(['Bob', 'Carol', 'Alice'])
  })

  test('a member that cannot come back exits at once', () => {
    const room = chat()
    room.person('c', 'Carol')
    expect(room.ask('c', lost('c', null))).toMatchObject([{ type: 'ended' }, { type: 'quit', cause: 'lost' }])
    room.person('d', 'Dave')
    expect(room.ask('d', lost('d', 5000))).toMatchObject([{ type: 'ended' }, { type: 'quit', cause: 'lost' }])
  })

  test('with its token a session goes on, and is missed no more', () => {
    const room = chat()
    room.ask('a', lost('a', 5000))
    expect(room.ask('a2', resume('token of a'), { origin: 'there' })).toEqual([
      { type: 'resumed', session: 'a', via: 'a2', origin: 'there' },
    ])
    expect(room.state.sessions.get('a')).toMatchObject({ via: 'a2', origin: 'there' })
    expect(room.ask(HOST_SESSION, tick, { at: 9000 })).toEqual([])
    expect(room.ask('a', say())).toMatchObject([{ from: 'Alice' }])
  })

  test('the newer connection takes the session; the end of the older one is nothing', () => {
    const room = chat()
    room.ask('a2', resume('token of a'))
    expect(room.ask('a', lost('a', 5000))).toEqual([])
    expect(room.state.due.size).toBe(0)
    expect(room.ask('a', lost('a2', 5000))).toEqual([{ type: 'detached', session: 'a', until: 5000 }])
  })

  test('a token that nobody has, or whose session is over, resumes nothing', () => {
    const room = chat()
    expect(room.ask('c', resume('token of c'))).toEqual(rejected('c', 'session-unknown'))
    room.ask('a', quit())
    expect(room.ask('c', resume('token of a'))).toEqual(rejected('c', 'session-unknown'))
  })

  test('a session that never entered is not lost', () => {
    expect(chat().ask('c', lost('c', 5000))).toEqual([])
  })
})

/** Alice's session has lapsed at 5000, out of these rooms. */
function withoutAlice(...rooms: readonly string[]): Chat {
  const room = chat()
  for (const one of rooms) room.ask('a', join(one))
  room.ask('a', lost('a', 5000))
  room.ask(HOST_SESSION, tick, { at: 5000 })
  return room
}

const asAlice = { name: nameOf('Alice'), room: 'tea', protocol: 'native' } as const
const returned = (name: string) => ({
  ...{ type: 'returned', session: 'a', via: 'a2', origin: 'here' },
  name: nameOf(name),
})
const joined = (room: string, name: string, member: string) => ({ type: 'joined', room, name, away: null, member })

describe('a lapsed session', () => {
  test('comes back as the member that it was, into its rooms [D3] [D7]', () => {
    const room = withoutAlice('ops', 'empty')
    room.ask('b', join('ops'))
    expect(room.ask('a2', resume('token of a'))).toEqual([
      returned('Alice'),
      ...['empty', LOBBY, 'ops'].map(one => joined(one, 'Alice', 'a')),
    ])
    expect(room.names('ops')).toEqual(['Alice', 'Bob'])
    expect(room.state.sessions.get('a')).toMatchObject({ member: 'a', via: 'a2' })
    expect(room.state.lapsed.size).toBe(0)
    expect(room.ask('a', lost('a2', 9000))).toMatchObject([{ type: 'detached' }])
  })

  test('comes back under the name that it gives, if it gives one [D7]', () => {
    const room = withoutAlice()
    room.hello('c', 'alice')
    expect(room.ask('a2', resume('token of a'))).toMatchObject(
      rejected('a2', 'name-taken', 'alice, which reads like Alice'),
    )
    expect(room.ask('a2', resume('token of a', asAlice))).toMatchObject([{ code: 'name-taken' }])
    expect(room.ask('a2', resume('token of a', { ...asAlice, name: nameOf('Alicia') }))).toEqual([
      returned('Alicia'),
      joined(LOBBY, 'Alicia', 'a'),
    ])
  })

  test('that was in no room is in none [D7]', () => {
    const room = chat()
    room.ask('a', part(LOBBY))
    room.ask('a', lost('a', 5000))
    room.ask(HOST_SESSION, tick, { at: 5000 })
    expect(room.ask('a2', resume('token of a', asAlice))).toEqual([returned('Alice')])
  })

  test('makes no rooms beyond the most that there may be [D7]', () => {
    const room = withoutAlice('r1', 'r2')
    for (let k = 0; k < ROOMS_MAX - 2; k++) {
      if (k % 30 === 0) room.hello(`maker ${k}`, `maker-${k}`)
      room.ask(`maker ${k - (k % 30)}`, join(`made-${k}`))
    }
    expect(room.state.rooms.size).toBe(ROOMS_MAX - 1)
    expect(room.ask('a2', resume('token of a'))).toEqual([
      returned('Alice'),
      joined(LOBBY, 'Alice', 'a'),
      joined('r1', 'Alice', 'a'),
    ])
  })

  test('keeps its last number and its results [D3]', () => {
    const room = chat()
    room.ask('a', say(), { n: 1 })
    room.ask('a', nick('Bob'), { n: 2 })
    room.ask('a', lost('a', 5000))
    room.ask(HOST_SESSION, tick, { at: 5000 })
    room.ask('a2', resume('token of a'))
    expect(room.ask('a', say(), { n: 1 })).toMatchObject([{ type: 'repeated', result: { n: 1, code: null } }])
    expect(room.ask('a', say(), { n: 2 })).toMatchObject([{ type: 'repeated', result: { n: 2, code: 'name-taken' } }])
    expect(room.ask('a', say(), { n: 3 })).toMatchObject([{ type: 'said' }, { type: 'done', n: 3 }])
  })

  test('is known for a while, and then its token is that of a stranger [D7]', () => {
    const last = withoutAlice()
    expect(last.ask('a2', resume('token of a'), { at: 4999 + LAPSED_MS })).toMatchObject([{ type: 'returned' }, {}])
    const room = withoutAlice()
    expect(room.ask('a2', resume('token of a'), { at: 5000 + LAPSED_MS })).toEqual(rejected('a2', 'session-unknown'))
    expect(room.ask('a2', resume('token of a', asAlice))).toMatchObject([
      { type: 'welcomed', session: 'a2', member: 'a2', token: 'token of a' },
      { type: 'joined', room: 'tea' },
    ])
    expect([room.state.lapsed.size, room.state.tokens.get('token of a')]).toEqual([0, 'a2'])
  })

  test('is forgotten when its time is over and another lapses', () => {
    const room = withoutAlice()
    room.ask('b', lost('b', 6000))
    room.ask(HOST_SESSION, tick, { at: 5000 + LAPSED_MS })
    expect([...room.state.lapsed.keys()]).toEqual(['b'])
    expect(room.state.tokens.has('token of a')).toBe(false)
  })

  test('is forgotten when so many have lapsed after it', () => {
    const room = withoutAlice()
    for (let k = 0; k < LAPSED_MAX; k++) {
      room.hello(`s${k}`, `name-${k}`)
      room.ask(`s${k}`, lost(`s${k}`, null))
      if (k === LAPSED_MAX - 2) expect([room.state.lapsed.size, room.state.lapsed.has('a')]).toEqual([LAPSED_MAX, true])
    }
    expect([room.state.lapsed.size, room.state.lapsed.has('a')]).toEqual([LAPSED_MAX, false])
    expect(room.state.tokens.size).toBe(LAPSED_MAX + 1)
    expect(room.ask('a2', resume('token of a'))).toEqual(rejected('a2', 'session-unknown'))
  })

  test('is none after a goodbye, a kick, or without a token', () => {
    const room = chat()
    room.person('c', 'Carol')
    room.ask('c', lost('c', null))
    room.ask('a', quit())
    room.ask('b', lost('b', 5000))
    room.host(kick('Bob'))
    expect([room.state.lapsed.size, room.state.tokens.size]).toEqual([0, 0])
    expect(room.ask('b2', resume('token of b'))).toEqual(rejected('b2', 'session-unknown'))
  })

  test('is nobody that one could kick, or speak to', () => {
    const room = withoutAlice()
    expect(room.host(kick('Alice'))).toEqual(rejected(HOST_SESSION, 'member-unknown', 'Alice'))
    expect(room.ask('b', tell('Alice'))).toEqual(rejected('b', 'member-unknown', 'Alice'))
  })
})

describe('a token with a name', () => {
  test('that nobody knows is that of a new session [D7]', () => {
    const room = chat()
    const asCarol = { name: nameOf('Carol'), room: 'ops', protocol: 'native' } as const
    expect(room.ask('c', resume('made by carol', asCarol))).toEqual([
      {
        ...{ type: 'welcomed', session: 'c', member: 'c', name: nameOf('Carol'), origin: 'here' },
        ...{ protocol: 'native', token: 'made by carol' },
      },
      joined('ops', 'Carol', 'c'),
    ])
    expect(room.ask('c2', resume('made by carol', asCarol))).toMatchObject([{ type: 'resumed', session: 'c' }])
    expect(room.ask('d', resume('made by dave', asCarol))).toMatchObject([{ code: 'name-taken' }])
  })

  test('goes on with a session that is there, with any name', () => {
    expect(chat().ask('a2', resume('token of a', { ...asAlice, name: nameOf('Bob') }))).toMatchObject([
      { type: 'resumed', session: 'a', via: 'a2' },
    ])
  })

  test('of a journal from before sessions lapsed means what it meant then [X1]', () => {
    const old: Body = { type: 'resume', token: 'token of a' }
    expect(withoutAlice().ask('a2', old)).toEqual(rejected('a2', 'session-unknown'))
    expect(chat().ask('a2', old)).toMatchObject([{ type: 'resumed' }])
  })
})

describe('started', () => {
  test('the sessions of that server have no connection now; those of others go on [J8]', () => {
    const room = chat()
    room.person('c', 'Carol')
    room.hello('d', 'Dave', LOBBY, { origin: 'there' })
    room.person('e', 'Erin', { origin: 'there' })
    expect(room.ask(HOST_SESSION, started(7000))).toEqual([
      { type: 'detached', session: 'a', until: 7000 },
      { type: 'detached', session: 'b', until: 7000 },
      { type: 'ended', session: 'c', code: 'timeout', detail: '' },
      { type: 'quit', name: 'Carol', cause: 'lost', by: null, reason: null, member: 'c', rooms: [LOBBY] },
    ])
    expect(room.names()).toEqual(['Alice', 'Bob', 'Dave', 'Erin'])
  })

  test('the grace of sessions lost before it is counted from now [J8]', () => {
    const room = chat()
    room.ask('a', lost('a', 5000))
    room.ask(HOST_SESSION, started(7000))
    expect(room.state.due.get('a')).toBe(7000)
  })

  test('a session that went on at another server belongs to that one', () => {
    const room = chat()
    room.ask('a2', resume('token of a'), { origin: 'there' })
    expect(room.ask(HOST_SESSION, started(7000))).toMatchObject([{ type: 'detached', session: 'b' }])
  })
})

describe('servers on one journal [R14]', () => {
  const EAST = { origin: 'east', run: 'e1' }
  const WEST = { origin: 'west', run: 'w1' }
  const down = (node: string, run: string): Body => ({ type: 'down', node, run, until: 7000 })
  const refused = (session: SessionId) => rejected(session, 'storage')

  /** Mr.Blue at the server `east`, 李 at `west`. */
  function two(): Chat {
    const room = new Chat()
    room.host({ type: 'format', format: 5 })
    room.ask(HOST_SESSION, started(7000), EAST)
    room.ask(HOST_SESSION, started(7000), WEST)
    room.hello('a', 'Mr.Blue', LOBBY, EAST)
    room.hello('b', '李', LOBBY, WEST)
    return room
  }

  test('one takes part from its start on', () => {
    const room = new Chat()
    room.host({ type: 'format', format: 5 })
    expect(room.hello('a', 'Mr.Blue', LOBBY, EAST)).toEqual(refused('a'))
    expect(room.ask(HOST_SESSION, started(7000), EAST)).toEqual([{ type: 'node-started', node: 'east', run: 'e1' }])
    expect(room.hello('a', 'Mr.Blue', LOBBY, EAST)).toMatchObject([{ type: 'welcomed' }, { type: 'joined' }])
  })

  test('when one is down, its sessions are detached, and what it still writes is refused', () => {
    const room = two()
    expect(room.ask(HOST_SESSION, down('west', 'w1'), EAST)).toEqual([
      { type: 'detached', session: 'b', until: 7000 },
      { type: 'node-ended', node: 'west', run: 'w1' },
    ])
    expect(room.ask('b', say(), { ...WEST, n: 1 })).toEqual(refused('b'))
    expect(room.hello('c', 'a|b', LOBBY, WEST)).toEqual(refused('c'))
    expect(room.names()).toEqual(['Mr.Blue', '李'])
    expect(room.state.sessions.get('b')?.last).toBe(0)
  })

  test('inputs of a run before the current one are refused, and so is a report of its end', () => {
    const room = two()
    room.ask(HOST_SESSION, started(7000), { origin: 'west', run: 'w2' })
    expect(room.ask(HOST_SESSION, tick, WEST)).toEqual(refused(HOST_SESSION))
    expect(room.ask(HOST_SESSION, down('west', 'w1'), EAST)).toEqual([])
    expect(room.state.nodes.has('west')).toBe(true)
  })

  test('a session is at the server that it came to last, and there its number is used', () => {
    const room = two()
    expect(room.ask('b2', resume('token of b'), EAST)).toMatchObject([{ type: 'resumed', origin: 'east' }])
    expect(room.ask('b', say(), { ...WEST, n: 1 })).toEqual(refused('b'))
    expect(room.ask('b', say(), { ...EAST, n: 1 })).toMatchObject([{ type: 'said' }, { type: 'done', n: 1 }])
    expect(room.ask('b', lost('b', 5000), WEST)).toEqual(refused('b'))
    room.ask(HOST_SESSION, down('west', 'w1'), EAST)
    expect(room.state.due.has('b')).toBe(false)
  })

  test('one that stops says so, and leaves its sessions to the others', () => {
    const room = two()
    room.person('c', 'Spider-Man', WEST)
    expect(room.ask(HOST_SESSION, { type: 'stopped', until: 7000 }, WEST)).toMatchObject([
      { type: 'detached', session: 'b' },
      { type: 'ended', session: 'c' },
      { type: 'quit', name: 'Spider-Man' },
      { type: 'node-ended', node: 'west' },
    ])
    expect(wardenOf(room.state)).toBe('east')
  })

  test('the first to start when there is none counts the grace of all anew, since nobody could come back [J8]', () => {
    const room = two()
    room.ask(HOST_SESSION, { type: 'stopped', until: 7000 }, WEST)
    room.ask(HOST_SESSION, { type: 'stopped', until: 7000 }, EAST)
    expect(room.ask(HOST_SESSION, started(90_000), WEST)).toEqual([
      { type: 'detached', session: 'a', until: 90_000 },
      { type: 'detached', session: 'b', until: 90_000 },
      { type: 'node-started', node: 'west', run: 'w1' },
    ])
    expect(room.ask(HOST_SESSION, started(95_000), EAST)).toMatchObject([{ session: 'a' }, { node: 'east' }])
  })

  test('the warden is the one that has been here the longest', () => {
    const room = two()
    expect(wardenOf(room.state)).toBe('east')
    room.ask(HOST_SESSION, started(7000), { origin: 'east', run: 'e2' })
    expect(wardenOf(room.state)).toBe('west')
    expect(wardenOf(new Chat().state)).toBeNull()
  })

  test('from format 6 on a server says where clients reach it, and what its program reads', () => {
    const says = { ...started(0), address: 'chat.example:7000', reads: 7 }
    const known = (format: number) => {
      const room = new Chat()
      room.host({ type: 'format', format })
      room.ask(HOST_SESSION, says, { origin: '李', run: 'r' })
      return room.state.nodes.get('李')
    }
    expect(known(5)).toEqual({ run: 'r', since: 2, offset: null })
    expect(known(6)).toEqual({ run: 'r', since: 2, offset: null, address: 'chat.example:7000', reads: 7 })
  })

  test('from format 6 on the rules change only when all servers that take part read the new ones [R9]', () => {
    const room = new Chat()
    room.host({ type: 'format', format: 6 })
    room.ask(HOST_SESSION, { ...started(0), reads: 7 }, { origin: '李', run: 'r' })
    room.ask(HOST_SESSION, started(0), { origin: 'a|b', run: 's' })
    expect(room.host({ type: 'format', format: 7 })).toEqual([])
    room.ask(HOST_SESSION, { type: 'stopped', until: 0 }, { origin: 'a|b', run: 's' })
    expect(room.host({ type: 'format', format: 8 })).toEqual([])
    expect(room.host({ type: 'format', format: 7 })).toEqual([{ type: 'formatted', format: 7 }])
  })
})

describe('numbers', () => {
  test('[D3] a repeated command is answered again, not performed again', () => {
    const room = chat()
    const [, done] = room.ask('a', say(), { n: 1 })
    expect(done).toEqual({ type: 'done', session: 'a', n: 1 })
    const result = { n: 1, seq: room.state.seq, code: null, detail: '' }
    expect(room.ask('a', say(), { n: 1 })).toEqual([{ type: 'repeated', session: 'a', result }])
  })

  test('[D3] after a resume too, from any connection', () => {
    const room = chat()
    room.ask('a', say(), { n: 1 })
    room.ask('a', lost('a', 5000))
    room.ask('a2', resume('token of a'))
    expect(room.ask('a', say(), { n: 1 })).toMatchObject([{ type: 'repeated', result: { n: 1 } }])
    expect(room.ask('a', say(), { n: 2 })).toMatchObject([{ type: 'said' }, { type: 'done', n: 2 }])
  })

  test('[D3] a refusal consumes its number', () => {
    const room = chat()
    expect(room.ask('a', say('ops'), { n: 1 })).toEqual(rejected('a', 'room-unknown', 'ops', 1))
    const result = { n: 1, seq: room.state.seq, code: 'room-unknown', detail: 'ops' }
    room.ask('a', join('ops'))
    expect(room.ask('a', say('ops'), { n: 1 })).toEqual([{ type: 'repeated', session: 'a', result }])
  })

  test('[D3] a number that was passed over was refused when it came', () => {
    const room = chat()
    room.ask('a', say(), { n: 1 })
    room.ask('a', say(), { n: 3 })
    expect(room.ask('a', say(), { n: 2 })).toEqual(rejected('a', 'number-refused', '', 2))
  })

  test('[D3] a first number that was passed over was refused too, as long as all results are kept', () => {
    const room = chat()
    room.ask('a', say(), { n: 2 })
    expect(room.ask('a', say(), { n: 1 })).toEqual(rejected('a', 'number-refused', '', 1))
  })

  test('[D3] a result is forgotten when as many others are kept', () => {
    const room = chat()
    for (let n = 1; n <= PENDING_MAX + 1; n++) room.ask('a', say(), { n })
    expect(room.state.sessions.get('a')?.results.list()).toHaveLength(PENDING_MAX)
    expect(room.ask('a', say(), { n: 1 })).toEqual(rejected('a', 'number-forgotten', '', 1))
    expect(room.ask('a', say(), { n: 2 })).toMatchObject([{ type: 'repeated', result: { n: 2 } }])
  })

  test('[D3] everybody has numbers of their own', () => {
    const room = chat()
    room.ask('a', say(), { n: 1 })
    expect(room.ask('b', say(), { n: 1 })).toMatchObject([{ type: 'said', from: 'Bob' }, { type: 'done' }])
  })
})

describe('an input of a type that only a newer rxchat knows', () => {
  const newer = { type: 'of tomorrow', room: LOBBY } as never as Body

  test('[R2] is refused to the session that asked, and changes nothing', () => {
    const room = chat()
    const before = room.state
    expect(room.ask('a', newer)).toEqual([{ type: 'rejected', session: 'a', n: null, code: 'internal', detail: '' }])
    expect(room.host(newer)).toMatchObject([{ type: 'rejected', session: HOST_SESSION, code: 'internal' }])
    expect(room.ask('nobody', newer)).toMatchObject([{ type: 'rejected', session: 'nobody', code: 'not-entered' }])
    expect({ ...room.state, seq: 0 }).toEqual({ ...before, seq: 0 })
  })

  test('[D3] uses up its number, and a repeat is answered again', () => {
    const room = chat()
    room.ask('a', newer, { n: 1 })
    expect(room.ask('a', say(), { n: 1 })).toMatchObject([{ type: 'repeated', result: { n: 1, code: 'internal' } }])
    expect(room.ask('a', say(), { n: 2 })).toMatchObject([{ type: 'said' }, { type: 'done', n: 2 }])
  })
})

/** A server with all the rooms that it may have. */
function crowded(): Chat {
  const room = new Chat()
  for (let k = 0; room.state.rooms.size < ROOMS_MAX; k++) {
    const who = Math.floor(k / (ROOMS_PER_MEMBER - 1))
    if (!room.state.sessions.has(`m${who}`)) room.hello(`m${who}`, `member${who}`)
    room.ask(`m${who}`, join(`room${k}`))
  }
  return room
}

/** Alice and Bob under the rules of format 2. */
function chat2(): Chat {
  const chat = new Chat()
  chat.host({ type: 'format', format: 2 })
  chat.hello('a', 'Alice')
  chat.hello('b', 'Bob')
  return chat
}

describe('[R9] the rules have a version, which an input raises', () => {
  test('[R9] none lowers it, and none is needed twice', () => {
    const room = new Chat()
    expect(room.state.format).toBe(1)
    expect(room.host({ type: 'format', format: 2 })).toEqual([{ type: 'formatted', format: 2 }])
    expect(room.host({ type: 'format', format: 2 })).toEqual([])
    expect(room.host({ type: 'format', format: 1 })).toEqual([])
    expect(room.state.format).toBe(2)
  })

  test('[R9] a format that this program does not know is beyond it', () => {
    const begun = (format: number) => step(initialState, entryOf({ ...STAMP, type: 'format', format }, 1))
    const formats = [0, 1, FORMAT, FORMAT + 1, Number.NaN]
    expect(formats.map(format => isBeyond(begun(format)))).toEqual([false, false, false, true, false])
  })

  test('[R9] [R14] a format that a server does not read is refused, so it is beyond nobody', () => {
    const room = new Chat()
    room.host({ type: 'format', format: FORMAT })
    room.host({ type: 'started', until: 0, reads: FORMAT })
    const done = step(room.state, entryOf({ ...STAMP, type: 'format', format: FORMAT + 1 }, 3))
    expect([done.events, isBeyond(done)]).toEqual([[], false])
  })
})

describe('[R10] a hello with a token that is known goes on as that session', () => {
  const again = (chat: Chat, session: string, name = 'Alice') =>
    chat.ask(session, { type: 'hello', name: nameOf(name), room: LOBBY, protocol: 'native', token: 'token of a' })

  test('[R10] while it is there, attached or not, under the name that it has', () => {
    const room = chat2()
    expect(again(room, 'a2')).toEqual([{ type: 'resumed', session: 'a', via: 'a2', origin: 'here' }])
    room.ask('a', lost('a2', 60_000))
    expect(again(room, 'a3', 'Carol')).toEqual([{ type: 'resumed', session: 'a', via: 'a3', origin: 'here' }])
    expect(room.names()).toEqual(['Alice', 'Bob'])
  })

  test('[R10] [D7] as one that comes back when it has lapsed', () => {
    const room = chat2()
    room.ask('a', lost('a', 1))
    room.ask(HOST_SESSION, { type: 'tick' }, { at: 1 })
    expect(again(room, 'a2', 'Carol')).toMatchObject([
      { type: 'returned', session: 'a', via: 'a2', name: nameOf('Carol') },
      { type: 'joined', member: 'a', name: 'Carol' },
    ])
  })

  test('[R10] anew when its week is over, and the token is the new one’s', () => {
    const room = chat2()
    room.ask('a', lost('a', 1))
    room.ask(HOST_SESSION, { type: 'tick' }, { at: 1 })
    room.ask(HOST_SESSION, { type: 'tick' }, { at: 1 + LAPSED_MS })
    expect(again(room, 'a2')).toMatchObject([{ type: 'welcomed', session: 'a2', member: 'a2' }, { type: 'joined' }])
    expect([room.state.lapsed.size, room.state.tokens.get('token of a')]).toEqual([0, 'a2'])
  })

  test('[R9] under format 1 it is a further session of somebody else, as it was', () => {
    expect(again(chat(), 'a2', 'Carol')).toMatchObject([{ type: 'welcomed', session: 'a2' }, { type: 'joined' }])
  })
})

describe('[R13] a member has an id of its own', () => {
  const memberAfter = (format: number): readonly [string, State] => {
    const room = new Chat()
    if (format > 1) room.ask(HOST_SESSION, { type: 'format', format })
    room.hello('s', 'Spider-Man')
    return [room.state.sessions.get('s')?.member ?? '', room.state]
  }

  test.each([
    [1, 's'],
    [2, 's'],
    [3, 'i2'],
  ])('under format %i it is %s', (format, id) => {
    const [member, state] = memberAfter(format)
    expect(member).toBe(id)
    expect(state.members.get(id)).toMatchObject({ id, sessions: ISet(['s']) })
    expect([...(state.rooms.get(LOBBY)?.members.values() ?? [])]).toMatchObject([{ id }])
  })

  test('which a late return, a rename and what it says keep', () => {
    const room = new Chat()
    room.ask(HOST_SESSION, { type: 'format', format: 3 })
    room.hello('s', 'Spider-Man')
    room.ask('s', lost('s', 1))
    room.ask(HOST_SESSION, { type: 'tick' }, { at: 1 })
    const back = room.ask('s2', { type: 'resume', token: 'token of s', enter: null })
    expect(back).toMatchObject([
      { type: 'returned', session: 's' },
      { type: 'joined', member: 'i2' },
    ])
    expect(room.ask('s', { type: 'nick', name: nameOf('Mr.Blue') })).toMatchObject([{ type: 'renamed', member: 'i2' }])
    expect(room.ask('s', { type: 'say', room: LOBBY, action: false })).toMatchObject([{ type: 'said', author: 'i2' }])
  })
})

describe('[D7] a kick reaches lapsed sessions', () => {
  const lapse = (room: Chat): Chat => {
    room.ask('a', lost('a', 1))
    room.ask(HOST_SESSION, { type: 'tick' }, { at: 1 })
    return room
  }

  test('[D7] their token opens nothing any more', () => {
    const room = lapse(chat2())
    expect(room.host(kick('ALICE'))).toEqual([{ type: 'ended', session: 'a', code: 'kicked', detail: 'Host' }])
    expect(room.ask('a2', resume('token of a'))).toMatchObject([{ type: 'rejected', code: 'session-unknown' }])
    expect([room.state.lapsed.size, room.state.tokens.has('token of a')]).toEqual([0, false])
    expect(room.host(kick('Alice'))).toMatchObject([{ type: 'rejected', code: 'member-unknown' }])
  })

  test('[D7] the present holder of the name is meant first', () => {
    const room = lapse(chat2())
    room.hello('c', 'Alice')
    expect(room.host(kick('Alice'))).toMatchObject([
      { type: 'ended', session: 'c' },
      { type: 'quit', member: 'c' },
    ])
    expect(room.state.lapsed.has('a')).toBe(true)
    expect(room.host(kick('Alice'))).toMatchObject([{ type: 'ended', session: 'a' }])
  })

  test('[R9] under format 1 there is nobody of that name, as it was', () => {
    expect(lapse(chat()).host(kick('Alice'))).toMatchObject([{ type: 'rejected', code: 'member-unknown' }])
  })
})

describe('[R11] the topic of a room outlives its emptiness by a week', () => {
  const leave = (room: Chat): Chat => {
    room.ask('a', join('ops'))
    room.ask('a', topic('disk full', 'ops'))
    room.ask('a', part('ops'))
    return room
  }
  const topicOf = (room: Chat) => room.state.rooms.get('ops')?.topic?.text

  test('[R11] the member that makes the room again finds it', () => {
    const room = leave(chat2())
    expect(room.state.rooms.has('ops')).toBe(false)
    room.ask('b', join('ops'), { at: TOPIC_KEPT_MS - 1 })
    expect(topicOf(room)).toBe('disk full')
    expect(room.state.topics.size).toBe(0)
  })

  test('[R11] and after a week does not', () => {
    const room = leave(chat2())
    room.ask('b', join('ops'), { at: TOPIC_KEPT_MS })
    expect(topicOf(room)).toBeUndefined()
    expect(room.state.topics.size).toBe(0)
  })

  test('[R11] none is kept of a room that had none, or whose topic was taken away', () => {
    const room = chat2()
    room.ask('a', join('ops'))
    room.ask('a', topic('x', 'ops'))
    room.ask('a', topic('', 'ops'))
    room.ask('a', part('ops'))
    expect(room.state.topics.size).toBe(0)
  })

  test('[R11] a kick, a lost connection and a restart empty a room too', () => {
    for (const end of [
      (room: Chat) => room.host(kick('Alice')),
      (room: Chat) => room.ask('a', lost('a', null)),
      (room: Chat) => room.ask('a', quit()),
    ]) {
      const room = chat2()
      room.ask('a', join('ops'))
      room.ask('a', topic('disk full', 'ops'))
      end(room)
      room.ask('b', join('ops'))
      expect(topicOf(room)).toBe('disk full')
    }
  })

  test('[R11] so many are kept, the latest, and none whose week is over', () => {
    const room = chat2()
    for (let k = 0; k < TOPICS_KEPT_MAX + 2; k++) {
      room.ask('a', join(`room${k}`))
      room.ask('a', topic(`topic ${k}`, `room${k}`))
      room.ask('a', part(`room${k}`))
    }
    expect([...room.state.topics.keys()].slice(0, 2)).toEqual(['room2', 'room3'])
    expect(room.state.topics.size).toBe(TOPICS_KEPT_MAX)
    room.ask('a', join('ops'))
    room.ask('a', topic('late', 'ops'))
    room.ask('a', part('ops'), { at: TOPIC_KEPT_MS })
    expect([...room.state.topics.keys()]).toEqual(['ops'])
  })

  test('[R9] under format 1 it goes with the room, as it did', () => {
    const room = leave(chat())
    room.ask('b', join('ops'))
    expect(topicOf(room)).toBeUndefined()
  })
})

const STAMP = { id: 'i', at: 0, origin: 'here', session: HOST_SESSION, n: null }
