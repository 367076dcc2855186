import { describe, expect, onTestFinished, test } from 'vitest'
import { here } from '../../../src/client/chat/chat.ts'
import { createChatStore } from '../../../src/client/chat/chat-store.ts'
import { connect } from '../../../src/client/session/connection.ts'
import { HISTORY_ON_JOIN, HISTORY_PAGE_MAX, TEXT_MAX_BYTES } from '../../../src/model/limits.ts'
import { native, say, textsOf } from '../../helpers/actors.ts'
import { memoryDialer } from '../../helpers/memory-dialer.ts'
import { openWorld } from '../../helpers/open-world.ts'

async function sitDown() {
  const world = await openWorld({ rate: null })
  const dialer = memoryDialer(world)
  const bob = await native(world, 'bob')
  const secret = (): string => 'f'.repeat(64)
  const client = connect(
    { dial: dialer.dial, clock: world.clock, random: () => 0, secret },
    { name: 'alice', room: 'lobby', reconnect: true, history: null },
  )
  onTestFinished(client.close)
  const talk = createChatStore(client, { name: 'alice', room: 'lobby' }, () => world.clock.now())
  await world.clock.settle()
  const chat = () => talk.chat$.value
  const texts = () =>
    here(chat())
      .timeline.entries.toArray()
      .flatMap(entry => (entry.kind === 'said' || entry.kind === 'failed' ? [entry.text] : []))
  return { world, dialer, bob, client, talk, chat, texts }
}

describe('[U1] a typed text', () => {
  test('is said where one is, and stands there once', async () => {
    const { world, bob, talk, chat, texts } = await sitDown()
    talk.enter('hello')
    await world.clock.settle()
    expect(texts()).toEqual(['hello'])
    expect(chat().pending).toEqual([])
    talk.enter('/msg BOB psst')
    await world.clock.settle()
    expect(chat().where).toBe('@bob')
    talk.enter('and you?')
    await world.clock.settle()
    expect(texts()).toEqual(['psst', 'and you?'])
    expect(textsOf(bob)).toEqual(['hello', 'psst', 'and you?'])
  })

  test('and is several lines is no command, and goes in as few pieces as it can', async () => {
    const { world, bob, talk } = await sitDown()
    talk.enter('/usr/bin\n/usr/lib')
    const long = `${'x'.repeat(TEXT_MAX_BYTES - 10)}\n${'y'.repeat(20)}`
    talk.enter(long)
    await world.clock.settle()
    expect(textsOf(bob)).toEqual(['/usr/bin\n/usr/lib', ...long.split('\n')])
  })

  test('and wrong is answered where one is; what is the screen’s affair comes back', async () => {
    const { talk, chat } = await sitDown()
    expect(talk.enter('/nonsense')).toEqual({ type: 'wrong' })
    expect(here(chat()).timeline.entries.toArray()).toMatchObject([{ kind: 'note', tone: 'error' }])
    expect(talk.enter('/help')).toEqual({ type: 'help' })
    expect(talk.enter('/quit bye')).toEqual({ type: 'quit', reason: 'bye' })
  })

  test('asks who has reacted, and gets an answer in words', async () => {
    const { world, bob, talk, chat } = await sitDown()
    await bob.send(say('shall we go?'))
    await world.clock.settle()
    const seq = here(chat()).timeline.entries.last()?.seq ?? 0
    const notes = () =>
      here(chat())
        .timeline.entries.toArray()
        .flatMap(one => (one.kind === 'note' ? one.lines : []))
    talk.enter(`/reactions ${seq}`)
    await world.clock.settle()
    talk.enter(`/react :tada: ${seq}`)
    talk.enter(`/reactions ${seq}`)
    await world.clock.settle()
    expect(notes()).toEqual([`Nobody has reacted to message ${seq}.`, '🎉 alice'])
  })
})

test('[U8] the past is loaded page by page, to the beginning', async () => {
  const world = await openWorld({ rate: null })
  const bob = await native(world, 'bob')
  const count = HISTORY_ON_JOIN + HISTORY_PAGE_MAX + 10
  for (let k = 1; k <= count; k++) await bob.send(say(`m${k}`))
  const client = connect(
    { dial: memoryDialer(world).dial, clock: world.clock, random: () => 0, secret: () => 'f'.repeat(64) },
    { name: 'alice', room: 'lobby', reconnect: true, history: null },
  )
  onTestFinished(client.close)
  const talk = createChatStore(client, { name: 'alice', room: 'lobby' }, () => world.clock.now())
  await world.clock.settle()
  const said = () => here(talk.chat$.value).timeline.entries.filter(({ kind }) => kind === 'said').size
  const pasts = [here(talk.chat$.value).past]
  expect(said()).toBe(HISTORY_ON_JOIN)
  for (const expected of [HISTORY_ON_JOIN + HISTORY_PAGE_MAX, count]) {
    talk.earlier('#lobby')
    pasts.push(here(talk.chat$.value).past)
    await world.clock.settle()
    pasts.push(here(talk.chat$.value).past)
    expect(said()).toBe(expected)
  }
  expect(pasts).toEqual(['more', 'loading', 'more', 'loading', 'all'])
})

test('[U8] a user who is in no room any more asks for the past of none', async () => {
  const { world, talk, chat } = await sitDown()
  talk.enter('/part lobby')
  await world.clock.settle()
  expect(chat().view.rooms.size).toBe(0)
  talk.earlier(chat().where)
  expect(chat().loading).toBeNull()
  expect(here(chat()).past).toBe('unknown')
})

test('[U5] a message without a server is pending, and said once when there is one', async () => {
  const { world, dialer, bob, talk, chat, texts } = await sitDown()
  dialer.down = true
  dialer.wires.at(-1)?.peer.vanish()
  await world.clock.settle()
  talk.enter('anyone?')
  await world.clock.settle()
  expect(chat().status.state).toBe('waiting')
  expect(chat().pending.map(({ state }) => state)).toEqual(['unsent'])
  dialer.down = false
  await world.clock.advance(20_000)
  expect(chat().pending).toEqual([])
  expect(texts()).toEqual(['anyone?'])
  expect(textsOf(bob)).toEqual(['anyone?'])
})
