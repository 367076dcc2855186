/** Every name that the rules allow works on every surface: the server in memory, with a person in each protocol, its host, and programs. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evolveChat } from '../src/client/chat/chat.ts'
import { newChat } from '../src/client/chat/state.ts'
import { readReply } from '../src/codec/native/reply.ts'
import type { Grant } from '../src/model/state/grant.ts'
import type { LogLine } from '../src/program/server/log/line.ts'
import { ofNote } from '../src/program/server/log/note-line.ts'
import type { Stream } from '../src/server/programs/stream.ts'
import { chatFrame } from '../src/tui/chat/drawing/frame.ts'
import { newUi } from '../src/tui/chat/ui.ts'
import { plain } from '../src/tui/text/line.ts'
import { classic, line, native, object, say } from './helpers/actors.ts'
import { apiAt, listenAt, tokenOf } from './helpers/api.ts'
import { FACE } from './helpers/arbitrary-chats.ts'
import { anyName, cast } from './helpers/cast.ts'
import { openHosting } from './helpers/hosting.ts'
import { openWorld } from './helpers/open-world.ts'
import { runs, seedOf } from './helpers/seeds.ts'
import { dialNative } from './helpers/sockets.ts'
import { typedHost } from './helpers/typed-host.ts'
import type { Wire, World } from './helpers/world.ts'

const has = (wire: Wire, fields: object): void => expect(wire.objects()).toContainEqual(expect.objectContaining(fields))

/** Only in the native protocol may a name begin as its lines do. */
const isTyped = (name: string): boolean => !name.startsWith('{')

/** The host reads the name as it is, and nothing else that a terminal would take for more than text. */
function expectReadable(shown: readonly string[], name: string): void {
  expect(shown.join('\n')).toContain(name)
  for (const one of shown) expect(one).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
}

/** The log has no names (O4). */
function logged(world: World, name: string): () => void {
  const lines: LogLine[] = []
  world.server.noted$.subscribe(note => lines.push(ofNote(note)))
  return () => {
    expect(lines.length).toBeGreaterThan(0)
    for (const { message, fields } of lines) {
      expect(Object.values(fields)).not.toContain(name)
      if (name.length > 3) expect(`${message} ${JSON.stringify(fields)}`).not.toContain(name)
    }
  }
}

async function tried(world: World, name: string): Promise<void> {
  const expectNamelessLog = logged(world, name)
  const host = typedHost(world.server, world.clock.now)
  const alice = await native(world, 'alice-of-old')
  const watching = await line(world, 'watcher')
  const original = await classic(world, 'original')
  const one = await native(world, name.normalize('NFD'))
  has(one, { type: 'welcome', name })
  has(alice, { type: 'joined', name })
  expect(watching.text()).toContain(name)
  await world.clock.advance(1000)
  expect(original.text()).toContain(` [*] ${name} entered.`)

  await one.send(say('from me'))
  await alice.send(object({ type: 'tell', to: name.normalize('NFD'), text: 'alone' }))
  await alice.send(say(`about @${name}`))
  await world.clock.advance(1000)
  has(alice, { type: 'said', from: name, text: 'from me' })
  has(one, { type: 'told', to: name, text: 'alone' })
  expect(watching.text()).toContain(`${name} > from me`)
  expect(original.text()).toContain(`${name} > from me`)

  if (/[\p{L}\p{N}]/u.test(name)) {
    await alice.send(object({ type: 'search', n: 1, words: name }))
    await world.clock.advance(1000)
    const [found] = alice.objects().filter(({ type }) => type === 'found') as { messages?: { text: string }[] }[]
    expect(found?.messages?.map(({ text }) => text)).toContain(`about @${name}`)
  }

  const frame = chatFrame(chatOf(one, name), newUi('#lobby'), { columns: 120, rows: 40 }, FACE, 0)
  expect(frame.lines.map(plain).join('\n')).toContain('from me')
  expect(frame.lines.flat().some(({ role, bold }) => role === 'mention' && bold)).toBe(true)

  await one.send(object({ type: 'delete', n: 1, seq: null, room: 'lobby' }))
  await world.clock.advance(1000)
  has(alice, { type: 'deleted', by: name })
  host.type(`STATUS ${name.normalize('NFD')}`)
  host.type('LIST_USERS')
  expect(host.shown).toContain('CONNECTIONS: 1')
  host.type(`KICK ${name.normalize('NFD')} be kind`)
  await world.clock.advance(1000)
  has(alice, { type: 'quit', name, cause: 'kicked', reason: 'be kind' })
  expectReadable(host.shown, name)
  expectNamelessLog()
  has(one, { type: 'closed', code: 'kicked' })

  if (!isTyped(name)) return
  const typed = await line(world, name)
  await typed.send('typed\n')
  has(alice, { type: 'said', from: name, text: 'typed' })
  await typed.send('/quit\n')
  const old = await classic(world, name)
  // Bytes that may yet become a verb of another protocol are waited for, such as N, of NICK.
  await world.clock.advance(3000)
  await old.send('from old')
  await world.clock.advance(1000)
  has(alice, { type: 'said', from: name, text: 'from old' })
  expect(old.text()).toContain(`&${name}`)
  expect(world.troubles).toEqual([])
}

/** A program of that name: its token, given at the console, speaks, listens and reads, and is taken back. */
async function programmed(world: World, name: string): Promise<void> {
  const host = typedHost(world.server, world.clock.now)
  const alice = await native(world, 'alice-of-old')
  host.type(`TOKEN ADD ${name.normalize('NFD')}`)
  await world.clock.settle()
  const { api } = world.server
  const grant = api.grantOf(host.secrets[0] ?? '') as Grant
  expect(grant.name.text).toBe(name)
  const stream = api.listen(grant, 'lobby', null, { wake: () => {}, end: () => {}, address: '192.0.2.1' }) as Stream
  const posting = api.post(grant, { room: 'lobby', text: `by ${name}`, action: false, key: name })
  await world.clock.settle()
  expect(await posting).toMatchObject({ ok: true })
  has(alice, { type: 'said', from: name, text: `by ${name}` })
  let told = ''
  for (let batch = stream.take(10_000); batch instanceof Uint8Array; batch = stream.take(10_000))
    told += Buffer.from(batch)
  expect(told).toContain(`"from":${JSON.stringify(name)}`)
  api.leave(stream)
  const { messages } = api.history.page({ room: 'lobby' }, { before: Number.MAX_SAFE_INTEGER }, 10)
  expect(messages).toMatchObject([{ from: name, text: `by ${name}` }])
  const taken = world.dial()
  await taken.send(object({ type: 'hello', name }))
  has(taken, { type: 'rejected', code: 'name-taken' })
  host.type('TOKEN LIST')
  expect(host.shown).toContain(`${name} reads and writes in every room`)
  host.type(`TOKEN REVOKE ${name.normalize('NFD')}`)
  await world.clock.settle()
  expect(api.grantOf(host.secrets[0] ?? '')).toBeNull()
  expectReadable(host.shown, name)
}

/** The client's chat from the replies to it. */
function chatOf(wire: Wire, name: string) {
  let chat = newChat(name, 'lobby', 0)
  for (const text of wire.lines()) {
    const reply = readReply(text)
    if (reply) chat = evolveChat(chat, { type: 'spoken', spoken: { reply, replayed: false }, now: 0 })
  }
  return chat
}

describe('[N1] a name that is allowed works on every surface', () => {
  test.each(cast)('%s', async name => tried(await openWorld(), name))

  test('for any name', async () => {
    await fc.assert(
      fc.asyncProperty(anyName, async name => tried(await openWorld(), name)),
      { seed: seedOf(9), numRuns: runs(25) },
    )
  })

  test('for any name, as a program', async () => {
    await fc.assert(
      fc.asyncProperty(anyName, async name => programmed(await openWorld(), name)),
      { seed: seedOf(10), numRuns: runs(50), examples: [['--x']] },
    )
  })

  test('over HTTP', async () => {
    const { server, host, port } = await openHosting({ perAddress: null })
    const alice = await dialNative(port, 'alice-of-old')
    for (const name of cast) {
      const token = await tokenOf(server, { name })
      const { ask, post, headers } = await apiAt(host, token)
      const stream = await listenAt(host, 'lobby', headers)
      expect(await post('lobby', { text: `by ${name}` })).toMatchObject({ status: 201, body: { from: name } })
      const { body } = await ask('/api/rooms/lobby/messages')
      expect((body['messages'] as readonly object[]).at(-1)).toMatchObject({ from: name, text: `by ${name}` })
      await stream.until(events => events.some(event => event['from'] === name && event['text'] === `by ${name}`))
      stream.leave()
      await alice.heard.has(`"from":${JSON.stringify(name)},"text":${JSON.stringify(`by ${name}`)}`)
    }
    // As members they are in a stream's events, and in the list for later members.
    for (const name of cast) await new Promise<void>(resolve => server.grants.revoke(name, resolve))
    const reader = await apiAt(host, await tokenOf(server, { name: 'reader' }))
    const stream = await listenAt(host, 'lobby', reader.headers)
    const members = await Promise.all(cast.map(name => dialNative(port, name)))
    await stream.until(events =>
      cast.every(name => events.some(one => one['type'] === 'joined' && one['name'] === name)),
    )
    stream.leave()
    members[0]?.send(object({ type: 'who', n: 1, room: 'lobby' }))
    const list = await members[0]?.heard.until(text => /^.*"type":"who".*$/m.exec(text)?.[0])
    const named = (JSON.parse(list ?? '') as { members: readonly { name: string }[] }).members.map(({ name }) => name)
    expect(named.sort()).toEqual([...cast, 'alice-of-old'].sort())
    expect((await reader.ask('/api/here')).body).toEqual({ members: cast.length + 1, guests: true })
  })
})
