/** Live messages: how they grow, their readers, how they end, and what remains of them. */
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import {
  GRACE_MS,
  LIVE_IDLE_MS,
  LIVE_MAX_BYTES,
  LIVE_PIECE_BYTES,
  LIVE_SHOWN_MS,
  LIVES_PER_GUEST,
} from '../../../src/model/limits.ts'
import type { Journal } from '../../../src/port/journal.ts'
import { classic, line, native, object } from '../../helpers/actors.ts'
import { tokenOf } from '../../helpers/api.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { createWorld, type World } from '../../helpers/world.ts'
import { codesIn, type Person, person } from './living.ts'

const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64')
const begin = (spider: Person, text = 'build', more: object = {}): Promise<number> =>
  spider.says(text, { live: true, ...more })
const grow = (seq: number, offset: number, text: string | Uint8Array): object => ({
  ...{ type: 'grow', seq, offset },
  data: base64(text),
})
const outputOf = async (one: Person, seq: number, more: object = {}): Promise<string> => {
  const [answer] = await one.asks({ type: 'output', seq, ...more })
  expect(answer, JSON.stringify(answer)).toMatchObject({ type: 'output', target: seq })
  return Buffer.from(String(answer?.['data']), 'base64').toString('latin1')
}
/** A request takes turns of the virtual clock. */
async function inTime<T>(world: World, asked: Promise<T>): Promise<T> {
  await world.clock.advance(10)
  return asked
}

/** Time goes by, in which this one isn't silent. */
async function awake(world: World, one: Person, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 5000) {
    await one.wire.send(object({ type: 'ping' }))
    await world.clock.advance(5000)
  }
}

const soon = (world: World): Promise<void> => world.clock.advance(LIVE_SHOWN_MS + 10)

describe('[LV1] a live message grows', () => {
  test('[LV1] and its output is the received one, byte for byte, for any bytes', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await begin(spider, 'build of @田中')
    expect(tanaka.hears()).toMatchObject([{ type: 'said', seq, text: 'build of @田中', live: true }])
    const all = Uint8Array.from({ length: 1000 }, (_, at) => at % 256)
    expect(codesIn(await spider.asks(grow(seq, 0, all.subarray(0, 600))))).toEqual(['ok'])
    expect(codesIn(await spider.asks(grow(seq, 600, all.subarray(600))))).toEqual(['ok'])
    expect(await outputOf(tanaka, seq)).toBe(Buffer.from(all).toString('latin1'))
    expect(await outputOf(tanaka, seq, { offset: 590, limit: 20 })).toBe(
      Buffer.from(all).subarray(590, 610).toString('latin1'),
    )
    expect(await outputOf(tanaka, seq, { offset: -5 })).toBe(Buffer.from(all).subarray(-5).toString('latin1'))
    expect(await outputOf(tanaka, seq, { offset: 5000 })).toBe('')
  })

  test('[LV1] has its end with status, time and last lines, and the past shows it so', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await begin(spider)
    await spider.asks(grow(seq, 0, 'one\ntwo\n\u001b[31mred\u001b[0m\u0007\n'))
    tanaka.hears()
    const got = await spider.asks({ type: 'finish', seq, status: 2, ms: 12_345 })
    expect(codesIn(got)).toEqual(['finished', 'ok'])
    const end = { size: 22, status: 2, ms: 12_345 }
    expect(tanaka.hears()).toMatchObject([
      { type: 'finished', target: seq, room: 'lobby', from: 'Spider-Man', ...end, tail: 'one\ntwo\nred\u2407' },
    ])
    const [past] = await tanaka.asks({ type: 'history' })
    expect(past).toMatchObject({ messages: [{ seq, live: { size: 22, tail: 'one\ntwo\nred\u2407', end } }] })
    expect(world.state().lives.size).toBe(0)
    expect(codesIn(await spider.asks(grow(seq, 22, 'more')))).toEqual(['live-over'])
    expect(codesIn(await spider.asks({ type: 'finish', seq }))).toEqual(['live-over'])
  })

  test('[LV1] only by its author, and a message that is not live never does', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const [seq, plain] = [await begin(spider), await spider.says('plain')]
    expect(codesIn(await tanaka.asks(grow(seq, 0, 'mine')))).toContain('live-over')
    expect(codesIn(await tanaka.asks({ type: 'finish', seq, status: 0 }))).toEqual(['live-over'])
    expect(codesIn(await spider.asks(grow(plain, 0, 'x')))).toEqual(['live-over'])
    expect(codesIn(await spider.asks({ type: 'output', seq: plain }))).toEqual(['not-live'])
    expect(await outputOf(spider, seq)).toBe('')
  })
})

describe('[LV2] a piece', () => {
  test('[LV2] that is repeated is acknowledged and adds nothing, and one beyond the end is refused', async () => {
    const world = await openWorld()
    const spider = await person(world, 'Spider-Man')
    const seq = await begin(spider)
    await spider.asks(grow(seq, 0, 'abc'))
    expect(codesIn(await spider.asks(grow(seq, 0, 'abc')))).toEqual(['ok'])
    expect(await spider.asks(grow(seq, 4, 'x'))).toMatchObject([
      { code: 'live-offset', message: expect.stringContaining('byte 3') },
    ])
    // Half of it is new: that would double the other half.
    expect(codesIn(await spider.asks(grow(seq, 2, 'cd')))).toEqual(['live-offset'])
    expect(await outputOf(spider, seq)).toBe('abc')
  })

  test('[LV2] is not lost and not doubled by a restart of the server', async () => {
    const journal: Journal = { ...memoryJournal('epoch'), close: async () => {} }
    const first = await createWorld({}, journal)
    const wire = await native(first, 'Spider-Man', { token: 'a'.repeat(32) })
    await wire.send(object({ type: 'say', n: 1, text: 'build', live: true }))
    const seq = Number(wire.objects().find(({ type }) => type === 'ok')?.['seq'])
    await wire.send(object({ n: 2, ...grow(seq, 0, 'abc') }))
    await first.close()
    const world = await openWorld({}, journal)
    const again = await native(world, 'Spider-Man', { token: 'a'.repeat(32) })
    await again.send(object({ n: 2, ...grow(seq, 0, 'abc') }))
    await again.send(object({ n: 3, ...grow(seq, 3, 'def') }))
    await again.send(object({ n: 4, type: 'output', seq }))
    expect(again.objects().slice(-3)).toMatchObject([
      { type: 'ok', n: 2 },
      { type: 'ok', n: 3 },
      { type: 'output', data: base64('abcdef') },
    ])
  })

  test('[LV2] that was refused leaves no text behind', async () => {
    const journal = memoryJournal('epoch')
    const world = await openWorld({}, journal)
    const spider = await person(world, 'Spider-Man')
    const seq = await begin(spider)
    await spider.asks(grow(seq, 7, 'a gap'))
    await world.clock.advance(1000)
    expect(world.steps.map(step => journal.textOf(step.seq)).filter(text => text === base64('a gap'))).toEqual([])
  })

  test('[LV5] is refused if it is no base64, or longer than a piece', async () => {
    const world = await openWorld()
    const spider = await person(world, 'Spider-Man')
    const seq = await begin(spider)
    for (const data of ['', 'a', 'a===', 'YQ', '!!!!', 'YR==', 'YQ==\n']) {
      expect(codesIn(await spider.asks({ type: 'grow', seq, offset: 0, data })), data).toEqual(['live-malformed'])
    }
    const long = base64(new Uint8Array(LIVE_PIECE_BYTES + 1))
    expect(codesIn(await spider.asks({ type: 'grow', seq, offset: 0, data: long }))[0]).toMatch(
      /live-malformed|malformed/,
    )
    expect(codesIn(await spider.asks(grow(seq, 0, new Uint8Array(LIVE_PIECE_BYTES))))).toEqual(['ok'])
  })
})

describe('[LV3] readers', () => {
  test('[LV3] get the newest state a few times a second, however fast it grows', async () => {
    const world = await openWorld({ rate: null })
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await begin(spider)
    tanaka.hears()
    let size = 0
    for (let at = 0; at < 100; at++) {
      const text = `line ${at}\n`
      await spider.asks(grow(seq, size, text))
      size += text.length
      await world.clock.advance(10)
    }
    const heard = tanaka.hears()
    expect(new Set(heard.map(({ type }) => type))).toEqual(new Set(['growing']))
    expect(heard.length).toBeGreaterThan(1)
    expect(heard.length).toBeLessThanOrEqual(1 + 1000 / LIVE_SHOWN_MS)
    await soon(world)
    const last = tanaka.hears().at(-1)
    expect(last).toMatchObject({ type: 'growing', room: 'lobby', target: seq, size })
    expect(String(last?.['tail']).split('\n')).toEqual([92, 93, 94, 95, 96, 97, 98, 99].map(at => `line ${at}`))
    await world.clock.advance(5000)
    expect(tanaka.hears()).toEqual([])
  })

  test('[LV3] slow readers get the newest state when they read again, and no queue', async () => {
    const world = await openWorld({ rate: null })
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await begin(spider)
    tanaka.hears()
    tanaka.wire.peer.stall()
    for (let at = 0; at < 10; at++) {
      await spider.asks(grow(seq, at * 3, `${at}a\n`))
      await soon(world)
    }
    tanaka.wire.peer.resume()
    await soon(world)
    const heard = tanaka.hears().filter(({ type }) => type === 'growing')
    expect(heard.length).toBeLessThanOrEqual(2)
    expect(heard.at(-1)).toMatchObject({ size: 30, tail: expect.stringMatching(/9a$/) })
  })

  test('[LV3] in line mode and of the original hear of its start and its end, and nothing between', async () => {
    const world = await openWorld()
    const spider = await person(world, 'Spider-Man')
    const [nc, old] = [await line(world, 'José'), await classic(world, 'carol')]
    const seq = await begin(spider, 'nightly')
    expect(nc.news().at(-1)).toContain(`Spider-Man (output ${seq} begins) > nightly`)
    old.news()
    await spider.asks(grow(seq, 0, 'all\nfine\n'))
    await soon(world)
    expect([nc.news(), old.news()]).toEqual([[], []])
    await spider.asks({ type: 'finish', seq, status: 0, ms: 61_000 })
    await soon(world)
    const words = `The output "nightly" of Spider-Man ended with status 0 after 1 min, 9 B: fine (/output ${seq}).`
    expect(nc.news().at(-1)).toContain(words)
    expect(old.text()).toContain(words)
    await nc.send(`/output ${seq}\n`)
    expect(nc.news().map(one => one.slice(11))).toEqual([
      expect.stringContaining(`Output ${seq} ended with status 0 after 1 min, 9 B.`),
      expect.stringContaining('| all'),
      expect.stringContaining('| fine'),
    ])
  })

  test('[LV3] do not hear of members that they ignore', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    await tanaka.asks({ type: 'ignore', who: 'Spider-Man' })
    const seq = await begin(spider)
    await spider.asks(grow(seq, 0, 'noise'))
    await soon(world)
    expect(tanaka.hears().filter(({ type }) => type === 'growing')).toEqual([])
  })
})

describe('[LV4] a live message is interrupted', () => {
  const interrupted = (one: Person) => one.hears().filter(({ type }) => type === 'finished')

  test('[LV4] when the session of its author is gone for good, and not before', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man', { token: 'a'.repeat(32) }), await person(world, '田中')]
    const seq = await begin(spider)
    await spider.asks(grow(seq, 0, 'half'))
    spider.wire.peer.end()
    await awake(world, tanaka, GRACE_MS - 5000)
    expect(interrupted(tanaka)).toEqual([])
    await awake(world, tanaka, 10_000)
    expect(interrupted(tanaka)).toMatchObject([{ target: seq, from: 'Spider-Man', interrupted: true, size: 4 }])
    expect(await outputOf(tanaka, seq)).toBe('half')
  })

  test('[LV4] when its author says goodbye, leaves the room, or is kicked, muted or banned', async () => {
    const world = await openWorld()
    const tanaka = await person(world, '田中')
    await tanaka.asks({ type: 'join', room: 'ops' })
    for (const how of ['bye', 'part', 'kick', 'mute', 'ban', 'lockdown'] as const) {
      const spider = await person(world, `spider-${how}`)
      await spider.asks({ type: 'join', room: 'ops' })
      const seq = await begin(spider, how, { room: 'ops' })
      tanaka.hears()
      if (how === 'bye') await spider.wire.send(object({ type: 'bye' }))
      else if (how === 'part') await spider.wire.send(object({ type: 'part', room: 'ops' }))
      else if (how === 'lockdown') await tanaka.wire.send(object({ type: 'mode', mode: 'lockdown', room: 'ops' }))
      else await tanaka.wire.send(object({ type: how, who: `spider-${how}`, room: 'ops' }))
      await soon(world)
      expect(interrupted(tanaka), how).toMatchObject([{ target: seq, from: `spider-${how}`, interrupted: true }])
      expect(world.state().lives.size).toBe(0)
    }
  })

  test('[LV4] by a ban of its network, whose address no reader gets', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await begin(spider)
    tanaka.hears()
    world.server.host({ type: 'mute', who: 'Spider-Man', network: true, reason: null })
    await soon(world)
    const finished = interrupted(tanaka)
    expect(finished).toMatchObject([{ target: seq, from: 'Spider-Man', interrupted: true }])
    expect(finished[0]).not.toHaveProperty('tail')
    expect(world.state().lives.size).toBe(0)
  })

  test('[LV4] of a token when it is revoked, and when nothing has come for long', async () => {
    const world = await openWorld()
    const tanaka = await person(world, '田中')
    const post = async (name: string) => {
      const token = await inTime(world, tokenOf(world.server, { name }))
      const grant = world.server.api.grantOf(token)
      if (!grant) expect.fail('there is no grant')
      const asked = { room: 'lobby', text: name, action: false, key: null, live: true }
      const outcome = await inTime(world, world.server.api.post(grant, asked))
      return { grant, seq: outcome.ok ? outcome.seq : expect.fail(outcome.code) }
    }
    const [ci, silent] = [await post('ci'), await post('silent')]
    await awake(world, tanaka, LIVE_IDLE_MS - 5000)
    await inTime(world, world.server.api.lives.grow(ci.grant, 'lobby', ci.seq, 0, Buffer.of()))
    tanaka.hears()
    await awake(world, tanaka, 10_000)
    expect(interrupted(tanaka)).toMatchObject([{ target: silent.seq, from: 'silent', interrupted: true }])
    world.server.grants.revoke('ci', () => {})
    await soon(world)
    expect(interrupted(tanaka)).toMatchObject([{ target: ci.seq, from: 'ci', interrupted: true }])
  })
})

describe('[LV2] over HTTP', () => {
  test('[LV2] an earlier piece that comes once more is passed over, and an empty one keeps the message open', async () => {
    const world = await openWorld()
    const grant = world.server.api.grantOf(await inTime(world, tokenOf(world.server, { name: 'ci' }))) ?? expect.fail()
    const asked = { room: 'lobby', text: 'build', action: false, key: null, live: true }
    const said = await inTime(world, world.server.api.post(grant, asked))
    const seq = said.ok ? said.seq : expect.fail(said.code)
    const put = (offset: number, text: string) =>
      inTime(world, world.server.api.lives.grow(grant, 'lobby', seq, offset, Buffer.from(text)))
    expect(await put(0, 'one ')).toEqual({ ok: true, size: 4 })
    expect(await put(4, 'two ')).toEqual({ ok: true, size: 8 })
    expect(await put(0, 'one ')).toEqual({ ok: true, size: 8 })
    expect(await put(4, 'two three')).toEqual({ ok: true, size: 13 })
    expect(await put(0, '')).toEqual({ ok: true, size: 13 })
    expect(await put(14, 'late')).toMatchObject({ code: 'live-offset', detail: '13' })
    expect(world.server.api.history.output(seq, 0, 100).bytes.toString()).toBe('one two three')
  })
})

describe('[LV5] bounds', () => {
  test('[LV5] hold for the whole output, which says so', async () => {
    const world = await openWorld({ rate: null })
    const spider = await person(world, 'Spider-Man')
    const seq = await begin(spider)
    const piece = new Uint8Array(LIVE_PIECE_BYTES)
    let size = 0
    for (; size + piece.length <= LIVE_MAX_BYTES; size += piece.length) {
      expect(codesIn(await spider.asks(grow(seq, size, piece)))).toEqual(['ok'])
    }
    expect(codesIn(await spider.asks(grow(seq, size, piece)))).toEqual(['live-full'])
    expect(codesIn(await spider.asks(grow(seq, size, piece.subarray(0, LIVE_MAX_BYTES - size))))).toEqual(['ok'])
    expect(world.state().lives.get(seq)?.size).toBe(LIVE_MAX_BYTES)
  })

  test('[LV5] hold for the live messages of one author', async () => {
    const world = await openWorld()
    const spider = await person(world, 'Spider-Man')
    for (let at = 0; at < LIVES_PER_GUEST; at++) await begin(spider)
    expect(await spider.asks({ type: 'say', text: 'one more', live: true })).toMatchObject([
      {
        code: 'lives-full',
        message: '4 live messages of yours grow, the maximum. Wait until one ends, or finish one of yours.',
      },
    ])
  })
})

describe('[LV6] of a deleted live message', () => {
  test('[LV6] nothing is left, its output and last lines neither', async () => {
    const journal = memoryJournal('epoch')
    const world = await openWorld({}, journal)
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await begin(spider)
    await spider.asks(grow(seq, 0, 'secret one\n'))
    await spider.asks(grow(seq, 11, 'secret two\n'))
    await spider.asks({ type: 'finish', seq, status: 0 })
    await spider.asks({ type: 'delete', seq })
    expect(codesIn(await tanaka.asks({ type: 'output', seq }))).toContain('message-unknown')
    const texts = world.steps.flatMap(step => journal.textOf(step.seq) ?? [])
    expect(texts.filter(text => /secret/.test(text) || /secret/.test(Buffer.from(text, 'base64').toString()))).toEqual(
      [],
    )
  })

  test('[LV6] that still grew, what came meanwhile goes too, and nothing more is taken', async () => {
    const journal = memoryJournal('epoch')
    const world = await openWorld({}, journal)
    const spider = await person(world, 'Spider-Man')
    const seq = await begin(spider)
    await spider.asks(grow(seq, 0, 'before'))
    // Both at once: the deletion looks its texts up before the second piece is there.
    await spider.wire.send(object({ type: 'delete', n: 3, seq }) + object({ n: 4, ...grow(seq, 6, 'meanwhile') }))
    await world.clock.advance(1000)
    expect(world.state().lives.size).toBe(0)
    const texts = world.steps.flatMap(step => journal.textOf(step.seq) ?? [])
    expect(texts.filter(text => [base64('before'), base64('meanwhile')].includes(text))).toEqual([])
  })
})

describe('[LV7] the output', () => {
  test('[LV7] is for those who may read the past of its room', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    await spider.asks({ type: 'join', room: 'ops' })
    const seq = await begin(spider, 'build', { room: 'ops' })
    await spider.asks(grow(seq, 0, 'inside'))
    await soon(world)
    expect(tanaka.hears().filter(({ type }) => type === 'growing' || type === 'said')).toEqual([])
    expect(codesIn(await tanaka.asks({ type: 'output', seq }))).toEqual(['message-unknown'])
    await tanaka.asks({ type: 'join', room: 'ops' })
    expect(await outputOf(tanaka, seq)).toBe('inside')
  })

  test('[LV7] is not searched, and not counted as unread', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await begin(spider, 'the title')
    await spider.asks(grow(seq, 0, 'needle'))
    await spider.asks({ type: 'finish', seq, status: 0 })
    expect(await tanaka.asks({ type: 'search', words: 'needle' })).toMatchObject([{}, {}, { messages: [] }])
    expect((await tanaka.asks({ type: 'search', words: 'title' })).at(-1)).toMatchObject({ messages: [{ seq }] })
  })

  test('[LV7] of a message that a filter would hold is refused', async () => {
    const world = await openWorld()
    const spider = await person(world, 'Spider-Man')
    world.server.host({ type: 'filter', is: 'words', pattern: 'bad', action: 'hold' })
    await world.clock.advance(10)
    expect(codesIn(await spider.asks({ type: 'say', text: 'a bad title', live: true }))).toEqual(['filtered'])
  })
})
