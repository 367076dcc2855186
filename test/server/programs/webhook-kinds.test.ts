// Hooks for more than messages, across restarts; secrets that change; and the host's view of a receiver in trouble.
import { afterEach, describe, expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import {
  HOOK_RETRY_AFTER_MOST_MS,
  HOOK_RETRY_MOST_MS,
  HOOK_RETRY_MS,
  HOOK_ROTATION_MS,
  HOOKS_AT_ONCE,
} from '../../../src/model/limits.ts'
import type { Journal } from '../../../src/port/journal.ts'
import type { Failure, WebhookDelivery, WebhookSender } from '../../../src/port/webhook-sender.ts'
import type { HookChoice } from '../../../src/server/host/webhooks.ts'
import { exposition } from '../../../src/server/http/api/metrics/metrics.ts'
import { native, object } from '../../helpers/actors.ts'
import { seededEntropy } from '../../helpers/seeded-entropy.ts'
import { createWorld, type World } from '../../helpers/world.ts'

const worlds: World[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

async function scene(journal: Journal = memoryJournal('epoch'), seed = 'a') {
  const tried: WebhookDelivery[] = []
  const open: { readonly delivery: WebhookDelivery; readonly answer: (failure: Failure | null) => void }[] = []
  let how: 'take' | 'hold' | Failure = 'take'
  const webhooks: WebhookSender = {
    secret: ({ salt }) => `secret of ${salt}`,
    forbids: (_, done) => done(null),
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
  const world = await createWorld({ rate: null }, journal, { webhooks, entropy: seededEntropy(seed) })
  worlds.push(world)
  await world.clock.settle()
  const { hooks } = world.server
  const add = async (of: Partial<HookChoice>, url = 'https://a.example/') => {
    let hook = 0
    hooks.add(url, { room: null, ...of }, added => {
      if (added.ok) hook = added.hook
    })
    await world.clock.settle()
    return hook
  }
  const host = async (body: Parameters<typeof world.server.host>[0]) => {
    world.server.host(body)
    await world.clock.settle()
  }
  const set = (next: typeof how): void => {
    how = next
  }
  const bodies = (hook: number) =>
    tried
      .filter(({ delivery }) => delivery.startsWith(`${hook}-`))
      .map(({ body }) => JSON.parse(body) as Readonly<Record<string, unknown>>)
  return { world, hooks, tried, open, add, host, set, bodies, say: (text: string) => host(said(text)) }
}

const said = (text: string, room = 'lobby') => ({ type: 'say', room, text, action: false }) as const
const FAILED: Failure = { why: 'it answered 500', final: false }
const lasting = (): Journal => ({ ...memoryJournal('epoch'), close: async () => {} })

describe('[HO3] a hook of some kinds', () => {
  test('[HO3] gets these alone, in order, of its room or of all, and never what is private', async () => {
    const { world, add, host, bodies, say } = await scene()
    const [joins, ops, topics, edits] = [
      await add({ kinds: ['joins'] }),
      await add({ kinds: ['joins', 'topics', 'messages'], room: 'ops' }),
      await add({ kinds: ['topics'] }),
      await add({ kinds: ['edits', 'pins'] }),
    ]
    const spider = await native(world, 'Spider-Man')
    await spider.send(object({ type: 'join', room: 'ops' }))
    await spider.send(object({ type: 'say', room: 'ops', text: 'a | b' }))
    await spider.send(object({ type: 'tell', to: 'Host', text: 'to one alone' }))
    await host({ type: 'topic', room: 'ops', topic: 'Tee <b>' })
    await host({ type: 'topic', room: 'lobby', topic: 'tea' })
    await say('one')
    const seq = world.state().seq
    await host({ type: 'pin', seq })
    await host({ type: 'delete', room: 'lobby', seq })
    await spider.send(object({ type: 'nick', name: 'Peter' }))
    await spider.send(object({ type: 'part', room: 'ops' }))
    await spider.send(object({ type: 'bye', reason: 'bye' }))
    const types = (hook: number) => bodies(hook).map(({ type }) => type)
    expect(types(joins)).toEqual(['joined', 'joined', 'renamed', 'parted', 'quit'])
    expect(types(ops)).toEqual(['joined', 'said', 'topic', 'renamed', 'parted'])
    expect(bodies(topics)).toMatchObject([
      { type: 'topic', room: 'ops', topic: 'Tee <b>', by: 'Host', epoch: 'epoch' },
      { type: 'topic', room: 'lobby', topic: 'tea' },
    ])
    expect(bodies(edits)).toMatchObject([
      { type: 'pinned', target: seq },
      { type: 'deleted', target: seq },
    ])
  })

  test('[HO3] gets each event after a restart that it had not got, of every kind, and in order', async () => {
    const journal = lasting()
    const first = await scene(journal)
    const kinds = ['messages', 'edits', 'reactions', 'pins', 'joins', 'topics', 'moderation']
    const hook = await first.add({ kinds })
    first.set('hold')
    const alice = await native(first.world, '田中')
    await alice.send(object({ type: 'say', text: 'one' }))
    const seq = first.world.state().seq
    await alice.send(object({ type: 'edit', seq, text: 'eins' }))
    await alice.send(object({ type: 'react', seq, emoji: '👍' }))
    await first.host({ type: 'pin', seq })
    await first.host({ type: 'topic', room: 'lobby', topic: 'tea' })
    await first.host({ type: 'mute', who: 'ЗОЯ', reason: null })
    await first.world.close()
    expect(first.bodies(hook)).toHaveLength(1)
    const second = await scene(journal, 'b')
    await second.world.clock.settle()
    expect(second.bodies(hook).map(({ type }) => type)).toEqual([
      ...['joined', 'said', 'edited', 'reacted', 'pinned', 'topic', 'moderated'],
    ])
    expect(second.bodies(hook)[2]).toMatchObject({ target: seq, text: 'eins' })
    expect(second.tried[0]?.id, 'a repeat has the id of the first').toBe(first.tried[0]?.id)
    expect(new Set(second.tried.map(({ id }) => id)).size).toBe(7)
    await second.world.close()

    const third = await scene(journal, 'c')
    await third.host({ type: 'topic', room: 'lobby', topic: 'coffee' })
    expect(third.bodies(hook)).toMatchObject([{ topic: 'coffee' }])
    expect(third.world.state().hookEvents.size, 'what it has does not wait any more').toBe(1)
  })

  test('[HO3] gets the act of an input whose message it has taken, though that is deleted meanwhile', async () => {
    const { world, add, host, set, open, bodies } = await scene()
    await host({ type: 'filter', is: 'words', pattern: 'spam', action: 'warn', room: 'lobby' })
    const hook = await add({ kinds: ['messages', 'moderation'] })
    const alice = await native(world, 'José')
    set('hold')
    await alice.send(object({ type: 'say', text: 'spam' }))
    const seq = world.state().seq
    await host({ type: 'delete', room: 'lobby', seq })
    open.shift()?.answer(null)
    await world.clock.settle()
    expect(bodies(hook)).toMatchObject([
      { type: 'said', seq, text: 'spam' },
      { type: 'moderated', seq, act: 'warn' },
    ])
  })

  test('[HO3] for questions gets those that are asked, the answers, the ends and the hands, over a restart too', async () => {
    const journal = lasting()
    const first = await scene(journal)
    const [questions, both] = [
      await first.add({ kinds: ['questions'] }),
      await first.add({ kinds: ['messages', 'questions'], room: 'lobby' }),
    ]
    const asker = await native(first.world, 'a|b')
    const spider = await native(first.world, 'Spider-Man')
    await asker.send(object({ type: 'say', text: 'no question' }))
    const choices = ['yes', 'Nein <b>']
    first.set('hold')
    await asker.send(object({ type: 'say', text: 'Deploy?', ask: { kind: 'ask', choices } }))
    const target = first.world.state().seq
    await spider.send(object({ type: 'answer', seq: target, choice: 1 }))
    await spider.send(object({ type: 'hand', room: 'lobby' }))
    await asker.send(object({ type: 'say', text: 'Tea?', ask: { kind: 'poll', choices: ['Tee', 'Kaffee'] } }))
    const gone = first.world.state().seq
    await spider.send(object({ type: 'answer', seq: gone, choice: 0 }))
    expect(JSON.stringify(first.world.state().hookEvents), 'choices are in the history alone').not.toMatch(/Nein|Tee/)
    await asker.send(object({ type: 'delete', room: 'lobby', seq: gone }))
    await first.world.close()
    const second = await scene(journal, 'b')
    await second.world.clock.settle()
    expect(second.bodies(questions)).toMatchObject([
      { type: 'said', seq: target, text: expect.stringContaining('Deploy?'), ask: { choices, outcome: 'decided' } },
      { type: 'answered', target, by: 'Spider-Man', choice: 1, label: 'Nein <b>', first: true },
      { type: 'concluded', target, outcome: 'decided', choices, by: 'Spider-Man' },
      { type: 'hands', room: 'lobby', hands: [{ name: 'Spider-Man' }], change: 'raised' },
      { type: 'answered', target: gone, by: 'Spider-Man', choice: 0 },
      { type: 'concluded', target: gone, outcome: 'deleted', choices: [] },
    ])
    expect(JSON.stringify(second.bodies(questions))).not.toMatch(/Tea|Tee/)
    expect(second.bodies(both).map(({ type }) => type)).toEqual(second.bodies(questions).map(({ type }) => type))
    const [own, other] = [questions, both].map(
      hook => second.tried.find(one => one.delivery.startsWith(`${hook}-`))?.id,
    )
    expect(own, 'an event has one id at all hooks').toBe(other)
  })

  test('[HO3] for questions alone gets a round of buzzing that ends the one before', async () => {
    const { world, add, bodies } = await scene()
    const hook = await add({ kinds: ['questions'] })
    const asker = await native(world, 'مريم')
    for (const text of ['Which river?', 'Which sea?']) {
      await asker.send(object({ type: 'say', text, ask: { kind: 'buzz', choices: [] } }))
    }
    await world.clock.settle()
    expect(bodies(hook)).toMatchObject([
      { type: 'said', text: expect.stringContaining('Which river?') },
      { type: 'said', text: expect.stringContaining('Which sea?') },
      { type: 'concluded', target: bodies(hook)[0]?.['seq'] },
    ])
  })

  test('[HO3] for live messages gets how each ended, with its last lines, over a restart too', async () => {
    const journal = lasting()
    const first = await scene(journal)
    const hook = await first.add({ kinds: ['live'], room: 'lobby' })
    const spider = await native(first.world, 'Spider-Man')
    await spider.send(object({ type: 'say', text: 'make test', live: true }))
    const target = first.world.state().seq
    first.set('hold')
    const data = Buffer.from('one\n\u001b[31mtwo <b>\n').toString('base64')
    await spider.send(object({ type: 'grow', seq: target, offset: 0, data }))
    await spider.send(object({ type: 'finish', seq: target, status: 2, ms: 1500 }))
    await first.world.close()
    const second = await scene(journal, 'b')
    await second.world.clock.settle()
    expect(second.bodies(hook)).toMatchObject([
      { type: 'finished', target, room: 'lobby', from: 'Spider-Man', status: 2, tail: 'one\ntwo <b>' },
    ])
  })

  test('[HO3] that is paused gets later what happened meanwhile, and its neighbour at once', async () => {
    const { world, hooks, add, host, set, bodies } = await scene()
    const paused = await add({ kinds: ['topics'] })
    set({ why: 'it answered 410', final: true })
    await host({ type: 'topic', room: 'lobby', topic: 'one' })
    set('take')
    const other = await add({ kinds: ['topics'] })
    await host({ type: 'topic', room: 'lobby', topic: 'two' })
    expect(hooks.list()).toMatchObject([
      { id: paused, paused: true, behind: 2 },
      { id: other, behind: 0 },
    ])
    hooks.resume(paused, () => {})
    await world.clock.settle()
    expect(bodies(paused).map(({ topic }) => topic)).toEqual(['one', 'one', 'two'])
    expect(bodies(other).map(({ topic }) => topic)).toEqual(['two'])
    expect(hooks.list()).toMatchObject([{ paused: false, behind: 0 }, { behind: 0 }])
  })

  test('[HO3] of a kind that is none is refused, and is no input', async () => {
    const { world, hooks } = await scene()
    const { seq } = world.state()
    const answers: unknown[] = []
    for (const kinds of [['messages', 'told'], ['<b>'], ['']])
      hooks.add('https://a.example/', { room: null, kinds }, answer => answers.push(answer))
    await world.clock.settle()
    expect(answers).toMatchObject(['told', '<b>', ''].map(detail => ({ ok: false, code: 'hook-kinds', detail })))
    expect(world.state().seq).toBe(seq)
  })
})

describe('[HO4] CloudEvents', () => {
  test('[HO4] wrap what a hook gets, for those that ask for them', async () => {
    const { world, add, host, tried, say } = await scene()
    const hook = await add({ kinds: ['messages', 'joins', 'moderation'], cloudevents: true })
    await say('héllo')
    const { seq, at } = world.state()
    await native(world, '田中')
    await host({ type: 'mute', who: 'ЗОЯ', reason: null })
    const [message, joined, act] = tried.map(({ body }) => JSON.parse(body) as Record<string, unknown>)
    expect(tried.map(({ type }) => type)).toEqual(Array.from({ length: 3 }, () => 'application/cloudevents+json'))
    expect(message).toEqual({
      ...{ specversion: '1.0', id: `epoch-${seq}`, source: 'urn:rxchat:epoch', type: 'chat.rxchat.said' },
      ...{ subject: 'lobby', time: new Date(at).toISOString(), datacontenttype: 'application/json' },
      data: expect.objectContaining({ type: 'said', seq, text: 'héllo', epoch: 'epoch' }),
    })
    expect(message?.['id']).toBe(tried[0]?.id)
    expect(joined).toMatchObject({ type: 'chat.rxchat.joined', subject: 'lobby', data: { name: '田中' } })
    expect(act).toMatchObject({ type: 'chat.rxchat.moderated', data: { act: 'mute', who: 'ЗОЯ' } })
    expect(act, 'it is about the whole server').not.toHaveProperty('subject')
    expect(world.state().hooks.get(hook)?.cloudevents).toBe(true)
  })
})

describe('[HO2] a rotation', () => {
  test('[HO2] signs with both secrets for a day, over a restart too, and then with the new one alone', async () => {
    const journal = lasting()
    const first = await scene(journal)
    const hook = await first.add({})
    await first.say('one')
    const told: unknown[] = []
    expect(first.hooks.rotate(hook, false, rotated => told.push(rotated))).toBe(null)
    await first.world.clock.settle()
    await first.say('two')
    const salts = ({ tried }: typeof first) => tried.map(({ secrets }) => secrets.map(({ salt }) => salt))
    const [[old], [next]] = salts(first) as [[string], [string]]
    expect(salts(first)).toEqual([[old], [next, old]])
    const until = first.world.clock.now() + HOOK_ROTATION_MS
    expect(told).toEqual([{ secret: `secret of ${next}`, until }])
    expect(first.hooks.rotate(hook, false, () => {})).toMatchObject({ code: 'hook-rotating' })
    await first.world.close()
    const second = await scene(journal, 'b')
    expect(second.hooks.list()).toMatchObject([{ id: hook, oldSecretUntil: until }])
    await second.say('three')
    await second.world.clock.advance(HOOK_ROTATION_MS)
    await second.say('four')
    expect(salts(second)).toEqual([[next, old], [next]])
    expect(second.hooks.list()).toMatchObject([{ oldSecretUntil: null }])
  })

  test('[HO2] ends the old secret at once if the host says so, and an attempt that is repeated has the new one', async () => {
    const { world, hooks, tried, add, set, say } = await scene()
    const hook = await add({})
    set(FAILED)
    await say('one')
    hooks.rotate(hook, true, () => {})
    await world.clock.advance(HOOK_RETRY_MS)
    const [[{ secrets: before }], [{ secrets: after }]] = [tried.slice(0, 1), tried.slice(1)] as [
      [WebhookDelivery],
      [WebhookDelivery],
    ]
    expect([before.length, after.length, before[0].salt === after[0].salt]).toEqual([1, 1, false])
    const told: unknown[] = []
    hooks.rotate(hook, false, () => {})
    await world.clock.settle()
    hooks.rotate(hook, true, rotated => told.push(rotated))
    await world.clock.settle()
    expect(told).toEqual([{ secret: null, until: null }])
    expect(world.state().hooks.get(hook)).not.toHaveProperty('old')
    expect(hooks.rotate(99, false, () => {})).toMatchObject({ code: 'hook-unknown' })
  })
})

describe('[HO5] a receiver in trouble', () => {
  test('[HO5] is left alone for as long as it asks for, and the host sees how far it is behind', async () => {
    const { world, hooks, tried, add, set, say } = await scene()
    const hook = await add({ kinds: ['messages', 'topics'] })
    set({ ...FAILED, after: HOOK_RETRY_AFTER_MOST_MS })
    await say('one')
    await say('two')
    world.server.host({ type: 'topic', room: 'lobby', topic: 'tea' })
    await world.clock.settle()
    expect(hooks.list()).toMatchObject([{ failures: 1, why: FAILED.why, behind: 3, sent: 0, failed: 1 }])
    const { text } = await exposition(world.server.api)
    expect(text).toContain(`rxchat_hook_behind{hook="${hook}"} 3\n`)
    expect(text).toContain(`rxchat_hook_failed_total{hook="${hook}"} 1\n`)
    expect(text, 'a URL may hold a secret').not.toContain('a.example')
    await world.clock.advance(HOOK_RETRY_AFTER_MOST_MS - 1)
    expect(tried).toHaveLength(1)
    set('take')
    await world.clock.advance(1)
    expect(tried).toHaveLength(4)
    expect(hooks.list()).toMatchObject([{ failures: 0, why: null, behind: 0, sent: 3, failed: 1 }])
  })

  test('[HO5] is tried at other times than one that failed together with it', async () => {
    const { world, tried, add, set, say } = await scene()
    for (let k = 0; k < HOOKS_AT_ONCE; k++) await add({}, `https://${k}.example/`)
    set(FAILED)
    await say('one')
    const times = new Set<number>()
    const begun = world.clock.now()
    for (let before = tried.length; world.clock.now() < begun + HOOK_RETRY_MS; before = tried.length) {
      await world.clock.advance(1)
      if (tried.length > before) times.add(world.clock.now() - begun)
    }
    expect(times.size).toBeGreaterThan(2)
    expect(Math.min(...times)).toBeGreaterThanOrEqual(HOOK_RETRY_MS * 0.75)
  })

  test('[HO5] takes no place of those that have waited for longer', async () => {
    const { world, tried, add, set, open, say } = await scene()
    for (let k = 0; k < HOOKS_AT_ONCE + 2; k++) await add({}, `https://${k}.example/`)
    set('hold')
    await say('one')
    await say('two')
    for (let k = 0; k < 2; k++) {
      open.shift()?.answer(null)
      await world.clock.settle()
    }
    expect(tried.map(({ url }) => url.at(8))).toEqual(['0', '1', '2', '3', '4', '5'])
  })

  test('[HO5] costs no memory for what it has yet to get: that is in the history and, bounded, in the state', async () => {
    const { world, add, set, open, tried, host } = await scene()
    await add({ kinds: ['messages', 'topics'] })
    set('hold')
    for (let k = 0; k < 200; k++) await host(said(`${k}`))
    for (let k = 0; k < 20; k++) await host({ type: 'topic', room: 'lobby', topic: `${k}` })
    expect([tried.length, open.length, world.state().hookEvents.size]).toEqual([1, 1, 20])
    await world.clock.advance(HOOK_RETRY_MOST_MS)
    expect(tried).toHaveLength(1)
  })
})
