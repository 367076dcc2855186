/**
 * Several servers on one replicated log: servers that are down, and the work of a server that is cut off (docs/spec.md,
 * R14).
 */
import { describe, expect, test } from 'vitest'
import { CUT_OFF_MS, DOWN_MS, GRACE_MS, MOVE_AFTER_MS, NODE_BEAT_MS } from '../../../src/model/limits.ts'
import { wardenOf } from '../../../src/reducer/rules/nodes.ts'
import type { Note } from '../../../src/server/observe/notes.ts'
import { classic, native, newObjects, object, say, textsOf } from '../../helpers/actors.ts'
import { type ClusterNode, cluster } from '../../helpers/cluster.ts'
import type { Wire } from '../../helpers/world.ts'

const runsOf = (node: ClusterNode) =>
  node
    .state()
    .nodes.map(({ run }) => run)
    .toObject()
const welcomeOf = (wire: Wire) => wire.objects().find(({ type }) => type === 'welcome') ?? {}

/** The ticket with which a client goes on elsewhere. */
function ticketOf(wire: Wire): object {
  const { token, epoch } = welcomeOf(wire)
  const seqs = wire.objects().map(({ seq }) => (typeof seq === 'number' ? seq : 0))
  return { type: 'hello', token, epoch, cursor: Math.max(...seqs) }
}

async function pair() {
  const { node, ...rest } = cluster()
  const [north, south] = [await node('north'), await node('south')]
  return { ...rest, node, north, south }
}

describe('[R14] servers on one log', () => {
  test('[D1] are one room, and each tells its clients where the others are', async () => {
    const { clock, north, south } = await pair()
    const [spider, li] = [await native(north, 'Spider-Man'), await native(south, '李')]
    await clock.advance(10)
    await spider.send(say('from the north'))
    await clock.advance(10)
    expect(textsOf(li)).toEqual(['from the north'])
    expect(welcomeOf(spider)['nodes']).toEqual(['south.example:7000'])
    expect(welcomeOf(li)['nodes']).toEqual(['north.example:7000'])
  })

  test('one that is silent while the log flows is down, and the other does what one does for all', async () => {
    const { clock, north, south } = await pair()
    expect(wardenOf(south.state())).toBe('north')
    north.faults.isCut = true
    await clock.advance(DOWN_MS + 2 * NODE_BEAT_MS)
    expect(south.state().nodes.keySeq().toArray()).toEqual(['south'])
    expect(wardenOf(south.state())).toBe('south')
  })

  test('one that was said to be gone by a run that had ended itself is said to be gone again', async () => {
    const { clock, north, south } = await pair()
    const { south: run } = runsOf(south)
    south.faults.isCut = true
    // North is cut off just when it says so, and south, which is back, says it of north.
    north.faults.failing = () => {
      north.faults.isCut = true
      throw new Error('lost on the way')
    }
    await clock.advance(DOWN_MS + 2 * NODE_BEAT_MS)
    expect(north.faults.isCut).toBe(true)
    south.faults.isCut = false
    await clock.advance(2 * DOWN_MS)
    expect(Object.keys(runsOf(south))).toEqual(['south'])
    Object.assign(north.faults, { failing: () => null, isCut: false })
    await clock.advance(2 * DOWN_MS)
    expect(runsOf(north)).toEqual({ north: expect.any(String), south: run })
    south.faults.isCut = true
    await clock.advance(2 * DOWN_MS)
    expect(Object.keys(runsOf(north))).toEqual(['north'])
    expect(wardenOf(north.state())).toBe('north')
  })

  test('one that is back before it could be said to be gone is left alone', async () => {
    const { clock, north, south } = await pair()
    const before = runsOf(north)
    south.faults.isCut = true
    north.faults.failing = () => 'the disks are full'
    await clock.advance(2 * DOWN_MS)
    expect(north.troubles.splice(0)).toContainEqual(
      expect.objectContaining({ drafts: [{ input: expect.objectContaining({ type: 'down' }), texts: {} }] }),
    )
    south.faults.isCut = false
    await clock.advance(NODE_BEAT_MS)
    north.troubles.splice(0)
    north.faults.failing = () => null
    await clock.advance(2 * DOWN_MS)
    expect(runsOf(north)).toEqual(before)
  })

  test('one that is cut off itself judges nobody', async () => {
    const { clock, north, south } = await pair()
    north.faults.isCut = true
    await clock.advance(3 * DOWN_MS)
    north.faults.isCut = false
    await clock.advance(3 * DOWN_MS)
    expect(Object.keys(runsOf(south)).sort()).toEqual(['north', 'south'])
    expect(runsOf(south)['south']).toContain('of south')
  })

  test('while the log stands still for all, nobody is taken for gone', async () => {
    const { clock, broker, north, south } = await pair()
    const before = runsOf(south)
    broker.hasLeader = false
    await clock.advance(4 * DOWN_MS)
    broker.hasLeader = true
    await clock.advance(4 * DOWN_MS)
    expect(runsOf(south)).toEqual(before)
    expect(runsOf(north)).toEqual(before)
  })

  test('one that was taken for gone ends its links, and goes on as one that has just started', async () => {
    const { clock, north, south } = await pair()
    const [spider, line, classic] = [await native(north, 'Spider-Man'), north.dial(), north.dial()]
    await line.send('İbo\n')
    await classic.send('José')
    await clock.advance(1000)
    const { run } = north.state().nodes.get('north') ?? {}
    north.faults.isCut = true
    await clock.advance(DOWN_MS + 2 * NODE_BEAT_MS)
    expect(south.state().due.size).toBe(1)
    north.faults.isCut = false
    await clock.advance(3 * NODE_BEAT_MS)
    for (const wire of [spider, line, classic]) expect(wire.closed()).toBe(true)
    expect(spider.objects().at(-1)).toMatchObject({ type: 'closed', code: 'cut-off', reconnect: true })
    for (const wire of [line, classic])
      expect(wire.text()).toMatch(/server > The server was cut off for too long\..*\n?$/)
    expect(south.state().nodes.has('north')).toBe(true)
    expect(south.state().nodes.get('north')?.run).not.toBe(run)
    const again = north.dial()
    await again.send(object({ type: 'hello', name: 'a|b' }))
    await clock.advance(10)
    expect(welcomeOf(again)).toMatchObject({ name: 'a|b' })
  })

  test('[D5] a session goes on at another server, word for word', async () => {
    const { clock, north, south } = await pair()
    const [spider, li] = [await native(north, 'Spider-Man'), await native(south, '李')]
    await clock.advance(10)
    const ticket = ticketOf(spider)
    north.faults.isCut = true
    await li.send(say('while you were away'))
    await clock.advance(DOWN_MS + 2 * NODE_BEAT_MS)
    const again = south.dial()
    await again.send(object(ticket))
    await clock.advance(10)
    expect(welcomeOf(again)).toMatchObject({ resumed: true, gap: false, name: 'Spider-Man' })
    expect(textsOf(again)).toEqual(['while you were away'])
  })
})

describe('[R14] a session without a connection', () => {
  test('is listed by the server that it was at, or by the warden if that one is gone: by one in all', async () => {
    const { clock, north, south } = await pair()
    const spider = await native(south, 'Spider-Man')
    await clock.advance(10)
    const listedBy = (node: ClusterNode) => node.server.connections().map(({ name, state }) => `${name} ${state}`)
    expect([listedBy(north), listedBy(south)]).toEqual([[], ['Spider-Man here']])
    spider.peer.vanish()
    await clock.advance(10)
    expect([listedBy(north), listedBy(south)]).toEqual([[], ['Spider-Man away']])
    south.faults.isCut = true
    await clock.advance(DOWN_MS + 2 * NODE_BEAT_MS)
    expect(listedBy(north)).toEqual(['Spider-Man away'])
  })
})

describe('[Y5] [R14] a deleted text', () => {
  test('is not shown at another server any more to those who come after', async () => {
    const { clock, north, south } = await pair()
    const spider = await native(north, 'Spider-Man')
    await spider.send(say('a secret'))
    await clock.advance(10)
    const early = await native(south, '李')
    await clock.advance(10)
    expect(early.text()).toContain('a secret')
    await spider.send(object({ type: 'delete', room: 'lobby', n: 1 }))
    await clock.advance(10)
    expect(spider.objects()).toContainEqual(expect.objectContaining({ type: 'ok', n: 1 }))
    const late = await native(south, 'a|b')
    await clock.advance(10)
    expect(late.objects().find(({ type }) => type === 'history')).toBeDefined()
    expect(late.text()).not.toContain('a secret')
  })
})

test('[Y7] [R14] forgotten messages are gone from the log, too', async () => {
  const { clock, broker, node } = cluster()
  const keep = { count: 2 }
  const [north] = [await node('north', { keep }), await node('south', { keep })]
  const spider = await native(north, 'Spider-Man')
  for (const text of ['one', 'two', 'three', 'four']) await spider.send(say(text))
  await clock.advance(3_600_000)
  const texts = broker.messages.filter(({ kind }) => kind === 'text')
  expect(texts.map(({ data }) => Buffer.from(data).toString())).toEqual(['three', 'four'])
})

describe('[R14] an account that is removed with its messages', () => {
  test('[Y5] is erased by the warden, also when the host asks at another server', async () => {
    const { clock, south } = await pair()
    const li = await native(south, '李')
    await li.send(object({ type: 'register', password: 'a long password', n: 1 }))
    await clock.advance(100)
    await li.send(say('of the account', { n: 2 }))
    await clock.advance(10)
    const told: string[] = []
    expect(south.server.accounts.remove('李', true, name => told.push(name))).toBe(null)
    await clock.advance(5000)
    expect(told).toEqual(['李'])
    expect(south.state().erasing.size).toBe(0)
    const late = await native(south, 'a|b')
    await clock.advance(10)
    expect(late.text()).not.toContain('of the account')
  })
})

describe('[R14] the common time', () => {
  test("[R7] is the broker's, and what a server's own clock says moves no grace", async () => {
    const { clock, broker, node } = cluster()
    broker.ahead = 1500
    const [north, south] = [await node('north'), await node('south')]
    const spider = await native(north, 'Spider-Man')
    await clock.advance(10)
    expect(Math.abs(south.state().at - (clock.now() + 1500))).toBeLessThan(100)
    spider.peer.vanish()
    await clock.advance(100)
    const until = south.state().due.first() ?? 0
    expect(Math.abs(until - (clock.now() + 1500 + GRACE_MS))).toBeLessThan(200)
  })

  test('a server does not start whose clock is far from it', async () => {
    const { broker, node } = cluster()
    broker.ahead = -5000
    await expect(node('north')).rejects.toThrow(
      "the clock of this machine is 5 s ahead of the broker's. Set both by NTP",
    )
  })
})

describe('[R14] a server that is cut off', () => {
  test('says so after a second, acknowledges nothing, and says when it is over', async () => {
    const { clock, north } = await pair()
    const [spider, late] = [await native(north, 'Spider-Man'), north.dial()]
    await clock.advance(10)
    newObjects(spider)
    north.faults.isCut = true
    await spider.send(say('kept', { n: 1 }))
    await clock.advance(CUT_OFF_MS - 1)
    expect(newObjects(spider)).toEqual([])
    await clock.advance(1)
    expect(newObjects(spider)).toEqual([{ type: 'stalled' }])
    expect(north.server.nodes().find(({ isOwn }) => isOwn)?.state).toBe('cut-off')
    expect(north.server.api.unsettled()).toEqual({ appended: 1, waiting: 0 })
    await late.send(object({ type: 'hello', name: '李' }))
    expect(late.objects()).toEqual([{ type: 'stalled' }])
    expect(north.server.api.unsettled()).toEqual({ appended: 1, waiting: 1 })
    north.faults.isCut = false
    await clock.advance(2 * NODE_BEAT_MS)
    expect(newObjects(spider)).toContainEqual({ type: 'stalled', over: true })
    expect(spider.objects()).toContainEqual(expect.objectContaining({ type: 'ok', n: 1 }))
    expect(textsOf(spider).filter(text => text === 'kept')).toHaveLength(1)
    expect(welcomeOf(late)).toMatchObject({ name: '李' })
    expect(north.server.api.unsettled()).toEqual({ appended: 0, waiting: 0 })
  })

  test('gets no new clients, and refuses what programs post', async () => {
    const { clock, north } = await pair()
    let token = ''
    north.server.grants.add({ name: 'Mr.Robot', room: null, read: true, write: true }, told => {
      token = told
    })
    await clock.advance(10)
    expect(north.server.api.unready()).toBe(null)
    const grant = north.server.api.grantOf(token)
    if (!grant) return expect.unreachable()
    const post = { room: 'lobby', text: 'hi', action: false, key: 'k' }
    north.faults.isCut = true
    const unsure = north.server.api.post(grant, post)
    await clock.advance(CUT_OFF_MS)
    expect(north.server.api.unready()).toBe('cut-off')
    expect(await unsure).toMatchObject({ ok: false, code: 'outcome-unknown' })
    expect(await north.server.api.post(grant, { ...post, key: 'other' })).toMatchObject({ ok: false, code: 'storage' })
    north.faults.isCut = false
    await clock.advance(3 * NODE_BEAT_MS)
    expect(north.server.api.unready()).toBe(null)
    const again = north.server.api.post(grant, post)
    await clock.advance(10)
    expect(await again).toMatchObject({ ok: true, repeated: true })
  })

  test('keeps its clients, who can read, and tells each in the words of its protocol', async () => {
    const { clock, north } = await pair()
    const [spider, line, classic] = [await native(north, 'Spider-Man'), north.dial(), north.dial()]
    await line.send('İbo\n')
    await classic.send('José')
    await clock.advance(1000)
    north.faults.isCut = true
    await clock.advance(30_000)
    for (const wire of [spider, line, classic]) expect(wire.closed()).toBe(false)
    expect(spider.objects().filter(({ type }) => type === 'stalled')).toEqual([{ type: 'stalled' }])
    expect(line.text().match(/server > The server is cut off.*/g)).toHaveLength(1)
    expect(classic.text().match(/server > The server is cut off.*/g)).toHaveLength(1)
    await spider.send(object({ type: 'who', n: 1 }))
    expect(spider.objects().at(-1)).toMatchObject({ type: 'who', n: 1 })
    north.faults.isCut = false
    await clock.advance(3 * NODE_BEAT_MS)
  })
})

describe('[R14] a server whose disk is full', () => {
  test('is not ready, also if nobody writes there, says so once, and is ready when there is room', async () => {
    const { clock, north, south } = await pair()
    const [spider, li] = [await native(north, 'Spider-Man'), await native(south, '李')]
    south.disk.isFull = true
    await clock.advance(3 * NODE_BEAT_MS)
    expect(south.server.api.unready()).toBe('unwell')
    expect(south.troubles.splice(0)).toMatchObject([{ type: 'storage', drafts: [] }])
    await spider.send(say('shown'))
    await clock.advance(10)
    expect(textsOf(li)).toEqual(['shown'])
    await li.send(say('refused', { n: 1 }))
    await clock.advance(10)
    expect(li.objects().at(-1)).toMatchObject({ code: 'storage' })
    expect(south.troubles.splice(0)).toMatchObject([{ type: 'storage', drafts: [{}] }])
    south.disk.isFull = false
    await clock.advance(NODE_BEAT_MS)
    expect(south.server.api.unready()).toBe(null)
    expect(north.server.api.unready()).toBe(null)
  })
})

/** The server's notes of the chat's servers from now on, and none of connections. */
function notesOf({ server }: ClusterNode): Note[] {
  const notes: Note[] = []
  const types: readonly Note['type'][] = ['connected', 'spoke', 'disconnected']
  server.noted$.subscribe(note => types.includes(note.type) || notes.push(note))
  return notes
}

const statusOf = (at: ClusterNode, name: string) => at.server.nodes().find(node => node.name === name)

describe('[R14] the host’s view of the servers', () => {
  test('none is behind while all of them have what there is, though beats are old', async () => {
    const { clock, north, south } = await pair()
    const [spider] = [await native(north, 'Spider-Man')]
    await clock.advance(2 * NODE_BEAT_MS)
    for (const text of ['one', 'two', 'three']) await spider.send(say(text))
    await clock.advance(10)
    expect(statusOf(north, 'south')?.behind).toBe(0)
    expect(statusOf(south, 'north')?.behind).toBe(0)
  })

  test('each hears what the others know of the disks of their brokers', async () => {
    const { clock, node } = cluster()
    const [north] = [await node('north', {}, { José: true }), await node('south', {}, { 李: false })]
    await clock.advance(2 * NODE_BEAT_MS)
    expect(statusOf(north, 'north')?.disks).toEqual({ José: true })
    expect(statusOf(north, 'south')?.disks).toEqual({ 李: false })
  })

  test('one that reads late is behind for the others, and not silent for itself', async () => {
    const { clock, north, south } = await pair()
    const spider = await native(north, 'Spider-Man')
    await clock.advance(10)
    Object.assign(south.faults, { hearing: () => [], behind: () => 1000 })
    for (const text of ['one', 'two', 'three']) await spider.send(say(text))
    await clock.advance(3 * NODE_BEAT_MS)
    expect(statusOf(north, 'south')?.behind).toBe(3)
    expect(statusOf(south, 'south')?.state).toBe('here')
    Object.assign(south.faults, { hearing: () => [0], behind: () => 0 })
    await clock.advance(NODE_BEAT_MS)
  })

  test('one that ends, is gone or comes back is noted at the others, and so is the warden', async () => {
    const { clock, node, north, south } = await pair()
    const notes = notesOf(south)
    const east = await node('east')
    await east.close()
    expect(notes.splice(0)).toEqual([
      { type: 'node-started', node: 'east', isBack: false },
      { type: 'node-stopped', node: 'east' },
    ])
    const own = notesOf(north)
    north.faults.isCut = true
    await clock.advance(DOWN_MS + 2 * NODE_BEAT_MS)
    expect(notes.splice(0)).toEqual([
      { type: 'node-down', node: 'north', isOwn: false },
      { type: 'warden', node: 'south', isOwn: true },
    ])
    north.faults.isCut = false
    await clock.advance(3 * NODE_BEAT_MS)
    expect(notes.splice(0)).toEqual([{ type: 'node-started', node: 'north', isBack: true }])
    expect(own.filter(({ type }) => type !== 'cut-off' && type !== 'reconnected')).toEqual([
      { type: 'node-down', node: 'north', isOwn: true },
      { type: 'warden', node: 'south', isOwn: false },
    ])
  })
})

describe('[R14] a server that stops', () => {
  test('says so to the other servers, and to people that it can’t send elsewhere', async () => {
    const { clock, north, node } = await pair()
    const east = await node('east', { drain: 600_000 })
    const [spider, line, original] = [await native(east, 'Spider-Man'), east.dial(), await classic(east, '李')]
    await line.send('José\n')
    await clock.advance(10)
    const closing = east.server.close()
    await clock.advance(2 * NODE_BEAT_MS)
    expect(statusOf(north, 'east')?.state).toBe('draining')
    expect(statusOf(east, 'east')?.state).toBe('draining')
    const words = /This server stops in 10 min at the latest. Join again at \S+\.example:7000 or \S+\.example:7000\./
    expect(line.text()).toMatch(words)
    expect(original.text()).toMatch(words)
    expect(spider.text()).not.toContain('at the latest')
    line.peer.vanish()
    original.peer.vanish()
    await clock.advance(1000)
    await closing
  })

  test('waits for nobody when there is no other server, or none any more', async () => {
    const { clock, north, south, node } = await pair()
    const east = await node('east', { drain: 600_000 })
    const line = east.dial()
    await line.send('İbo\n')
    await clock.advance(10)
    const notes = notesOf(east)
    const closing = east.server.close()
    await clock.advance(1000)
    expect(notes.splice(0)).toEqual([{ type: 'draining', connections: 1, ms: 600_000 }])
    north.faults.isCut = true
    south.faults.isCut = true
    await clock.advance(DOWN_MS + 3 * NODE_BEAT_MS)
    expect(line.closed()).toBe(true)
    expect(notes).toContainEqual({ type: 'drained', why: 'nowhere', connections: 1 })
    await closing
    for (const one of [north, south]) one.faults.isCut = false
    await clock.advance(5 * NODE_BEAT_MS)
  })

  test('waits for nobody when all the others stop, too', async () => {
    const { clock, node } = cluster()
    const both = [await node('north', { drain: 600_000 }), await node('south', { drain: 600_000 })]
    const lines = both.map(one => one.dial())
    for (const line of lines) await line.send('Spider-Man\n')
    await clock.advance(10)
    let ended = 0
    for (const { server } of both) void server.drain().then(() => ended++)
    await clock.advance(2 * NODE_BEAT_MS)
    expect(ended).toBe(2)
  })

  test('waits for nobody when it was alone', async () => {
    const { clock, node } = cluster()
    const north = await node('north', { drain: 600_000 })
    const line = north.dial()
    await line.send('Spider-Man\n')
    await clock.advance(10)
    const notes = notesOf(north)
    const closing = north.server.close()
    await clock.advance(1000)
    expect(line.closed()).toBe(true)
    await closing
    expect(line.text()).not.toContain('at the latest')
    expect(notes).toEqual([{ type: 'drained', why: 'nowhere', connections: 1 }])
  })

  test.each([0, CUT_OFF_MS + MOVE_AFTER_MS])(
    'waits no longer when the log does not answer for long (it has been silent for %i ms)',
    async before => {
      const { clock, node } = await pair()
      const east = await node('east', { drain: 600_000 })
      const line = east.dial()
      await line.send('a|b\n')
      await clock.advance(10)
      const notes = notesOf(east)
      east.faults.isCut = true
      await clock.advance(before + NODE_BEAT_MS)
      let isOver = false
      const closing = east.server.drain().then(() => {
        isOver = true
      })
      await clock.advance(before === 0 ? MOVE_AFTER_MS - NODE_BEAT_MS : 1)
      expect(isOver).toBe(before > 0)
      await clock.advance(2 * NODE_BEAT_MS)
      expect(notes).toContainEqual({ type: 'drained', why: 'cut-off', connections: 1 })
      await closing
      east.faults.isCut = false
      await clock.advance(3 * NODE_BEAT_MS)
    },
  )

  test('waits no longer when it is told again', async () => {
    const { clock, node } = await pair()
    const east = await node('east', { drain: 60_000 })
    const line = east.dial()
    await line.send('İbo\n')
    await clock.advance(10)
    const closing = east.server.close()
    await clock.advance(1000)
    expect(line.closed()).toBe(false)
    expect(east.server.close()).toBe(closing)
    await clock.advance(1000)
    await closing
    expect(line.closed()).toBe(true)
  })

  test('sends native clients elsewhere at once, and waits for those of line mode', async () => {
    const { clock, north, node } = await pair()
    const east = await node('east', { drain: 60_000 })
    const [spider, line] = [await native(east, 'Spider-Man'), east.dial()]
    await line.send('İbo\n')
    await clock.advance(10)
    const closing = east.server.close()
    await clock.advance(30_000)
    expect(spider.objects().at(-1)).toMatchObject({ type: 'closed', code: 'moved' })
    expect(line.closed()).toBe(false)
    expect(north.state().nodes.has('east')).toBe(true)
    await clock.advance(40_000)
    await closing
    expect(line.closed()).toBe(true)
    expect(north.state().nodes.has('east')).toBe(false)
  })
})
