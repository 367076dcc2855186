/** A client whose server is gone, stops or is cut off goes on at another one of the chat (docs/protocol.md). */
import { merge, Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { type Client, connect } from '../../../../src/client/session/connection.ts'
import { hasMore, onwards, type Roaming, roundsOf } from '../../../../src/client/session/reconnecting/roaming.ts'
import { SEARCH_OUTSIDE_MS, search } from '../../../../src/client/session/reconnecting/stalling.ts'
import { newSession, type Session, type Wish } from '../../../../src/client/session/state.ts'
import { CUT_OFF_MS, DOWN_MS, MOVE_AFTER_MS, NODE_BEAT_MS } from '../../../../src/model/limits.ts'
import type { Dialled } from '../../../../src/port/dialer.ts'
import { native, say } from '../../../helpers/actors.ts'
import { type ClusterNode, cluster } from '../../../helpers/cluster.ts'
import { memoryDialer } from '../../../helpers/memory-dialer.ts'

/** Two servers or more, and a client that knows only the first. */
async function roamer(wish: Partial<Wish> = {}, ...more: readonly string[]) {
  const { clock, node, broker } = cluster()
  const nodes: Record<string, ClusterNode> = {}
  for (const name of ['north', 'south', ...more]) nodes[name] = await node(name)
  const dialers = Object.fromEntries(Object.entries(nodes).map(([name, world]) => [name, memoryDialer(world)]))
  const dialled: string[] = []
  const lost$ = new Subject<Dialled>()
  const dial = (address = 'north.example:7000') => {
    const name = address.split('.example')[0] as string
    dialled.push(name)
    const dialling = (dialers[name] as (typeof dialers)[string]).dial()
    return { ...dialling, signals$: merge(dialling.signals$, lost$) }
  }
  const client = connect({ dial, clock, random: () => 0.5, secret: () => 's'.repeat(64) }, { ...WISH, ...wish })
  await clock.advance(100)
  const { north, south } = nodes as Record<'north' | 'south', ClusterNode>
  const down = dialers as Record<'north' | 'south', (typeof dialers)[string]>
  /** The network drops the client's connection. */
  const lose = (): void => lost$.next({ type: 'closed' })
  return { clock, client, broker, nodes, north, south, down, dialled, lose }
}

const WISH = { name: 'Spider-Man', room: null, reconnect: true }
const status = (client: Client) => client.status$.value

describe('[D5] a client of several servers', () => {
  test('tries the next one at once, and goes on there without a gap', async () => {
    const { clock, client, north, south, down, dialled } = await roamer()
    const heard: unknown[] = []
    client.incoming$.subscribe(({ reply }) => {
      if (reply.type === 'said') heard.push(reply.text)
      if (reply.type === 'welcome') heard.push(reply.gap)
    })
    const li = await native(south, '李')
    down.north.down = true
    down.north.wires[0]?.peer.vanish()
    north.faults.isCut = true
    await li.send(say('meanwhile'))
    await clock.advance(CUT_OFF_MS + MOVE_AFTER_MS + DOWN_MS)
    expect(dialled.slice(0, 2)).toEqual(['north', 'south'])
    expect(status(client)).toMatchObject({ state: 'online', name: 'Spider-Man' })
    expect(heard).toEqual([false, 'meanwhile'])
    client.close()
  })

  test('goes on twice without a gap, though it was told nothing in between', async () => {
    const { clock, client, dialled, lose } = await roamer()
    const gaps: boolean[] = []
    client.incoming$.subscribe(({ reply }) => {
      if (reply.type === 'welcome') gaps.push(reply.gap)
    })
    for (let k = 0; k < 3; k++) {
      lose()
      await clock.advance(CUT_OFF_MS)
    }
    expect(dialled).toEqual(['north', 'south', 'north', 'south'])
    expect(gaps).toEqual([false, false, false])
    client.close()
  })

  test('is told that its server is cut off, and when it lasts goes on at another one with what it has said', async () => {
    const { clock, client, north, south, dialled } = await roamer()
    north.faults.isCut = true
    await clock.advance(CUT_OFF_MS + NODE_BEAT_MS)
    expect(status(client)).toMatchObject({ state: 'online', stalled: true })
    const outcomes: unknown[] = []
    client.outcome$.subscribe(({ is }) => outcomes.push(is))
    client.ask({ type: 'say', room: 'lobby', text: 'said in the dark', action: false })
    await clock.advance(MOVE_AFTER_MS + NODE_BEAT_MS)
    // Once to ask, and once to go on there.
    expect(dialled).toEqual(['north', 'south', 'south'])
    expect(status(client)).toMatchObject({ state: 'online', name: 'Spider-Man' })
    expect(outcomes).toEqual(['done'])
    north.faults.isCut = false
    await clock.advance(3 * NODE_BEAT_MS)
    const texts = south.steps.flatMap(({ text, events }) => (events[0]?.event.type === 'said' ? [text] : []))
    expect(texts).toEqual(['said in the dark'])
    client.close()
  })

  test('stays at a server that is cut off like all others, reads there, and asks them ever more rarely', async () => {
    const { clock, client, broker, dialled } = await roamer()
    const states: string[] = []
    client.status$.subscribe(({ state }) => states.push(state))
    broker.hasLeader = false
    await clock.advance(CUT_OFF_MS + NODE_BEAT_MS)
    const outcomes: unknown[] = []
    client.outcome$.subscribe(({ is }) => outcomes.push(is))
    client.ask({ type: 'say', room: 'lobby', text: 'for later', action: false })
    client.ask({ type: 'search', words: 'tea', room: null, before: null, limit: 10 })
    await clock.advance(MOVE_AFTER_MS * (1 + 2 + 4 + 8))
    expect(outcomes).toEqual(['done'])
    expect(status(client)).toMatchObject({ state: 'online', stalled: true })
    expect(dialled).toEqual(['north', 'south', 'south', 'south', 'south'])
    expect(new Set(states)).toEqual(new Set(['online']))
    expect(client.waiting$.value).toBe(1)
    broker.hasLeader = true
    await clock.advance(DOWN_MS)
    expect(client.waiting$.value).toBe(0)
    expect(status(client)).not.toHaveProperty('stalled')
    await clock.advance(MOVE_AFTER_MS * 16)
    expect(dialled).toHaveLength(5)
    client.close()
  })

  test.each([0, MOVE_AFTER_MS * 2])(
    'waits no longer than its user is patient, but for an election (%i ms) [K4]',
    async patience => {
      const { clock, client, broker } = await roamer({ patience })
      const least = Math.max(patience, MOVE_AFTER_MS)
      broker.hasLeader = false
      await clock.advance(CUT_OFF_MS + NODE_BEAT_MS)
      client.ask({ type: 'say', room: 'lobby', text: 'for ever?', action: false })
      await clock.advance(least - CUT_OFF_MS - NODE_BEAT_MS)
      expect(status(client)).toMatchObject({ state: 'online', stalled: true })
      await clock.advance(CUT_OFF_MS + NODE_BEAT_MS)
      expect(status(client)).toMatchObject({ state: 'ended', end: { by: 'network', exit: 6 } })
    },
  )

  test.each([false, true])('goes to the one that answers and is not cut off (it was in: %s)', async wasOut => {
    const { clock, client, nodes, dialled, lose } = await roamer({}, 'Mr.East', 'İzmir')
    for (const name of ['north', 'south', 'Mr.East']) (nodes[name] as ClusterNode).faults.isCut = true
    await clock.advance(CUT_OFF_MS + NODE_BEAT_MS)
    if (wasOut) lose()
    await clock.advance((wasOut ? SEARCH_OUTSIDE_MS : MOVE_AFTER_MS) + NODE_BEAT_MS)
    expect(status(client)).toMatchObject({ state: 'online', name: 'Spider-Man' })
    expect(status(client)).not.toHaveProperty('stalled')
    expect(dialled.at(-1)).toBe('İzmir')
    client.close()
  })

  test('leaves a server that stops before it is gone', async () => {
    const { clock, client, north, dialled } = await roamer()
    const closing = north.server.close()
    await clock.advance(2000)
    await closing
    expect(dialled).toEqual(['north', 'south'])
    expect(status(client)).toMatchObject({ state: 'online' })
    client.close()
  })
})

describe('[D5] a hello that its client has given up', () => {
  test('may take the session away later, and the client takes it back', async () => {
    const { clock, client, north, south, dialled, lose } = await roamer()
    // The hello waits at the south, which is cut off for as long as the client is there.
    south.faults.isCut = true
    lose()
    await clock.advance(CUT_OFF_MS)
    expect(dialled).toEqual(['north', 'south'])
    expect(status(client)).toMatchObject({ state: 'connecting' })
    lose()
    await clock.advance(CUT_OFF_MS)
    expect(dialled).toEqual(['north', 'south', 'north'])
    expect(status(client)).toMatchObject({ state: 'online' })
    south.faults.isCut = false
    await clock.advance(2 * NODE_BEAT_MS)
    expect(status(client)).toMatchObject({ state: 'online', name: 'Spider-Man' })
    expect(dialled.slice(3)).toEqual(['south'])
    expect(north.state().due.size).toBe(0)
    client.close()
  })
})

describe('a search', () => {
  test('asks four servers at once, and in the end each', () => {
    const nodes = Array.from({ length: 9 }, (_, k) => `n${k}:1`)
    const at = { ...newSession(WISH, 's'), entered: true, roaming: { nodes, at: null }, searches: 0 }
    const asked: (string | null)[] = []
    let now: Session = at
    for (let k = 0; k < 3; k++) {
      const [next, effects] = search(now, 0, 0.5)
      const [effect] = effects
      if (effect?.type !== 'search') return expect.unreachable()
      expect(effect.addresses).toHaveLength(4)
      asked.push(...effect.addresses)
      now = next
    }
    expect(new Set(asked)).toEqual(new Set(nodes))
  })
})

describe('the round of servers', () => {
  const three: Roaming = { nodes: ['b:1', 'c:1'], at: null }

  test('begins with the others, and comes back to the one that the user has named', () => {
    const round = [three]
    for (let k = 0; k < 4; k++) round.push(onwards(round.at(-1) as Roaming))
    expect(round.map(({ at }) => at)).toEqual([null, 'b:1', 'c:1', null, 'b:1'])
    expect(onwards({ nodes: ['a:1', 'c:1'], at: 'b:1' }).at).toBe('a:1')
    expect(onwards({ nodes: [], at: 'b:1' }).at).toBe(null)
  })

  test('waits only when all of them have failed', () => {
    expect([0, 1, 2, 3, 4, 5].map(attempt => hasMore(three, attempt))).toEqual([true, true, false, true, true, false])
    expect([0, 2, 3, 6].map(attempt => roundsOf(three, attempt))).toEqual([0, 0, 1, 2])
    expect(hasMore({ nodes: [], at: null }, 0)).toBe(false)
  })
})
