/**
 * Many sessions in rooms, with small groups and small shares of a turn, against a list of the frames for each. However
 * they come, go, stall, lose their connection and get something of their own in between, each gets its list, in order
 * and once; and nobody is written to while an earlier write is outstanding.
 */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { nativeEncoding } from '../../../src/codec/native/encoding.ts'
import type { Connection } from '../../../src/port/transport.ts'
import { Attachments } from '../../../src/server/delivery/attachments.ts'
import { Channels } from '../../../src/server/delivery/channels.ts'
import { Link } from '../../../src/server/delivery/link.ts'
import type { Frame } from '../../../src/server/delivery/reading/ring.ts'
import { type LocalSession, SessionRegistry } from '../../../src/server/delivery/sessions.ts'
import { Turn } from '../../../src/server/delivery/turn.ts'
import { Admission } from '../../../src/server/ingress/bounds/admission.ts'
import { frame, textOf } from '../../helpers/frames.ts'
import { memoryPair, type Peer } from '../../helpers/memory-transport.ts'
import { runs } from '../../helpers/seeds.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'

const bounds = vi.hoisted(() => ({ ring: 0 }))

vi.mock('../../../src/model/limits.ts', async original => ({
  ...(await original<typeof import('../../../src/model/limits.ts')>()),
  ...{ GROUP_READERS: 3, WRITES_AT_ONCE: 4, WRITE_BYTES: 300 },
  get RING_BYTES() {
    return bounds.ring
  },
}))

const CAST = ['Spider-Man', '李', 'a|b', 'Mr.Blue', 'zoë', '🦜', 'O’Neil', '[x]_^', '田中']
const ROOMS = ['lobby', 'ops'] as const

const who = fc.nat(CAST.length - 1)
const room = fc.constantFrom(...ROOMS)
const size = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ max: 200, min: 0 }) },
)
const one = <K extends string>(kind: K) => fc.record({ do: fc.constant(kind), who })

/** Events of one turn of the event loop, or between two. */
const acts = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.record({ do: fc.constant('say' as const), in: fc.subarray([...ROOMS]), who, size }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('come or go' as const), room, size }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('tell' as const), who, size }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('enter' as const), who, room }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), who, room }) },
    { weight: 2, arbitrary: one('resume') },
    { weight: 1, arbitrary: one('lose') },
    { weight: 1, arbitrary: one('kick') },
    { weight: 2, arbitrary: one('stall') },
    { weight: 2, arbitrary: one('go on') },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('ripen' as const) }) },
    { weight: 9, arbitrary: fc.record({ do: fc.constant('next turn' as const) }) },
  ),
  { maxLength: 150 },
)
type Act = (typeof acts extends fc.Arbitrary<(infer A)[]> ? A : never) & object

/** A client with its received frames, over all its connections, and the frames that it is to get. */
type Client = {
  readonly session: string
  link: Link
  peer: Peer
  got: number[]
  owed: { readonly seq: number; readonly canWait: boolean }[]
  isStalled: boolean
  isOver: boolean
}

function world() {
  const admission = new Admission({ handshakesPerAddress: 99, visitorsPerAddress: 99, perAddress: null } as never)
  const registry = new SessionRegistry(admission)
  const alarms = new Set<() => void>()
  let later: (() => void)[] = []
  let seq = 0
  let connections = 0
  const clock = { ...virtualClock(), turn: (run: () => void) => void later.push(run), alarm: () => () => {} }
  const turn = new Turn(run => void later.push(run))
  const alarm = (_: number, ring: () => void): (() => void) => {
    alarms.add(ring)
    return () => void alarms.delete(ring)
  }
  const end = (): void => turn.end(channels.seal())
  const channels = new Channels({ from: 3, ms: 50 }, alarm, end, session => registry.get(session))
  const attachments = new Attachments(registry, channels, turn, () => 0)

  function connected(client: Client): void {
    const { connection, peer } = memoryPair(`${++connections}`, '192.0.2.1', arrive => arrive())
    let link: Link | null = null
    peer.received$.subscribe(bytes => {
      if (client.link !== link) return
      for (const [, seq] of textOf(bytes).matchAll(/(\d+);/g)) client.got.push(Number(seq))
    })
    link = new Link(
      watched(connection),
      clock,
      () => client.session,
      notice => {
        if (notice.type === 'fell-behind' && link) registry.forget(client.session, client.session, link)
      },
    )
    connection.signals$.subscribe(signal => signal.type === 'writable' && link?.writable())
    link.encoding = nativeEncoding
    client.link = link
    client.peer = peer
    client.isStalled = false
    registry.expect(client.session, link)
  }

  const clients = CAST.map((session): Client => {
    const client = { session, got: [], owed: [], isStalled: false, isOver: false } as unknown as Client
    connected(client)
    const local = attachments.attach(session, session, client.link, nativeEncoding)
    channels.enter(local, 'lobby')
    return client
  })

  const local = ({ session }: Client): LocalSession | undefined => registry.get(session)
  const append = (one: Frame, rooms: readonly string[], isPresence: boolean): void => {
    for (const name of rooms) channels.append(name, new Map([['native', [one]]]), isPresence)
    for (const client of clients) {
      const isHere = rooms.some(name => local(client)?.reader.isIn(name))
      if (isHere && one.except !== client.session) client.owed.push({ seq: one.seq, canWait: isPresence })
    }
  }
  const newFrame = (bytes: number, except: string | null = null): Frame => {
    const at = ++seq
    return frame(at, `${at}`, { size: 0, except, ...(bytes > 0 ? { size: bytes } : {}) })
  }

  function resume(client: Client): void {
    const known = local(client)
    if (!known) return
    const cursor = client.got.at(-1) ?? 0
    const isKept = known.reader.reaches(cursor)
    // Frames that the session doesn't get again are a gap.
    if (!isKept) client.owed = client.owed.slice(0, client.got.length)
    connected(client)
    const now = ++seq
    const taken = attachments.attach(client.session, client.session, client.link, nativeEncoding)
    taken.reader.rewind(isKept ? cursor : now)
    if (!isKept) taken.reader.lane.lose(now)
  }

  function perform(act: Act): void {
    const client = clients['who' in act ? act.who : 0] as Client
    switch (act.do) {
      case 'say':
        return append(newFrame(act.size, client.session), act.in, false)
      case 'come or go':
        return append(newFrame(act.size), [act.room], true)
      case 'tell': {
        const one = newFrame(act.size)
        const known = local(client)
        if (!known) return
        client.owed.push({ seq: one.seq, canWait: false })
        known.put(one)
        if (known.link) turn.touch(known.link)
        return
      }
      case 'enter':
        return attachments.on(client.session, known => channels.enter(known, act.room))()
      case 'leave':
        return attachments.on(client.session, known => channels.leave(known, act.room))()
      case 'resume':
        return resume(client)
      case 'lose': {
        const { link } = client
        link.dispose()
        client.peer.vanish()
        return registry.forget(client.session, client.session, link)
      }
      case 'kick':
        if (local(client)?.link !== client.link) return
        client.isOver = true
        return attachments.on(client.session, known => attachments.end(known, 'kicked'))()
      case 'stall':
        client.isStalled = true
        return client.peer.stall()
      case 'go on':
        client.isStalled = false
        return client.peer.resume()
      case 'ripen':
        return rung()
      case 'next turn': {
        end()
        const due = later
        later = []
        for (const run of due) run()
      }
    }
  }

  function rung(): void {
    end()
    const due = [...alarms]
    alarms.clear()
    for (const ring of due) ring()
  }

  function settle(): void {
    do {
      perform({ do: 'next turn' })
      if (later.length === 0) rung()
    } while (later.length > 0 || alarms.size > 0)
  }

  return { clients, perform, settle, resume, registry }
}

/** As it is, and nothing may be written to it before the write before is taken. */
function watched(connection: Connection): Connection {
  return Object.assign(Object.create(connection) as Connection, {
    write(bytes: Uint8Array): boolean {
      expect(connection.outstanding).toBe(0)
      return connection.write(bytes)
    },
  })
}

function run(list: readonly Act[], isBounded: boolean): void {
  const { clients, perform, settle, resume, registry } = world()
  for (const act of list) perform(act)
  settle()
  for (const client of clients) if (client.isStalled) client.peer.resume()
  settle()
  for (const client of clients) {
    const isAttached = registry.get(client.session)?.link === client.link
    if (!client.isOver && !isAttached) resume(client)
  }
  settle()
  for (const { session, got, owed, isOver } of clients) {
    const all = owed.map(one => one.seq)
    if (!isOver) expect(got, session).toEqual(all)
    else {
      expect(got, session).toEqual(all.slice(0, got.length))
      // Presence that was still being gathered when the session ended is not sent.
      if (!isBounded) expect(owed.slice(got.length).filter(({ canWait }) => !canWait)).toEqual([])
    }
  }
}

test.each([
  ['that hold all', Number.POSITIVE_INFINITY, 500],
  ['that hold little', 6000, 500],
])('[D1][F2][F4] with rings %s, sessions in groups get what each is to get', (_, ring, count) => {
  bounds.ring = ring
  fc.assert(
    fc.property(acts, list => run(list, Number.isFinite(ring))),
    { numRuns: runs(count) },
  )
})
