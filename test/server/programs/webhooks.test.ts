// Messages go on to receivers, in order, from the journal's cursor of each; in virtual time.
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { memoryHistory } from '../../../src/journal/memory-history.ts'
import {
  HOOK_FAILURES_MAX,
  HOOK_MARK_EVERY,
  HOOK_RETRY_MOST_MS,
  HOOK_RETRY_MS,
  HOOKS_AT_ONCE,
  HOOKS_MAX,
} from '../../../src/model/limits.ts'
import type { HookEvents } from '../../../src/model/state/hook.ts'
import type { Journal } from '../../../src/port/journal.ts'
import type { Failure, WebhookDelivery, WebhookSender } from '../../../src/port/webhook-sender.ts'
import { native, object } from '../../helpers/actors.ts'
import { recording } from '../../helpers/recording.ts'
import { seededEntropy } from '../../helpers/seeded-entropy.ts'
import { createWorld } from '../../helpers/world.ts'

/** Receivers that answer as they are told to; `open` are the deliveries that wait for an answer. */
function receivers() {
  const open: { readonly delivery: WebhookDelivery; readonly answer: (failure: Failure | null) => void }[] = []
  let how: 'take' | 'hold' | Failure = 'take'
  const tried: WebhookDelivery[] = []
  const webhooks: WebhookSender = {
    secret: ({ salt }) => `secret of ${salt}`,
    forbids: (url, done) => done(url.includes('//10.') ? { why: 'it is private', final: true } : null),
    send: delivery => {
      tried.push(delivery)
      if (how === 'take') return Promise.resolve(null)
      if (how !== 'hold') return Promise.resolve(how)
      return new Promise(answer => void open.push({ delivery, answer }))
    },
    close() {
      for (const { answer } of open.splice(0)) answer({ why: 'the server stops', final: false })
    },
  }
  const texts = (): string[] => tried.map(({ body }) => (JSON.parse(body) as { text: string }).text)
  const set = (next: typeof how): void => {
    how = next
  }
  return { webhooks, open, tried, texts, set }
}

async function scene(journal: Journal = memoryJournal('epoch'), seed = 'a') {
  const receiver = receivers()
  const { webhooks } = receiver
  const world = await createWorld({ rate: null }, journal, { webhooks, entropy: seededEntropy(seed) })
  await world.clock.settle()
  const alice = await native(world, `alice${seed}`)
  const add = async (url = 'https://example.com/hook', room: string | null = null, events?: HookEvents) => {
    let hook = 0
    world.server.hooks.add(url, { room, ...(events && { events }) }, added => {
      if (added.ok) hook = added.hook
    })
    await world.clock.settle()
    return hook
  }
  return { world, alice, add, ...receiver, say: (text: string) => alice.send(object({ type: 'say', text })) }
}

const FAILED: Failure = { why: 'it answered 500', final: false }

describe('[A8] a hook', () => {
  test('[A8] gets what is said from then on, as JSON, in order, of its room or of all', async () => {
    const { world, alice, add, say, tried } = await scene()
    await say('before')
    await add()
    await add('https://example.com/ops', 'ops')
    await say('one')
    await alice.send(object({ type: 'join', room: 'ops' }))
    await alice.send(object({ type: 'say', room: 'ops', text: 'two', action: true }))
    await alice.send(object({ type: 'tell', to: 'alicea', text: 'to one alone' }))
    const told = tried.map(({ url, delivery, body }) => [url.slice(-4), delivery, JSON.parse(body)])
    expect(told).toEqual([
      [
        'hook',
        '5-7',
        {
          ...{ type: 'said', seq: 7, at: expect.anything(), room: 'lobby', from: 'alicea', id: expect.any(String) },
          ...{ text: 'one', epoch: 'epoch' },
        },
      ],
      ['/ops', expect.stringMatching(/^6-/), expect.objectContaining({ room: 'ops', text: 'two' })],
      ['hook', expect.stringMatching(/^5-/), expect.objectContaining({ room: 'ops', text: 'two', action: true })],
    ])
    await world.close()
  })

  test('[A8] is tried again later each time, and nothing overtakes', async () => {
    const { world, add, say, tried, texts, set } = await scene()
    await add()
    set(FAILED)
    await say('one')
    await say('two')
    const waits = [HOOK_RETRY_MS, 2 * HOOK_RETRY_MS, 4 * HOOK_RETRY_MS, 8 * HOOK_RETRY_MS]
    for (const [k, wait] of waits.entries()) {
      await world.clock.advance(wait * 0.75 - 1)
      expect(tried, 'no sooner than a quarter before that').toHaveLength(k + 1)
      await world.clock.advance(wait * 0.25 + 1)
      expect(tried).toHaveLength(k + 2)
    }
    set('take')
    await world.clock.advance(HOOK_RETRY_MOST_MS)
    expect(texts()).toEqual([...Array.from({ length: 6 }, () => 'one'), 'two'])
    expect(new Set(tried.map(({ id }) => id)).size, 'a repeat has the id of the first').toBe(2)
    await world.close()
  })

  test('[A8] that fails on and on is paused, the host is told, and it goes on from there when the host says so', async () => {
    const { world, add, say, tried, texts, set } = await scene()
    const notes: string[] = []
    world.server.noted$.subscribe(({ type }) => notes.push(type))
    const hook = await add()
    set(FAILED)
    await say('one')
    await world.clock.advance(HOOK_FAILURES_MAX * HOOK_RETRY_MOST_MS)
    expect(tried).toHaveLength(HOOK_FAILURES_MAX)
    expect(world.state().hooks.get(hook)?.paused).toBe(true)
    expect(notes).toContain('hook-paused')
    expect(world.server.hooks.list()).toMatchObject([{ paused: true, why: FAILED.why }])
    world.server.host({ type: 'say', room: 'lobby', text: 'two', action: false })
    set('take')
    await world.clock.advance(HOOK_RETRY_MOST_MS)
    expect(tried).toHaveLength(HOOK_FAILURES_MAX)
    world.server.hooks.resume(hook, () => {})
    await world.clock.settle()
    expect(texts().slice(-2)).toEqual(['one', 'two'])
    await world.close()
  })

  test('[A8] that takes something now and then is not paused, and is tried soon again', async () => {
    const { world, add, tried, set } = await scene()
    const hook = await add()
    for (const text of ['one', 'two']) {
      set(FAILED)
      const before = tried.length
      world.server.host({ type: 'say', room: 'lobby', text, action: false })
      await world.clock.settle()
      expect(tried).toHaveLength(before + 1)
      await world.clock.advance(HOOK_RETRY_MS)
      expect(tried, 'after the shortest wait').toHaveLength(before + 2)
      await world.clock.advance((HOOK_FAILURES_MAX - 50) * HOOK_RETRY_MOST_MS)
      expect(world.state().hooks.get(hook)?.paused).toBe(false)
      set('take')
      await world.clock.advance(HOOK_RETRY_MOST_MS)
      expect(world.server.hooks.list()).toMatchObject([{ paused: false }])
    }
    await world.close()
  })

  test('[A8] that can never succeed is paused at once', async () => {
    const { world, add, say, tried, set } = await scene()
    const hook = await add()
    set({ why: 'private', final: true })
    await say('one')
    await world.clock.advance(HOOK_RETRY_MOST_MS)
    expect(tried).toHaveLength(1)
    expect(world.state().hooks.get(hook)?.paused).toBe(true)
    await world.close()
  })

  test('[A8] that is being paused is not tried once more while another one is, and the host is told once of each', async () => {
    const { world, add, say, tried, set } = await scene()
    const notes: string[] = []
    world.server.noted$.subscribe(({ type }) => notes.push(type))
    for (let n = 0; n < HOOKS_AT_ONCE + 2; n++) await add()
    set({ why: 'private', final: true })
    await say('one')
    await world.clock.advance(HOOK_RETRY_MOST_MS)
    expect(tried).toHaveLength(HOOKS_AT_ONCE + 2)
    expect(notes.filter(type => type === 'hook-paused')).toHaveLength(HOOKS_AT_ONCE + 2)
    await world.close()
  })

  test('[A8] goes on after a stop with what it had not taken, and with nothing else', async () => {
    const journal: Journal = { ...memoryJournal('epoch'), close: async () => {} }
    const first = await scene(journal)
    await first.add()
    await first.say('one')
    await first.say('two')
    first.set('hold')
    await first.say('three')
    await first.world.close()
    expect(first.texts()).toEqual(['one', 'two', 'three'])
    const second = await scene(journal, 'b')
    await second.say('four')
    expect(second.texts()).toEqual(['three', 'four'])
    await second.world.close()
  })

  test('[A8] after a crash repeats no more than was not marked yet', async () => {
    const journal: Journal = { ...memoryJournal('epoch'), close: async () => {} }
    const first = await scene(journal)
    await first.add()
    first.set('hold')
    const said = Array.from({ length: HOOK_MARK_EVERY + 5 }, (_, k) => `${k}`)
    await first.alice.send(said.map(text => object({ type: 'say', text })).join(''))
    for (let k = 0; k < said.length - 1; k++) {
      first.open.shift()?.answer(null)
      await first.world.clock.settle()
    }
    // Nothing of the first is closed: it is as if it had been killed here.
    const second = await scene(journal, 'b')
    expect(second.texts()).toEqual(said.slice(HOOK_MARK_EVERY))
    await second.world.close()
    await first.world.close()
  })

  test('[L1] only so many are under way at once, and one that stalls holds up none of the others', async () => {
    const { world, add, say, tried, open, set } = await scene()
    for (let k = 0; k < HOOKS_AT_ONCE + 2; k++) await add(`https://example.com/${k}`)
    set('hold')
    await say('one')
    await say('two')
    expect(tried.map(({ url }) => url.at(-1))).toEqual(['0', '1', '2', '3'])
    open.shift()?.answer(null)
    await world.clock.settle()
    expect(tried).toHaveLength(HOOKS_AT_ONCE + 1)
    expect(open).toHaveLength(HOOKS_AT_ONCE)
    await world.close()
  })

  test('[A8] that is removed gets nothing more', async () => {
    const { world, add, say, tried, set } = await scene()
    const hook = await add()
    set(FAILED)
    await say('one')
    world.server.hooks.remove(hook, () => {})
    await world.clock.settle()
    set('take')
    await say('two')
    await world.clock.advance(HOOK_RETRY_MOST_MS)
    expect(tried).toHaveLength(1)
    await world.close()
  })

  test('[Y5] is not told what was deleted meanwhile', async () => {
    const { world, alice, add, say, texts, set } = await scene()
    await add()
    set(FAILED)
    await say('one')
    await alice.send(object({ type: 'delete', room: 'lobby', seq: null }))
    set('take')
    await say('two')
    await world.clock.advance(HOOK_RETRY_MOST_MS)
    expect(texts()).toEqual(['one', 'two'])
    await world.close()
  })

  test('into a private network is refused at once, and is no input', async () => {
    const { world } = await scene()
    const { seq } = world.state()
    const answers: unknown[] = []
    world.server.hooks.add('http://10.0.0.1/in', { room: null }, answer => answers.push(answer))
    await world.clock.settle()
    expect(answers).toMatchObject([{ ok: false, code: 'hook-private' }])
    expect([world.state().hooks.size, world.state().seq]).toEqual([0, seq])
    await world.close()
  })

  test('[L1] there are so many, and an address that is none is refused', async () => {
    const { world, add } = await scene()
    for (const url of [
      'ftp://example.com',
      'example.com',
      'https://user:secret@example.com/',
      `https://a.b/${'x'.repeat(2048)}`,
    ]) {
      const answers: unknown[] = []
      world.server.hooks.add(url, { room: null }, answer => answers.push(answer))
      expect(answers).toMatchObject([{ ok: false, code: 'hook-url' }])
    }
    for (let k = 0; k < HOOKS_MAX; k++) expect(await add()).toBeGreaterThan(0)
    expect(await add()).toBe(0)
    expect(world.state().hooks.size).toBe(HOOKS_MAX)
    await world.close()
  })
})

test('[Y3] the history of all rooms is that of each, without what was said to one alone', () => {
  const history = memoryHistory(() => 'text')
  const said = { at: 1, from: 'a', action: false, author: 'a', account: false, mentions: [] }
  recording(history, [
    { ...said, seq: 1, room: 'lobby', to: null, other: null },
    { ...said, seq: 2, room: null, to: 'b', other: 'b' },
    { ...said, seq: 3, room: 'ops', to: null, other: null },
  ])
  expect(history.page({ everywhere: true }, { after: 0 }, 9).messages.map(({ seq }) => seq)).toEqual([1, 3])
})

describe('[A8] a hook for acts', () => {
  /** Its deliveries: the act and its target, or the text of a message. */
  const got = (tried: readonly WebhookDelivery[], hook: number): readonly string[] =>
    tried
      .filter(({ delivery }) => delivery.startsWith(`${hook}-`))
      .map(({ body }) => JSON.parse(body) as Readonly<Record<string, string>>)
      .map(one =>
        one['type'] === 'said' ? `said ${one['text']}` : `${one['act']} ${one['who'] ?? one['value'] ?? ''}`,
      )

  const mute = (who: string, room?: string) => ({ type: 'mute', who, reason: null, ...(room && { room }) }) as const

  test('[A8] gets acts of moderation, alone or among the messages, of its room or of all', async () => {
    const { world, add, say, tried } = await scene()
    const [acts, all, ops] = [
      await add('https://example.com/acts', null, 'acts'),
      await add('https://example.com/all', 'lobby', 'all'),
      await add('https://example.com/ops', 'ops', 'acts'),
    ]
    await say('one')
    world.server.host(mute('ЗОЯ'))
    world.server.host({ ...mute('مريم', 'lobby'), reason: 'flooding' })
    await world.clock.settle()
    await say('two')
    expect(got(tried, acts)).toEqual(['mute ЗОЯ', 'mute مريم'])
    expect(got(tried, all)).toEqual(['said one', 'mute مريم', 'said two'])
    expect(got(tried, ops)).toEqual([])
    const { id, delivery, body } =
      tried.findLast(one => one.body.includes('flooding') && one.url.endsWith('acts')) ?? expect.fail()
    const { seq } = JSON.parse(body) as { seq: number }
    expect([id, delivery]).toEqual([`epoch-${seq}-0`, `${acts}-${seq}.0`])
    expect(JSON.parse(body)).toEqual({
      ...{ type: 'moderated', seq, at: expect.any(Number), act: 'mute', room: 'lobby', by: 'Host', byId: 'host' },
      ...{ who: 'مريم', rule: seq, reason: 'flooding', epoch: 'epoch' },
    })
    await world.close()
  })

  test('[A8] gets what becomes of messages, if it is for all, and no text that is gone', async () => {
    const { world, alice, add, say, tried } = await scene()
    const [messages, acts, all] = [
      await add('https://example.com/in', null),
      await add('https://example.com/acts', null, 'acts'),
      await add('https://example.com/all', null, 'all'),
    ]
    await say('one')
    const seq = world.steps.findLast(({ events }) => events.some(({ event }) => event.type === 'said'))?.seq ?? 0
    await alice.send(object({ type: 'edit', seq, text: 'eins' }))
    for (const change of [
      { type: 'react', seq, room: 'lobby', emoji: '👍' },
      { type: 'pin', seq },
    ] as const) {
      expect(world.server.host(change)).toBe(null)
      await world.clock.settle()
    }
    const of = (hook: number) =>
      tried
        .filter(({ delivery }) => delivery.startsWith(`${hook}-`))
        .map(({ body }) => JSON.parse(body) as Record<string, unknown>)
    expect(of(messages)).toHaveLength(1)
    expect(of(acts)).toHaveLength(0)
    expect(of(all)).toMatchObject([
      { type: 'said', text: 'one' },
      { type: 'edited', target: seq, text: 'eins', room: 'lobby' },
      { type: 'reacted', target: seq, emoji: '👍', by: 'Host' },
      { type: 'pinned', target: seq, by: 'Host', epoch: 'epoch' },
    ])
    await world.close()
  })

  test('[A8] gets a message and the acts of one input one after another, each again only if it was not taken', async () => {
    const { world, add, say, tried, set } = await scene()
    const all = await add('https://example.com/all', 'lobby', 'all')
    world.server.host({ type: 'filter', is: 'words', pattern: 'spam', action: 'warn', room: 'lobby' })
    await world.clock.settle()
    await say('spam')
    expect(got(tried, all)).toEqual(['filter warn spam', 'said spam', 'warn alicea'])
    const ids = tried.map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
    expect(ids[2]).toBe(`${ids[1]}-0`)
    set(FAILED)
    await say('more spam')
    set('take')
    await world.clock.advance(HOOK_RETRY_MS)
    await say('done')
    expect(got(tried, all).slice(3)).toEqual(['said more spam', 'said more spam', 'warn alicea', 'said done'])
    await world.close()
  })

  test('[A8] goes on after a restart with the acts that it has not got, and repeats none that it has', async () => {
    const journal: Journal = { ...memoryJournal('epoch'), close: async () => {} }
    const first = await scene(journal)
    const acts = await first.add('https://example.com/acts', null, 'acts')
    first.world.server.host(mute('ЗОЯ'))
    await first.world.clock.settle()
    first.set('hold')
    first.world.server.host(mute('مريم', 'lobby'))
    first.world.server.host(mute('田中'))
    await first.world.clock.settle()
    await first.world.close()
    expect(got(first.tried, acts)).toEqual(['mute ЗОЯ', 'mute مريم'])
    const second = await scene(journal, 'b')
    await second.world.clock.settle()
    expect(got(second.tried, acts)).toEqual(['mute مريم', 'mute 田中'])
    second.world.server.host(mute('a_b'))
    await second.world.clock.settle()
    expect(got(second.tried, acts).at(-1)).toBe('mute a_b')
    await second.world.close()
  })

  test('[A8] is told of what ends by itself, and never of a network', async () => {
    const { world, add, tried } = await scene()
    const acts = await add('https://example.com/acts', null, 'acts')
    world.server.host({ type: 'ban', net: '192.0.2.0/24', for: 60, reason: null })
    await world.clock.settle()
    await world.clock.advance(120_000)
    expect(got(tried, acts)).toEqual(['ban ', 'unban '])
    expect(tried.map(({ body }) => body).join()).not.toContain('192.0.2')
    await world.close()
  })
})
